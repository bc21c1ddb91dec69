/** Values from `from` to before `to`; the last bin has its end too. */
export interface Bin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/** Counts of values between the given edges, which rise. */
export function toBins(values: readonly number[], edges: readonly number[]): Bin[] {
  const last = edges.length - 2;
  return edges.slice(0, -1).map((from, at) => {
    const to = edges[at + 1] as number;
    return {
      from,
      to,
      count: values.filter((value) => value >= from && (at === last ? value <= to : value < to)).length,
    };
  });
}

/** The middle of the straight line of a slope per year through points: as Sen has it, the median of what is left (Sen 1968). */
export function lineThrough(
  points: readonly { readonly years: number; readonly value: number }[],
  perYear: number,
): (years: number) => number {
  const left = points.map(({ years, value }) => value - perYear * years).sort((a, b) => a - b);
  const middle = left.length >> 1;
  const at = (place: number) => left[place] ?? 0;
  const start = left.length % 2 === 1 ? at(middle) : (at(middle - 1) + at(middle)) / 2;
  return (years) => start + perYear * years;
}
