import type { ServerResponse } from 'node:http';
import { setImmediate } from 'node:timers/promises';
import { RequestAborted } from '../../core/errors.ts';

/** A reader that takes nothing for so long has gone without a word, or never meant to read. */
const PATIENCE_MS = 120_000;

/** Tells when a response has room again. One listener for all: compression keeps each that is added. */
function room(response: ServerResponse, patienceMs: number) {
  let wake: () => void = () => undefined;
  response.on('drain', () => wake());
  response.on('close', () => wake());
  return async (): Promise<void> => {
    let timer: NodeJS.Timeout | undefined;
    const isLate = await Promise.race([
      new Promise<false>((resolve) => {
        wake = () => resolve(false);
      }),
      new Promise<true>((resolve) => {
        timer = setTimeout(() => resolve(true), patienceMs);
      }),
    ]).finally(() => clearTimeout(timer));
    if (isLate) throw new RequestAborted('The reader took nothing for too long.');
  };
}

/**
 * Sends a body piece by piece: the next piece is made when the reader has room for it, and others have had their turn
 * in between. `begin` sets the headers, once the first piece is there: what fails before is answered as an error.
 * @throws RequestAborted when the reader has gone; whatever the pieces throw
 */
export async function sendPieces(
  response: ServerResponse,
  pieces: AsyncIterable<string | Buffer>,
  begin: () => void,
  patienceMs = PATIENCE_MS,
): Promise<void> {
  const untilRoom = room(response, patienceMs);
  let isBegun = false;
  for await (const piece of pieces) {
    if (!isBegun) begin();
    isBegun = true;
    if (response.destroyed) throw new RequestAborted('The reader has gone.');
    if (!response.write(piece)) await untilRoom();
    await setImmediate();
  }
  if (!isBegun) begin();
  response.end();
}
