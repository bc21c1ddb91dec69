/** Steps one after the other, from the place of the first. */
export interface Run {
  readonly from: number;
  readonly length: number;
}

/** Where in a series nothing is. */
export interface Silences {
  /** In order; none touches another. */
  readonly runs: readonly Run[];
  /** The first of the longest; absent where something is in every step. */
  readonly longest: Run | undefined;
  /** Steps up to the last, since something was: all of them where nothing is. */
  readonly recent: number;
  /** Steps in which something is. */
  readonly reported: number;
}

/** @param counts of each step, in order */
export function silencesOf(counts: readonly number[]): Silences {
  const runs: { from: number; length: number }[] = [];
  for (const [index, count] of counts.entries()) {
    if (count > 0) continue;
    const last = runs.at(-1);
    if (last && last.from + last.length === index) last.length++;
    else runs.push({ from: index, length: 1 });
  }
  const length = runs.reduce((most, run) => Math.max(most, run.length), 0);
  const last = runs.at(-1);
  return {
    runs,
    longest: runs.find((run) => run.length === length),
    recent: last && last.from + last.length === counts.length ? last.length : 0,
    reported: counts.filter((count) => count > 0).length,
  };
}
