/** The operators of CQL2 by family, as JSON writes them. Text writes them in capitals; `casei` takes brackets, `div` none. */

export const COMPARISONS = ['=', '<>', '<', '<=', '>', '>='] as const;

export const ARITHMETIC = ['+', '-', '*', '/', '%', 'div', '^'] as const;
export type ArithmeticOp = (typeof ARITHMETIC)[number];

export const FOLDS = ['casei', 'accenti'] as const;
export type FoldOp = (typeof FOLDS)[number];

export const SPATIAL = [
  ...(['s_contains', 's_crosses', 's_disjoint', 's_equals'] as const),
  ...(['s_intersects', 's_overlaps', 's_touches', 's_within'] as const),
] as const;
export type SpatialOp = (typeof SPATIAL)[number];

export const TEMPORAL = [
  ...([
    't_after',
    't_before',
    't_contains',
    't_disjoint',
    't_during',
    't_equals',
    't_finishedBy',
    't_finishes',
  ] as const),
  ...(['t_intersects', 't_meets', 't_metBy', 't_overlappedBy', 't_overlaps', 't_startedBy', 't_starts'] as const),
] as const;
export type TemporalOp = (typeof TEMPORAL)[number];

export const ARRAY = ['a_containedBy', 'a_contains', 'a_equals', 'a_overlaps'] as const;
export type ArrayOp = (typeof ARRAY)[number];

/** Written as functions, `S_WITHIN(a, b)`: the word in capitals, and how JSON writes it. */
export const FUNCTIONS: ReadonlyMap<string, string> = new Map(
  [...FOLDS, ...SPATIAL, 's_dwithin', ...TEMPORAL, ...ARRAY].map((op) => [op.toUpperCase(), op]),
);

export function isOneOf<const Ops extends readonly string[]>(ops: Ops, op: string): op is Ops[number] {
  return ops.includes(op);
}
