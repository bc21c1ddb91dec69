import { randomUUID } from 'node:crypto';
import path from 'node:path';
import pg from 'pg';
import { type Connection, type Database, openDatabase } from '../../server/db/database.ts';
import { migrate } from '../../server/db/migrate.ts';
import { seed } from '../../server/jobs/seed.ts';
import { ident } from '../../server/query/sql.ts';

export const GEODATA = path.resolve(import.meta.dirname, '../../geodata');

const TEMPLATE = 'azalai_template';

function clusterUrl(): string {
  const url = process.env.TEST_CLUSTER_URL;
  if (!url) throw new Error('No cluster: run by mocha with test/support/cluster.ts, and without NO_CLUSTER.');
  return url;
}

function connectionTo(database: string): Connection {
  // Not `new URL`: the address of a socket has a user and no host.
  return { connectionString: clusterUrl().replace(/\/azalai(?=\?|$)/, `/${database}`) };
}

async function withClient<T>(connection: Connection, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(connection as pg.ClientConfig);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

const ignoreLostConnections = () => undefined;

/** Makes the template once in a run, whichever test file comes first. */
async function makeTemplate(client: pg.Client): Promise<void> {
  const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [TEMPLATE]);
  if (rowCount) return;
  const unfinished = `${TEMPLATE}_unfinished`;
  await client.query(`DROP DATABASE IF EXISTS ${unfinished}`);
  await client.query(`CREATE DATABASE ${unfinished}`);
  const database = openDatabase(connectionTo(unfinished), ignoreLostConnections);
  await migrate(database.transaction, path.join(GEODATA, 'migrations'));
  await seed(database.transaction, GEODATA);
  await database.close();
  await client.query(`ALTER DATABASE ${unfinished} RENAME TO ${TEMPLATE}`);
}

export interface TestDatabase extends Database {
  readonly connection: Connection;
  /** Quoted name of the table with a layer's records. */
  tableOf(layerId: string): Promise<string>;
}

async function createDatabase(template: string | null): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await withClient({ connectionString: clusterUrl() }, async (client) => {
    await client.query('SELECT pg_advisory_lock(1)');
    if (template) await makeTemplate(client);
    await client.query(`CREATE DATABASE ${name}${template ? ` TEMPLATE ${template}` : ''}`);
  });
  const connection = connectionTo(name);
  const database = openDatabase(connection, ignoreLostConnections);
  return {
    ...database,
    connection,
    tableOf: async (layerId) => {
      const query = { text: 'SELECT table_name FROM azalai.layer WHERE id = $1', values: [layerId] };
      const [row] = await database.run<{ table_name: string }>(query);
      return ident('layer', row?.table_name ?? '').strings.join('');
    },
    close: async () => {
      await database.close();
      await withClient({ connectionString: clusterUrl() }, (client) =>
        client.query(`DROP DATABASE ${name} WITH (FORCE)`),
      );
    },
  };
}

/** A database of the test's own, as a first start leaves it. */
export function seededDatabase(): Promise<TestDatabase> {
  return createDatabase(TEMPLATE);
}

/** A database of the test's own with the schema and no layers. */
export async function migratedDatabase(): Promise<TestDatabase> {
  const database = await createDatabase(null);
  await migrate(database.transaction, path.join(GEODATA, 'migrations'));
  return database;
}

/** A database of the test's own with nothing in it. */
export function emptyDatabase(): Promise<TestDatabase> {
  return createDatabase(null);
}
