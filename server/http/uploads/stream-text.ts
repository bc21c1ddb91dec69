import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';

/**
 * Sends a text as it is made, no faster than the client takes it. What fails before the first piece is thrown; later,
 * the connection is closed, so that nobody takes a part for the whole.
 */
export async function streamText(response: Response, pieces: AsyncGenerator<string>): Promise<void> {
  const first = await pieces.next();
  async function* rest() {
    if (first.done) return;
    yield first.value;
    yield* pieces;
  }
  await pipeline(Readable.from(rest()), response).catch((error: NodeJS.ErrnoException) => {
    // Who has gone hears nothing.
    if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  });
}

/** Rows of pages, each asked for when the one before has been taken. `keyOf` is what the next page comes after. */
export async function* inPages<Row>(
  size: number,
  read: (after: number, limit: number) => Promise<readonly Row[]>,
  keyOf: (row: Row) => number,
  { after: begin = 0, limit = Number.POSITIVE_INFINITY }: { readonly after?: number; readonly limit?: number } = {},
): AsyncGenerator<Row> {
  let after = begin;
  let left = limit;
  while (left > 0) {
    const wanted = Math.min(size, left);
    const rows = await read(after, wanted);
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < wanted) return;
    after = keyOf(last);
    left -= rows.length;
  }
}
