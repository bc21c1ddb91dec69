import type { ServerResponse } from 'node:http';
import { setImmediate } from 'node:timers/promises';
import { RequestAborted } from '../../core/errors.ts';

/** What a reader must take to keep his place. */
export interface Patience {
  /** Over so much waiting for him the rate is taken. */
  readonly windowMs: number;
  /** Bytes a second, before they are packed. One that takes less has gone without a word, or never meant to read. */
  readonly leastRate: number;
}

const PATIENCE: Patience = { windowMs: 120_000, leastRate: 1_024 };

/** Bytes that are handed over at once: a record may have 20 MB, and its reader is seen to go on within it. */
const SLICE = 65_536;

/**
 * How much longer a reader is waited for. Only waiting for him counts, not the time in which the next piece is made:
 * whenever he has been waited for as long as the window, he must have taken the least rate in its time.
 */
export class PaceOfReader {
  readonly #patience: Patience;
  /** Milliseconds of waiting for him so far, and bytes handed over. */
  #waited = 0;
  #handed = 0;
  /** When he had taken how much. The first is the latest that may be the beginning of the window. */
  readonly #taken = [{ waited: 0, bytes: 0 }];

  constructor(patience: Patience) {
    this.#patience = patience;
  }

  hand(bytes: number): void {
    this.#handed += bytes;
  }

  /** After he has made room, `ms` after waiting for him began. */
  took(ms: number): void {
    this.#waited += ms;
    this.#taken.push({ waited: this.#waited, bytes: this.#handed });
  }

  /** Milliseconds until he is too slow; he must take all that was handed over before. */
  left(): number {
    const { windowMs, leastRate } = this.#patience;
    const before = this.#handed - (leastRate * windowMs) / 1_000;
    while (this.#taken[1] && this.#taken[1].bytes <= before) this.#taken.shift();
    return (this.#taken[0]?.waited ?? 0) + windowMs - this.#waited;
  }
}

/** Tells when a response has room again. One listener for all: compression keeps each that is added. */
function room(response: ServerResponse, pace: PaceOfReader) {
  let wake: () => void = () => undefined;
  response.on('drain', () => wake());
  response.on('close', () => wake());
  return async (): Promise<void> => {
    let timer: NodeJS.Timeout | undefined;
    const begun = performance.now();
    const isLate = await Promise.race([
      new Promise<false>((resolve) => {
        wake = () => resolve(false);
      }),
      new Promise<true>((resolve) => {
        timer = setTimeout(() => resolve(true), Math.max(0, pace.left()));
      }),
    ]).finally(() => clearTimeout(timer));
    if (isLate) throw new RequestAborted('The reader took too little for too long.');
    pace.took(performance.now() - begun);
  };
}

/** The piece itself, or its bytes part by part. */
function* slices(piece: string | Buffer): Generator<string | Buffer> {
  if (piece.length <= SLICE) return yield piece;
  const bytes = Buffer.from(piece as string);
  for (let at = 0; at < bytes.length; at += SLICE) yield bytes.subarray(at, at + SLICE);
}

/**
 * Sends a body piece by piece: the next piece is made when the reader has room for it, and others have had their turn
 * in between. `begin` sets the headers, once the first piece is there: what fails before is answered as an error.
 * @throws RequestAborted when the reader has gone, or takes less than the least rate; whatever the pieces throw
 */
export async function sendPieces(
  response: ServerResponse,
  pieces: AsyncIterable<string | Buffer>,
  begin: () => void,
  patience = PATIENCE,
): Promise<void> {
  const pace = new PaceOfReader(patience);
  const untilRoom = room(response, pace);
  let isBegun = false;
  for await (const piece of pieces) {
    if (!isBegun) begin();
    isBegun = true;
    for (const slice of slices(piece)) {
      if (response.destroyed) throw new RequestAborted('The reader has gone.');
      pace.hand(Buffer.byteLength(slice));
      if (!response.write(slice)) await untilRoom();
      await setImmediate();
    }
  }
  if (!isBegun) begin();
  response.end();
}
