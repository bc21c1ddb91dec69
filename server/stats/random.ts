import { sfc32 } from './sfc32.ts';

/** A seed and a number of a stream: all that 32 bits tell apart. */
const MOST = 2 ** 32 - 1;

/**
 * A source of numbers uniform in [0, 1) in steps of 2^-32: the same seed gives the same numbers on every machine.
 * @param seed, stream 0 to 2^32 - 1. Streams of one seed start from different states, as those of different seeds do: one for
 *   each thing that is drawn, so that drawing more of one leaves the others as they were.
 * @throws RangeError for a seed or a stream that is not such a whole number
 */
export function seededRandom(seed: number, stream = 0): () => number {
  for (const each of [seed, stream])
    if (!Number.isInteger(each) || each < 0 || each > MOST)
      throw new RangeError(`A seed is a whole number from 0 to ${MOST}, not ${each}.`);
  return sfc32([stream, 0x9e3779b9, seed], 24);
}
