import { Catalogue, type PublishedLayer } from '../core/catalogue.ts';
import { LayerSchema } from '../core/layer.ts';
import { PreparedSchema, UNPREPARED } from '../core/prepared.ts';
import type { LayerVersion } from '../core/versions.ts';
import { type CatalogueRow, type CatalogueVersion, catalogueQuery } from '../query/catalogue.ts';
import type { Run } from '../query/sql.ts';

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
    prepared: PreparedSchema.parse(row.prepared),
    ...(row.versions[0] ? { firstPublishedAt: row.versions[0].published_at } : {}),
    ...(row.expires === null ? {} : { expires: row.expires }),
  };
}

/** Read when it is asked for: few ever are. Its roll-up and stored tiles are gone. */
function toLayerVersion(served: PublishedLayer, row: CatalogueVersion): LayerVersion<PublishedLayer> {
  const { generation, published_at: publishedAt, table_name: table, count } = row;
  let layer: PublishedLayer | undefined;
  const read = (): PublishedLayer => {
    const { pointZoom } = PreparedSchema.parse(row.prepared);
    const definition = row.definition === null ? served : LayerSchema.parse(row.definition);
    return {
      ...definition,
      ...{ generation, table: table as string, count, bbox: null, interval: null },
      generationInService: served.generation,
      ...(served.firstPublishedAt === undefined ? {} : { firstPublishedAt: served.firstPublishedAt }),
      prepared: { ...UNPREPARED, pointZoom },
    };
  };
  const isKept = table !== null && row.prepared !== null;
  return { generation, publishedAt, layer: isKept ? () => (layer ??= read()) : null };
}

/** Of each catalogue, which keeps them anyway: its earlier versions are read from them when they are asked for. */
const rows = new WeakMap<Catalogue, readonly CatalogueRow[]>();

/** A catalogue of what the database has said. */
export function catalogueOf(read: readonly CatalogueRow[]): Catalogue {
  const entries = read.map((row) => ({ layer: toPublishedLayer(row), row }));
  const versions = entries.map(
    ({ layer, row }) => [layer.id, row.versions.map((version) => toLayerVersion(layer, version))] as const,
  );
  const catalogue = new Catalogue(
    entries.map(({ layer }) => layer),
    new Map(versions),
  );
  rows.set(catalogue, read);
  return catalogue;
}

/** What a catalogue was read from, to be handed to another thread. */
export function rowsOf(catalogue: Catalogue): readonly CatalogueRow[] {
  const known = rows.get(catalogue);
  if (!known) throw new Error('this catalogue was not read from a database');
  return known;
}

/** The catalogue as the database has it now. */
export async function readCatalogue(run: Run): Promise<Catalogue> {
  return catalogueOf(await run<CatalogueRow>(catalogueQuery()));
}
