/**
 * Puts values into an order of which all are as likely, in place, by one random number for each but one: Fisher & Yates 1938,
 * Statistical tables, as Durstenfeld 1964, Algorithm 235: random permutation (Communications of the ACM 7).
 * @param random uniform in [0, 1), as `seededRandom` makes it
 */
export function shuffle(values: Int16Array | Int32Array | Float64Array, random: () => number): void {
  for (let last = values.length - 1; last > 0; last -= 1) {
    const chosen = Math.floor(random() * (last + 1));
    const value = values[chosen] as number;
    values[chosen] = values[last] as number;
    values[last] = value;
  }
}
