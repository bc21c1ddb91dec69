/** A seed and a number of a stream: all that 32 bits tell apart. */
const MOST = 2 ** 32 - 1;

/**
 * A source of numbers uniform in [0, 1) in steps of 2^-32: the same seed gives the same numbers on every machine. It is the
 * generator sfc32 of Chris Doty-Humphrey's PractRand, "small fast counter", whose counter makes every cycle at least 2^32 long.
 * @param seed, stream 0 to 2^32 - 1. Streams of one seed start from different states, as those of different seeds do: one for
 *   each thing that is drawn, so that drawing more of one leaves the others as they were.
 * @throws RangeError for a seed or a stream that is not such a whole number
 */
export function seededRandom(seed: number, stream = 0): () => number {
  for (const each of [seed, stream])
    if (!Number.isInteger(each) || each < 0 || each > MOST)
      throw new RangeError(`A seed is a whole number from 0 to ${MOST}, not ${each}.`);
  let a = stream | 0;
  let b = 0x9e3779b9 | 0;
  let c = seed | 0;
  let counter = 1;
  const next = () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  };
  // A bit of the seed reaches all bits of the state only after about a dozen steps.
  for (let step = 0; step < 24; step += 1) next();
  return next;
}
