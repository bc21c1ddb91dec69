import pg from 'pg';
import { Catalogue, type PublishedLayer } from '../core/catalogue.ts';
import { LayerSchema } from '../core/layer.ts';
import { type CatalogueRow, catalogueQuery } from '../query/catalogue.ts';
import type { Run } from '../query/sql.ts';
import type { Connection } from './database.ts';

function toPublishedLayer(row: CatalogueRow): PublishedLayer {
  const layer = LayerSchema.parse(row.definition);
  const [west, south, east, north] = row.bbox ?? [0, 0, 0, 0];
  return {
    ...layer,
    generation: row.generation,
    table: row.table_name,
    count: row.count,
    bbox: row.bbox && { west, south, east, north },
    interval: layer.time === null || row.count === 0 ? null : { from: row.from, to: row.to },
  };
}

export async function readCatalogue(run: Run): Promise<Catalogue> {
  return new Catalogue((await run<CatalogueRow>(catalogueQuery())).map(toPublishedLayer));
}

/** The catalogue in memory, swapped whole when any process changes it. */
export interface LiveCatalogue {
  current(): Catalogue;
  close(): Promise<void>;
}

const RETRY_MS = 500;

/**
 * Reads the catalogue and follows its changes by LISTEN. A lost connection is made again, and the catalogue is read
 * anew then: what was announced in between was not heard. `onChange` and `onError` are for the log.
 */
export async function openCatalogue(
  connection: Connection,
  run: Run,
  events: { onChange: (catalogue: Catalogue) => void; onError: (error: unknown) => void },
): Promise<LiveCatalogue> {
  let current = await readCatalogue(run);
  let client: pg.Client | undefined;
  let retry: NodeJS.Timeout | undefined;
  let closed = false;

  const reread = async () => {
    try {
      current = await readCatalogue(run);
      events.onChange(current);
    } catch (error) {
      events.onError(error);
      listenLater();
    }
  };

  function listenLater(): void {
    if (closed || retry) return;
    retry = setTimeout(() => {
      retry = undefined;
      void listen();
    }, RETRY_MS);
  }

  async function listen(): Promise<void> {
    void client?.end().catch(() => undefined);
    client = new pg.Client({ ...connection, application_name: 'azalai listen' } as pg.ClientConfig);
    client.on('error', (error) => {
      events.onError(error);
      listenLater();
    });
    client.on('notification', () => void reread());
    try {
      await client.connect();
      await client.query('LISTEN azalai_catalogue');
      await reread();
    } catch (error) {
      events.onError(error);
      listenLater();
    }
  }

  await listen();
  return {
    current: () => current,
    close: async () => {
      closed = true;
      clearTimeout(retry);
      await client?.end().catch(() => undefined);
    },
  };
}
