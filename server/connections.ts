import type { DatabaseOptions } from './db/database.ts';

/** How the processes of the server share the connections that PostgreSQL allows. */
export interface Share {
  readonly workers: number;
  /** For each of them; empty: as many as it likes. */
  readonly limits: NonNullable<DatabaseOptions['limits']>;
}

/** For whoever starts the server, a lease on the private cluster, a person with psql, a script. */
const KEPT_FREE = 8;
/**
 * Of the processes that read and publish files, of which one each works at a time, whatever the number of workers: seven
 * each at most; see `LANES` in import.ts, `LIMITS` in publish.ts and `WORKING` in query/uploads.ts.
 */
const CHILDREN = 14;
/** Of each worker: one that listens to publications, one that listens to uploads, a child process that waits for its turn. */
const BESIDE = 3;
/** One of each lane, and what is beside them. */
const LEAST = 4 + BESIDE;
/** What the lanes of a process open at most when nothing limits it; see `db/database.ts`. */
const MOST = 12;

/** `allowed`: connections that PostgreSQL has for ordinary use. Fewer workers than `wanted` when they would not do. */
export function shareConnections(allowed: number, wanted: number): Share {
  const room = allowed - KEPT_FREE - CHILDREN;
  const workers = Math.max(1, Math.min(wanted, Math.floor(room / LEAST)));
  const each = Math.floor(room / workers) - BESIDE;
  if (each >= MOST) return { workers, limits: {} };
  const [jobs, analysis] = [1, 1];
  const rest = each - jobs - analysis;
  const queries = Math.max(1, Math.floor(rest / 2));
  const tiles = Math.max(1, rest - queries);
  return {
    workers,
    limits: { tiles: { max: tiles }, queries: { max: queries }, analysis: { max: analysis }, jobs: { max: jobs } },
  };
}
