import pg from 'pg';
import type { Query, Run, Transaction } from '../query/sql.ts';
import { toCause } from './errors.ts';

/** Where the database is: a URL, or the socket of the private cluster. */
export type Connection = pg.PoolConfig;

/** The database as the rest of the server sees it. */
export interface Database {
  readonly run: Run;
  /** For tiles: connections of their own with the settings that suit many small queries. */
  readonly runTile: Run;
  readonly transaction: Transaction;
  close(): Promise<void>;
}

// Counts and sums come as bigint: all of ours are far below 2^53. H3 cells, which are not, are selected as text.
const types = new pg.TypeOverrides();
types.setTypeParser(pg.types.builtins.INT8, Number);
types.setTypeParser(pg.types.builtins.NUMERIC, Number);
// A day stays the text it is: a Date would move it by the time zone of this process.
types.setTypeParser(pg.types.builtins.DATE, (text) => text);

const COMMON = '-c timezone=UTC -c jit=off';

// Parallel workers made a zoom-8 tile eight times slower: starting them costs more than the tile.
const TILE_OPTIONS = `${COMMON} -c statement_timeout=15s -c max_parallel_workers_per_gather=0`;
const QUERY_OPTIONS = `${COMMON} -c statement_timeout=30s`;

function openPool(connection: Connection, options: string, max: number, onError: (error: Error) => void): pg.Pool {
  const pool = new pg.Pool({
    ...connection,
    options,
    max,
    types,
    connectionTimeoutMillis: 5000,
    application_name: 'azalai',
  });
  // An idle connection that dies (PostgreSQL restarted) is replaced by the pool; unheard, the event ends the process.
  pool.on('error', onError);
  return pool;
}

async function execute<Row>(client: pg.Pool | pg.PoolClient, query: Query): Promise<Row[]> {
  try {
    const { rows } = await client.query({ text: query.text, values: [...query.values] });
    return rows as Row[];
  } catch (error) {
    throw toCause(error);
  }
}

async function inTransaction<T>(pool: pg.Pool, work: (run: Run) => Promise<T>): Promise<T> {
  const client = await pool.connect().catch((error: unknown) => {
    throw toCause(error);
  });
  let broken: Error | undefined;
  try {
    // Publishing many records may take longer than any question.
    await client.query("BEGIN; SET LOCAL statement_timeout = '10min'");
    const result = await work((query) => execute(client, query));
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch((cause: Error) => {
      broken = cause;
    });
    throw toCause(error);
  } finally {
    client.release(broken);
  }
}

/** Opens the pools; nothing is connected before the first query. `onError` hears of idle connections that died. */
export function openDatabase(connection: Connection, onError: (error: Error) => void): Database {
  const tiles = openPool(connection, TILE_OPTIONS, 8, onError);
  const queries = openPool(connection, QUERY_OPTIONS, 8, onError);
  return {
    run: (query) => execute(queries, query),
    runTile: (query) => execute(tiles, query),
    transaction: (work) => inTransaction(queries, work),
    close: async () => {
      await Promise.all([tiles.end(), queries.end()]);
    },
  };
}
