import type { DatabaseOptions } from './db/database.ts';

/** How the processes of the server share the connections that PostgreSQL allows. */
export interface Share {
  readonly workers: number;
  /** For each of them; empty: as many as it likes. */
  readonly limits: NonNullable<DatabaseOptions['limits']>;
}

/** For whoever starts the server, a lease on the private cluster, a person with psql, a script. */
const KEPT_FREE = 8;
/** One of each lane, and one that listens. */
const LEAST = 4;
/** What a process opens at most when nothing limits it, without the one that listens; see `db/database.ts`. */
const MOST = 10;

/** `allowed`: connections that PostgreSQL has for ordinary use. Fewer workers than `wanted` when they would not do. */
export function shareConnections(allowed: number, wanted: number): Share {
  const workers = Math.max(1, Math.min(wanted, Math.floor((allowed - KEPT_FREE) / LEAST)));
  const each = Math.floor((allowed - KEPT_FREE) / workers) - 1;
  if (each >= MOST) return { workers, limits: {} };
  const jobs = 1;
  const queries = Math.max(1, Math.floor((each - jobs) / 2));
  const tiles = Math.max(1, each - jobs - queries);
  return { workers, limits: { tiles: { max: tiles }, queries: { max: queries }, jobs: { max: jobs } } };
}
