const EPOCH = Date.UTC(2026, 0, 1);
const MINUTE = 60_000;

/**
 * The number of a layer's next published version: one more than the last, and at least the minutes since 2026, so that a
 * database made anew (or restored to an earlier state) does not give a number again under which browsers and proxies
 * keep other tiles for a year.
 */
export function nextGeneration(last: number | undefined, now: number): number {
  return Math.max((last ?? 0) + 1, Math.floor((now - EPOCH) / MINUTE));
}
