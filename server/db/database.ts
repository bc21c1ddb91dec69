import type { Run } from '../query/sql.ts';
import { type Lane, type LaneEvents, type LaneLimits, type LaneName, type OpenLane, openLane } from './lane.ts';
import type { Connection } from './pool.ts';

export type { Connection } from './pool.ts';

/** The database as the rest of the server sees it. */
export interface Database {
  readonly lanes: Readonly<Record<LaneName, Lane>>;
  /** In the lane for questions: few at a time, some of them heavy. */
  readonly run: Run;
  /** In the lane for analyses: two at a time, each of which may take minutes. */
  readonly runAnalysis: Run;
  /** In the lane for tiles: many small queries. */
  readonly runTile: Run;
  /** In the lane for jobs: publishing and preparing, which may take minutes. */
  readonly transaction: OpenLane['transaction'];
  /** Turns away whoever waits; work that still runs after `graceMs` (5 s) loses its connection. */
  close(graceMs?: number): Promise<void>;
}

export interface DatabaseOptions {
  /** What differs from the defaults. */
  readonly limits?: { readonly [name in LaneName]?: Partial<LaneLimits> };
  readonly onQuery?: LaneEvents['onQuery'];
}

/**
 * For one process: 12 connections in all, beside those that listen. Several processes share one PostgreSQL, and the
 * private cluster takes 100; see connections.ts.
 */
const DEFAULTS: Readonly<Record<LaneName, LaneLimits>> = {
  tiles: { max: 4, queueMax: 512, waitMs: 5_000, statementMs: 15_000 },
  queries: { max: 4, queueMax: 128, waitMs: 10_000, statementMs: 30_000 },
  analysis: { max: 2, queueMax: 32, waitMs: 60_000, statementMs: 600_000 },
  jobs: { max: 2, queueMax: 16, waitMs: 60_000, statementMs: 600_000 },
};

/** The lane for analyses alone, of a process that has nothing else to ask. Its caller closes it. */
export function openAnalysisLane(
  connection: Connection,
  events: LaneEvents,
  limits: NonNullable<DatabaseOptions['limits']>,
): OpenLane {
  return openLane('analysis', connection, analysisLimits(limits), events);
}

/** What that lane has room for. */
export function analysisLimits({ analysis }: NonNullable<DatabaseOptions['limits']>): LaneLimits {
  return { ...DEFAULTS.analysis, ...analysis };
}

/** Opens the lanes; nothing is connected before the first query. `onError` hears of idle connections that died. */
export function openDatabase(
  connection: Connection,
  onError: (error: Error) => void,
  { limits = {}, onQuery }: DatabaseOptions = {},
): Database {
  const events: LaneEvents = { onError, ...(onQuery ? { onQuery } : {}) };
  const open = (name: LaneName) => openLane(name, connection, { ...DEFAULTS[name], ...limits[name] }, events);
  const lanes = { tiles: open('tiles'), queries: open('queries'), analysis: open('analysis'), jobs: open('jobs') };
  return {
    lanes,
    run: lanes.queries.run,
    runAnalysis: lanes.analysis.run,
    runTile: lanes.tiles.run,
    transaction: lanes.jobs.transaction,
    close: async (graceMs = 5_000) => {
      await Promise.all(Object.values(lanes).map((lane) => lane.close(graceMs)));
    },
  };
}
