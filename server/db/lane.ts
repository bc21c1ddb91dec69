import type pg from 'pg';
import { LaneSaturated, RequestAborted } from '../core/errors.ts';
import type { Run } from '../query/sql.ts';

import { toCause } from './errors.ts';
import { execute, type Settled, unwrap } from './execute.ts';
import { type Connection, openPool } from './pool.ts';
import { type SlotLimits, slots } from './slots.ts';
import { transact } from './transact.ts';
import { unlessAborted } from './unless-aborted.ts';

export type LaneName = 'tiles' | 'queries' | 'analysis' | 'jobs';

export interface LaneLimits extends SlotLimits {
  /** How long one statement may run. */
  readonly statementMs: number;
}

export type Outcome = 'completed' | 'failed' | 'cancelled' | 'saturated';

export interface LaneStats extends Readonly<Record<Outcome, number>> {
  /** Places taken: work that runs, and work given up whose connection is not yet at rest. */
  readonly active: number;
  readonly waiting: number;
  readonly max: number;
  readonly queueMax: number;
}

/**
 * Connections to the database for one kind of work, with a bounded queue before them: what is slow in one lane takes
 * nothing from another.
 */
export interface Lane {
  readonly name: LaneName;
  /**
   * @throws LaneSaturated at once when the queue is full, or when waiting took too long
   * @throws RequestAborted at once when the signal aborts; its query is then cancelled in PostgreSQL
   * @throws QueryTimeout when the statement ran too long
   * @throws DatabaseUnavailable when the database cannot be reached or the connection is lost
   */
  readonly run: Run;
  stats(): LaneStats;
}

/** What a lane offers to `database.ts` beyond what the others see. */
export interface OpenLane extends Lane {
  /**
   * Does the work in one transaction: all of it holds, or nothing does. When the signal aborts, the query under way is
   * cancelled, and the promise rejects with RequestAborted after everything is rolled back.
   */
  transaction<T>(work: (run: Run) => Promise<T>, signal?: AbortSignal): Promise<T>;
  /** Turns away whoever waits; work that still runs after `graceMs` loses its connection. */
  close(graceMs: number): Promise<void>;
}

export interface LaneEvents {
  /** An idle connection died. */
  readonly onError: (error: Error) => void;
  /** For metrics: after each query or transaction, with the time it took in all and the part of it spent waiting. */
  readonly onQuery?: (lane: LaneName, ms: number, outcome: Outcome, waitedMs: number) => void;
}

function toOutcome(error: unknown): Outcome {
  if (error instanceof RequestAborted) return 'cancelled';
  return error instanceof LaneSaturated ? 'saturated' : 'failed';
}

/** Opens a lane; nothing is connected before its first query. */
export function openLane(name: LaneName, connection: Connection, limits: LaneLimits, events: LaneEvents): OpenLane {
  const { max, queueMax, statementMs } = limits;
  const pool = openPool(
    connection,
    {
      max,
      statementMs,
      parallel: name !== 'tiles' && name !== 'analysis',
      heavy: name === 'jobs',
      last: name === 'analysis',
    },
    events.onError,
  );
  const places = slots(limits);
  const inUse = new Set<pg.PoolClient>();
  const counts: Record<Outcome, number> = { completed: 0, failed: 0, cancelled: 0, saturated: 0 };

  /** Whoever has a place finds a connection in the pool or room for a new one: waiting happens for places only. */
  async function connect(): Promise<pg.PoolClient> {
    try {
      const client = await pool.connect();
      inUse.add(client);
      return client;
    } catch (error) {
      places.give();
      throw toCause(error);
    }
  }

  /** The place is given back, and the connection handed on, only when the connection is at rest. */
  function leave(client: pg.PoolClient, fit: boolean): void {
    inUse.delete(client);
    client.release(!fit);
    places.give();
  }

  async function withClient<T>(
    use: (client: pg.PoolClient) => Promise<Settled<T>>,
    signal: AbortSignal | undefined,
    onPlace: () => void,
  ): Promise<T> {
    await places.take(signal);
    onPlace();
    const client = await connect();
    let fit = false;
    try {
      const settled = await use(client);
      fit = settled.fit;
      return unwrap(settled);
    } finally {
      leave(client, fit);
    }
  }

  async function counted<T>(work: (onPlace: () => void) => Promise<T>): Promise<T> {
    const began = performance.now();
    let placed: number | undefined;
    const count = (outcome: Outcome) => {
      counts[outcome] += 1;
      const now = performance.now();
      events.onQuery?.(name, now - began, outcome, (placed ?? now) - began);
    };
    try {
      const result = await work(() => {
        placed = performance.now();
      });
      count('completed');
      return result;
    } catch (error) {
      count(toOutcome(error));
      throw error;
    }
  }

  return {
    name,
    run: <Row>(...[query, signal, onStart]: Parameters<Run>) =>
      counted((onPlace) =>
        unlessAborted(
          withClient(
            (client) => {
              onStart?.();
              return execute<Row>(client, query, signal);
            },
            signal,
            onPlace,
          ),
          signal,
        ),
      ),
    transaction: (work, signal) =>
      counted((onPlace) => withClient((client) => transact(client, work, signal), signal, onPlace)),
    stats: () => ({ active: places.active(), waiting: places.waiting(), max, queueMax, ...counts }),
    close: async (graceMs) => {
      places.close();
      const grace = setTimeout(() => {
        for (const client of inUse) void client.end();
      }, graceMs);
      await pool.end();
      clearTimeout(grace);
    },
  };
}
