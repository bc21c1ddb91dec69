import { isUnfiltered } from '../../query/filter.ts';
import { countQuery } from '../../query/items.ts';
import type { Run } from '../../query/sql.ts';
import type { Page, ReadPage } from './read-page.ts';

/** Counting longer than this costs more than the number is worth: a page has none then. */
const MAX_MS = 1_000;
/** Counts that are remembered; the oldest go first. */
const REMEMBERED = 2_000;

type Matching = Pick<Page, 'layer' | 'filter' | 'served' | 'question' | 'cursor'>;

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

  /** `read` is the first page, where it is that one: with nothing after it, it holds them all. */
  async count(
    { layer, filter, served, question, cursor }: Matching,
    read: Pick<ReadPage<unknown>, 'rows' | 'next'>,
    signal: AbortSignal,
  ): Promise<number | undefined> {
    if (cursor === undefined && read.next === undefined) return read.rows.length;
    if (layer === served && isUnfiltered(layer, filter)) return layer.count;
    const key = JSON.stringify([question, layer.generation, served.generation, filter.access.handling]);
    const known = this.#known.get(key);
    if (known !== undefined) return known ?? undefined;
    const limit = AbortSignal.timeout(this.#maxMs);
    let count: number | null;
    try {
      const [row] = await this.#run<{ count: number }>(countQuery(layer, filter), AbortSignal.any([signal, limit]));
      count = row?.count ?? 0;
    } catch (error) {
      if (!limit.aborted || signal.aborted) throw error;
      count = null;
    }
    this.#remember(key, count);
    return count ?? undefined;
  }

  #remember(key: string, count: number | null): void {
    if (this.#known.size >= REMEMBERED) this.#known.delete(this.#known.keys().next().value as string);
    this.#known.set(key, count);
  }
}
