import { LaneSaturated } from '../../core/errors.ts';
import { isUnfiltered } from '../../query/filter.ts';
import { countQuery } from '../../query/items.ts';
import type { Query, Run } from '../../query/sql.ts';
import type { Page } from './read-page.ts';

/** Counting longer than this costs more than the number is worth, and so does waiting as long for it: a page has none then. */
const MAX_MS = 1_000;
/** Counts that are remembered; the oldest go first. */
const REMEMBERED = 2_000;

type Matching = Pick<Page, 'layer' | 'filter' | 'served' | 'question'>;

/**
 * How many records a question matches in all, exactly, or undefined where counting would take too long. Clients take the
 * number for the truth, so there is no estimate. What was counted once, or was too much, is not counted for the next
 * page again.
 */
export class MatchedCounts {
  readonly #run: Run;
  readonly #maxMs: number;
  /** Null: it takes too long. */
  readonly #known = new Map<string, number | null>();

  constructor(run: Run, maxMs = MAX_MS) {
    this.#run = run;
    this.#maxMs = maxMs;
  }

  async count({ layer, filter, served, question }: Matching, signal: AbortSignal): Promise<number | undefined> {
    if (layer === served && isUnfiltered(layer, filter)) return layer.count;
    const key = JSON.stringify([question, layer.generation, served.generation, filter.access.handling]);
    const known = this.#known.get(key);
    if (known !== undefined) return known ?? undefined;
    const count = await this.#ask(countQuery(layer, filter), signal);
    if (count !== undefined) this.#remember(key, count);
    return count ?? undefined;
  }

  /** Null when counting itself takes too long; undefined when its turn does not come in time, which says nothing of it. */
  async #ask(query: Query, signal: AbortSignal): Promise<number | null | undefined> {
    const late = new AbortController();
    let isRunning = false;
    const timer = setTimeout(() => late.abort(), this.#maxMs);
    const onStart = () => {
      isRunning = true;
      timer.refresh();
    };
    try {
      const [row] = await this.#run<{ count: number }>(query, AbortSignal.any([signal, late.signal]), onStart);
      return row?.count ?? 0;
    } catch (error) {
      if (signal.aborted) throw error;
      if (late.signal.aborted) return isRunning ? null : undefined;
      // The page may have its turn: it goes out without the number.
      if (error instanceof LaneSaturated) return undefined;
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  #remember(key: string, count: number | null): void {
    if (this.#known.size >= REMEMBERED) this.#known.delete(this.#known.keys().next().value as string);
    this.#known.set(key, count);
  }
}
