import fc from 'fast-check';
import type { Literal, Predicate, Scalar } from '../../../../server/core/cql2/ast.ts';
import { ARRAY, COMPARISONS, FOLDS, SPATIAL, TEMPORAL } from '../../../../server/core/cql2/operators.ts';
import { combined, text } from './arbitrary-trees.ts';
import { DAYS, INSTANTS, WORDS } from './layer.ts';

export { anyPredicate, text } from './arbitrary-trees.ts';
export { LAYER } from './layer.ts';

/** Filters that fit LAYER, with few and small values, so that generated rows meet them. */

const node = (op: fc.Arbitrary<string> | string, ...args: fc.Arbitrary<unknown>[]) =>
  fc.record({
    op: typeof op === 'string' ? fc.constant(op) : op,
    args: fc.tuple(...args),
  }) as unknown as fc.Arbitrary<Predicate>;
const property = (...names: string[]) => fc.constantFrom(...names).map((name) => ({ property: name }));

/** Values that one family of fields is compared with. */
interface Domain {
  readonly fields: readonly string[];
  readonly value: fc.Arbitrary<Literal>;
}
const NUMBERS: Domain = {
  fields: ['killed', 'injured', 'share', 'precision_m'],
  value: fc.oneof(fc.integer({ min: -2, max: 4 }), fc.constantFrom(0.5, 2.5, 1e15)),
};
const DOMAINS: readonly Domain[] = [
  { fields: ['kind', 'place'], value: fc.constantFrom(...WORDS) },
  NUMBERS,
  {
    fields: ['seen', 'valid_from', 'valid_to', 'recorded_at'],
    value: fc.constantFrom(...DAYS).map((date) => ({ date })),
  },
  { fields: ['heard'], value: fc.constantFrom(...INSTANTS).map((timestamp) => ({ timestamp })) },
];

const side = ({ fields, value }: Domain): fc.Arbitrary<Scalar> => fc.oneof(value, property(...fields));
const op = fc.constantFrom(...COMPARISONS);
const some = (one: fc.Arbitrary<unknown>) => fc.array(one, { minLength: 1, maxLength: 3 });

const testsOf = (one: fc.Arbitrary<Scalar>): fc.Arbitrary<Predicate> =>
  fc.oneof(node(op, one, one), node('between', one, one, one), node('in', one, some(one)), node('isNull', one));

const amount = side(NUMBERS);
/** Powers are whole and small, so that any exact arithmetic agrees on them. */
const { calculated } = fc.letrec<{ calculated: Scalar }>((tie) => ({
  calculated: fc.oneof(
    node(
      fc.constantFrom('+', '-', '*', '/', '%', 'div'),
      fc.oneof({ depthSize: 'small' }, amount, tie('calculated')),
      fc.oneof({ depthSize: 'small' }, amount, tie('calculated')),
    ) as unknown as fc.Arbitrary<Scalar>,
    node('^', amount, fc.constantFrom(0, 1, 2, 3)) as unknown as fc.Arbitrary<Scalar>,
  ),
}));

const word = side(DOMAINS[0] as Domain);
const fold = fc.constantFrom(...FOLDS);
const folded = fc.oneof(node(fold, word), node(fold, node(fold, word))) as unknown as fc.Arbitrary<Scalar>;
export const pattern = fc
  .array(fc.constantFrom('%', '_', 'a', 'b', 'B', 'É', 's', '\\%', '\\_', '\\\\', "'", '𞤀'), { maxLength: 4 })
  .map((parts) => parts.join(''));
const wanted = fc.oneof(pattern, node(fold, pattern), node('accenti', node('casei', pattern)));

const strings = property('commodities', 'wanted');
const list = fc.oneof(strings, fc.array(fc.constantFrom('a', 'b', 'ab', 'Éb', "a'b"), { maxLength: 3 }));
const flag: fc.Arbitrary<Scalar> = fc.oneof(fc.boolean(), property('claimed'));

const end = fc.constantFrom(...DAYS, ...INSTANTS, '..');
const written = fc
  .tuple(end, end)
  .map(([a, b]) => ({ interval: a === '..' || b === '..' || a <= b ? [a, b] : [b, a] }))
  // A day as a whole cannot end before an instant in it.
  .map(({ interval: [a, b] }) => ({ interval: [a, b] }));
const span = fc.oneof(
  written,
  fc
    .tuple(property('seen', 'heard', 'valid_from', 'recorded_at'), fc.oneof(end, property('valid_to', 'seen', 'heard')))
    .map((interval) => ({ interval })),
);
const time = fc.oneof(
  span,
  property('valid', 'valid', 'seen', 'heard', 'valid_from', 'recorded_at'),
  fc.constantFrom(...DAYS).map((date) => ({ date })),
  fc.constantFrom(...INSTANTS).map((timestamp) => ({ timestamp })),
);

const grid = fc.integer({ min: 0, max: 4 });
/** Points, lines along the axes and boxes, all on whole degrees: what cells.ts can compare. */
export const shape = fc.tuple(grid, grid, grid, grid).map(([a, b, c, d]) => {
  const [west, south, east, north] = [Math.min(a, c), Math.min(b, d), Math.max(a, c), Math.max(b, d)];
  if (west === east && south === north) return { type: 'Point', coordinates: [west, south] };
  if (west === east || south === north)
    return {
      type: 'LineString',
      coordinates: [
        [west, south],
        [east, north],
      ],
    };
  return (a + b) % 2 === 0 ? { bbox: [west, south, east, north] } : boxPolygon(west, south, east, north);
});
export function boxPolygon(west: number, south: number, east: number, north: number) {
  const ring = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
  return { type: 'Polygon', coordinates: [ring] };
}
const place = fc.oneof({ weight: 2, arbitrary: shape as fc.Arbitrary<unknown> }, property('geometry'));

/** Filters that fit LAYER, with every operator on every type that has it. */
export const fittingPredicate = combined(
  fc.oneof(
    ...DOMAINS.map((domain) => testsOf(side(domain))),
    testsOf(fc.oneof(calculated, amount)),
    node(op, fc.oneof(folded, word), folded),
    node('in', folded, some(fc.oneof(word, folded))),
    node('like', fc.oneof(word, folded), wanted),
    node(fc.constantFrom('=', '<>'), strings, word),
    node(fc.constantFrom('=', '<>'), word, strings),
    node(fc.constantFrom('=', '<>'), flag, flag),
    node('in', strings, some(word)),
    node('in', word, some(fc.oneof(word, strings))),
    node('isNull', fc.oneof(strings, flag, span, property('geometry', 'valid'), folded, calculated)),
    node(fc.constantFrom(...TEMPORAL), time, time),
    node(fc.constantFrom(...ARRAY), list, list),
    node(fc.constantFrom(...SPATIAL), place, place),
    node('s_dwithin', place, place, fc.constantFrom(5_000, 130_000, 190_000)),
    fc.boolean(),
  ),
);

/** Text that is nearly a filter: tokens in any order, and good filters with a piece cut out or put in. */
export function nearlyFilter(print: (predicate: Predicate) => string): fc.Arbitrary<string> {
  const token = fc.constantFrom(
    ...['killed', 'kind', 'commodities', '"seen"', '5', '2.5', '-', "'a'", "''", 'AND', 'or', 'NOT', 'LIKE', 'BETWEEN'],
    ...['IN', 'IS', 'NULL', '(', ')', ',', '=', '<>', '<', '>=', 'TRUE', "DATE('2022-01-01')", 'DATE', "'", '"', '\\'],
    ...['+', '*', '[', ']', 'casei', '--', ';', '$1', '/*', '*/', '\0', '\uD800', '1e999', '%', 'POINT(1 2)', 'x.y:z'],
    ...[
      '/',
      '^',
      'div',
      'geometry',
      'valid',
      'S_WITHIN(',
      's_dwithin(',
      'T_DURING(',
      'A_OVERLAPS(',
      'INTERVAL(',
      "'..'",
    ],
    ...[
      'BBOX(1,2,3,4)',
      'POLYGON((',
      '0 0,',
      '1 1',
      'MULTIPOINT',
      'GEOMETRYCOLLECTION(',
      'Z',
      'EMPTY',
      '{"op":',
      '"args":',
    ],
  );
  const soup = fc.array(token, { maxLength: 12 }).map((tokens) => tokens.join(' '));
  const damaged = fc
    .tuple(fittingPredicate.map(print), fc.nat(), fc.nat(3), fc.oneof(token, text))
    .map(([filter, at, cut, put]) => {
      const from = at % (filter.length + 1);
      return filter.slice(0, from) + put + filter.slice(from + cut);
    });
  return fc.oneof(soup, damaged, fc.string({ unit: 'binary', maxLength: 30 }), fc.string());
}
