import type { ItemRow } from '../../encode/feature.ts';
import type { Query, Run } from '../../query/sql.ts';

/** Rows of the first page: what is large shows soon. */
const FIRST = 250;
const MOST = 4_000;
/** Characters of a page, as far as it can be foreseen: memory holds two. */
const PAGE = 2_000_000;
/** Of a row without its geometry, roughly. */
const ROW = 600;

/** Rows of the next page, when the last one had `rows` of this size: slowly more, at once less. */
function nextLimit(limit: number, page: readonly ItemRow[]): number {
  const size = page.reduce((sum, { geojson }) => sum + ROW + geojson.length, 0);
  const fitting = Math.floor((PAGE * page.length) / Math.max(1, size));
  return Math.max(1, Math.min(MOST, 2 * limit, fitting));
}

/**
 * All rows that a question has, page by page in the order of their numbers; `pageQuery` asks for those after a number.
 * Between pages no connection is held, however slow the reader is: one version of a layer never changes. The next page
 * is asked for while the last one is read, and not before.
 */
export async function* recordPages(
  run: Run,
  pageQuery: (page: { readonly limit: number; readonly after: number | undefined }) => Query,
  signal: AbortSignal,
): AsyncGenerator<readonly ItemRow[]> {
  const ask = (limit: number, after: number | undefined) => {
    const answer = run<ItemRow>(pageQuery({ limit, after }), signal);
    // Who stops reading does not wait for it.
    answer.catch(() => undefined);
    return { answer, limit };
  };
  for (let asked = ask(FIRST, undefined); ; ) {
    const page = await asked.answer;
    const last = page.at(-1);
    const isWhole = last !== undefined && page.length === asked.limit;
    if (isWhole) asked = ask(nextLimit(asked.limit, page), last.fid);
    if (page.length > 0) yield page;
    if (!isWhole) return;
  }
}
