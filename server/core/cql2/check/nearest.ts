/** The known name that a slip of one or two keys makes of this one. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  const slips = Math.min(2, Math.floor(name.length / 3));
  return known
    .map((candidate) => ({ candidate, distance: distance(name.toLowerCase(), candidate, slips) }))
    .filter((near) => near.distance <= slips)
    .sort((a, b) => a.distance - b.distance)[0]?.candidate;
}

/** Levenshtein: letters to insert, delete or replace. Not worked out where the lengths alone differ by more than `limit`. */
function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return Number.POSITIVE_INFINITY;
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] as number) + 1, (next[j - 1] as number) + 1));
    }
    row = next;
  }
  return row[b.length] as number;
}
