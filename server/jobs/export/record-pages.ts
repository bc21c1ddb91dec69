import type { ItemRow } from '../../encode/feature.ts';
import type { ExportPage } from '../../query/export-page.ts';
import type { Query, Run } from '../../query/sql.ts';

/** Rows of the first page: what is large shows soon. */
const FIRST = 10;
const MOST = 4_000;
/** Characters of a page, as far as it can be foreseen: memory holds two. */
const PAGE = 2_000_000;
/** Of a row without its texts, roughly. */
const ROW = 600;

/** Characters of a text, or of those in a list. */
function textSize(value: unknown): number {
  if (typeof value === 'string') return value.length;
  return Array.isArray(value) ? value.reduce<number>((sum, each) => sum + textSize(each), 0) : 0;
}

function rowSize(row: ItemRow): number {
  let size = ROW;
  // Not `Object.values`: that is a list of each of millions of rows.
  for (const name in row) size += textSize(row[name]);
  return size;
}

/** Rows of the next page, when the last one had `limit` at most and these: slowly more, at once less. */
function nextLimit(limit: number, page: readonly ItemRow[]): number {
  const size = page.reduce((sum, row) => sum + rowSize(row), 0);
  const fitting = Math.floor((PAGE * page.length) / Math.max(1, size));
  return Math.max(1, Math.min(MOST, 2 * limit, fitting));
}

/**
 * All rows that a question has, page by page in the order of their numbers; `pageQuery` asks for those after a number,
 * up to some rows and bytes. An empty page is the end. Between pages no connection is held, however slow the reader is:
 * one version of a layer never changes. The next page is asked for while the last one is read, and not before.
 */
export async function* recordPages(
  run: Run,
  pageQuery: (page: ExportPage) => Query,
  signal: AbortSignal,
): AsyncGenerator<readonly ItemRow[]> {
  const ask = (limit: number, after: number | undefined) => {
    const answer = run<ItemRow>(pageQuery({ limit, bytes: PAGE, after }), signal);
    // Who stops reading does not wait for it.
    answer.catch(() => undefined);
    return { answer, limit };
  };
  for (let asked = ask(FIRST, undefined); ; ) {
    const page = await asked.answer;
    const last = page.at(-1);
    if (last === undefined) return;
    asked = ask(nextLimit(asked.limit, page), last.fid);
    yield page;
  }
}
