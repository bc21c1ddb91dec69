import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { pino } from 'pino';
import { MapSettingsSchema } from '../../server/core/map-settings.ts';
import { openCatalogue } from '../../server/db/catalogue.ts';
import { createApp } from '../../server/http/app.ts';
import type { Context } from '../../server/http/context.ts';
import { postgisTiles } from '../../server/tiles/postgis.ts';
import { GEODATA, seededDatabase, type TestDatabase } from './database.ts';

export interface TestServer {
  readonly url: string;
  readonly database: TestDatabase;
  close(): Promise<void>;
}

/** The real application on a seeded database of its own and a port that the system chooses. */
export async function startServer(changes: Partial<Context> = {}): Promise<TestServer> {
  const database = await seededDatabase();
  const ignore = () => undefined;
  const catalogue = await openCatalogue(database.connection, database.run, { onChange: ignore, onError: ignore });
  const server = createServer(
    createApp({
      catalogue: catalogue.current,
      run: database.run,
      tiles: postgisTiles(database.runTile),
      mapSettings: MapSettingsSchema.parse(JSON.parse(await readFile(path.join(GEODATA, 'map.json'), 'utf8'))),
      clientFolder: path.resolve(import.meta.dirname, '../../dist/client'),
      publicUrl: undefined,
      log: pino({ level: process.env.TEST_LOG ?? 'silent' }),
      ...changes,
    }),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    database,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await catalogue.close();
      await database.close();
    },
  };
}
