/** Moves an entry to a place counted without it; a place beyond the ends is the end. */
export function moved<T>(list: readonly T[], from: number, to: number): readonly T[] {
  const [entry, ...others] = [list[from], ...list.filter((_, index) => index !== from)];
  return entry === undefined ? list : (others as T[]).toSpliced(Math.max(0, to), 0, entry);
}
