/**
 * The generator sfc32 of Chris Doty-Humphrey's PractRand, "small fast counter", whose counter makes every cycle at least 2^32
 * long: numbers uniform in [0, 1) in steps of 2^-32, the same on every machine.
 * @param state three numbers of 32 bits
 * @param skipped so many are drawn and left out: a bit of the state reaches all others only after about a dozen steps
 */
export function sfc32([first, second, third]: readonly [number, number, number], skipped: number): () => number {
  let [a, b, c] = [first | 0, second | 0, third | 0];
  let counter = 1;
  const next = () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  };
  for (let step = 0; step < skipped; step += 1) next();
  return next;
}
