import { type Answered, type AnswerOrder, analystHere, type Order } from './analysis/asking/analyst.ts';
import { type Crossing, toCrossing } from './analysis/asking/crossing.ts';
import type { Process } from './analysis/process.ts';
import type { Catalogue } from './core/catalogue.ts';
import type { Localized } from './core/layer.ts';
import { catalogueOf, type rowsOf } from './db/catalogue.ts';
import { type Connection, type DatabaseOptions, openAnalysisLane } from './db/database.ts';
import type { LaneEvents, LaneStats } from './db/lane.ts';
import { yieldProcessor } from './db/yield-processor.ts';
import { versionAsked } from './jobs/analysis/version-asked.ts';
import type { Run } from './query/sql.ts';

/** What the process is begun with; by a message, since the connection may hold a password. */
export interface AnalystData {
  readonly connection: Connection;
  readonly limits: NonNullable<DatabaseOptions['limits']>;
  /** Version of the application. */
  readonly software: string;
}

/** A question by the id of its process; its own id is told again with all that is said of it. */
export type Asking = { readonly id: number; readonly process: string } & (
  | { readonly type: 'answer'; readonly order: AnswerOrder }
  | { readonly type: 'weigh'; readonly order: Order }
);

export type ToAnalyst =
  /** Before anything else. */
  | { readonly type: 'begin'; readonly data: AnalystData }
  | Asking
  /** What the questions that follow are about. */
  | { readonly type: 'catalogue'; readonly rows: ReturnType<typeof rowsOf> }
  | { readonly type: 'abort'; readonly id: number }
  /** Gives up what is under way, and ends. */
  | { readonly type: 'end' };

/** What `onQuery` of a lane is told. */
export type Queried = Parameters<NonNullable<LaneEvents['onQuery']>>;

export type FromAnalyst =
  | { readonly type: 'progress'; readonly id: number; readonly share: number; readonly step: Localized }
  | { readonly type: 'done'; readonly id: number; readonly answer: Answered | undefined }
  | { readonly type: 'failed'; readonly id: number; readonly error: Crossing }
  /** What has been asked of the database since the last time, and how the lane is. */
  | { readonly type: 'lane'; readonly queried: readonly Queried[]; readonly stats: LaneStats }
  /** A connection died while nobody used it. */
  | { readonly type: 'lost'; readonly error: Crossing };

/** So often it is said how the lane is. */
const TELL_MS = 100;
const GRACE_MS = 1_000;

/** Answers the questions that the process is told that has started this one, by connections of its own in the lane for analyses. */
export function serveQuestions(processes: readonly Process[]): void {
  void yieldProcessor(process.pid);
  // Whoever asked is gone; what is under way at the database ends with its connections.
  process.once('disconnect', () => process.exit(1));
  process.once('message', ({ data }: ToAnalyst & { readonly type: 'begin' }) => serve(data, processes));
}

function serve({ connection, limits, software }: AnalystData, processes: readonly Process[]): void {
  const tell = (message: FromAnalyst) => void process.send?.(message, () => undefined);
  let queried: Queried[] = [];
  let telling: NodeJS.Timeout | undefined;
  const tellLane = () => {
    telling ??= setTimeout(() => {
      telling = undefined;
      tell({ type: 'lane', queried, stats: lane.stats() });
      queried = [];
    }, TELL_MS);
  };
  const events: LaneEvents = {
    onError: (error) => tell({ type: 'lost', error: toCrossing(error) }),
    onQuery: (...query) => {
      queried.push(query);
      tellLane();
    },
  };
  const lane = openAnalysisLane(connection, events, limits);
  const run: Run = (...query) => {
    tellLane();
    return lane.run(...query);
  };
  const analyst = analystHere({ run, version: versionAsked, software });
  const working = new Map<number, AbortController>();
  let catalogue: Catalogue | undefined;

  async function work(asking: Asking): Promise<void> {
    const { id } = asking;
    const controller = new AbortController();
    working.set(id, controller);
    const { signal } = controller;
    const caller = {
      signal,
      progress: (share: number, step: Localized) => tell({ type: 'progress', id, share, step }),
    };
    try {
      const asked = processes.find((each) => each.id === asking.process);
      if (!asked || !catalogue) throw new Error(`nothing is known of the process "${asking.process}" here`);
      if (asking.type === 'weigh') {
        await analyst.weigh(asked, asking.order, caller, catalogue);
        tell({ type: 'done', id, answer: undefined });
      } else {
        const answer = await analyst.answer(asked, asking.order, caller, catalogue);
        tell({ type: 'done', id, answer });
      }
    } catch (error) {
      tell({ type: 'failed', id, error: toCrossing(error) });
    } finally {
      working.delete(id);
    }
  }

  async function end(): Promise<void> {
    for (const controller of working.values()) controller.abort();
    await lane.close(GRACE_MS);
    clearTimeout(telling);
    process.exit(0);
  }

  process.on('message', (message: ToAnalyst) => {
    if (message.type === 'catalogue') catalogue = catalogueOf(message.rows);
    else if (message.type === 'abort') working.get(message.id)?.abort();
    else if (message.type === 'end') void end();
    else if (message.type !== 'begin') void work(message);
  });
}
