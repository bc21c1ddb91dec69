import fc from 'fast-check';
import type {
  Expression,
  GeometryLiteral,
  IntervalEnd,
  Literal,
  PlainGeometry,
  Predicate,
  Scalar,
} from '../../../../server/core/cql2/ast.ts';
import { ARITHMETIC, ARRAY, COMPARISONS, FOLDS, SPATIAL, TEMPORAL } from '../../../../server/core/cql2/operators.ts';
import { LAYER } from './layer.ts';

/** Trees that CQL2 can write, whether a layer makes sense of them or not. */

/** Characters that a filter may hold, those that need care first. */
const character = fc.oneof(
  fc.constantFrom(...`'"\\%_()=,-$é;`, '\n', '\t', '\x07', '\b', '\v', '\f', '\r', '𞤀', 'ߒ', "''", '\\n', '\\%', '--'),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }).filter((text) => !/[\p{Cc}\uFFFE\uFFFF]/u.test(text)),
);
export const text = fc.array(character, { maxLength: 6 }).map((parts) => parts.join(''));
export const number = fc
  .oneof(fc.integer({ min: -9, max: 9 }), fc.maxSafeInteger(), fc.double({ noNaN: true, noDefaultInfinity: true }))
  .map((value) => (value === 0 ? 0 : value));
export const day = fc
  .date({ min: new Date('0001-01-01'), max: new Date('9999-12-31T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const instant = day.map((date) => `${date}T23:59:59.5Z`);

const literal: fc.Arbitrary<Literal> = fc.oneof(
  text,
  number,
  fc.boolean(),
  day.map((date) => ({ date })),
  instant.map((timestamp) => ({ timestamp })),
);

const name = fc.oneof(
  fc.constantFrom(
    ...LAYER.fields.map((field) => field.name),
    ...['geometry', 'valid', 'date', 'NOT', 'point', 'with space', 'a"b', 'é.1', '1a', 'ın', 'div', 's_dwithin', 'Z'],
  ),
  text.filter((candidate) => candidate !== '' && !/[^\P{Cc}\t\n\r]/u.test(candidate)),
);
const property = name.map((named) => ({ property: named }));

const simple: fc.Arbitrary<Scalar> = fc.oneof(literal, property);

const { calculated, folded, pattern } = fc.letrec<{ calculated: Scalar; folded: Scalar; pattern: Expression }>(
  (tie) => ({
    calculated: fc.record({
      op: fc.constantFrom(...ARITHMETIC),
      args: fc.tuple(
        fc.oneof({ depthSize: 'small' }, number, property, tie('calculated')),
        fc.oneof({ depthSize: 'small' }, number, property, tie('calculated')),
      ),
    }) as fc.Arbitrary<Scalar>,
    folded: fc.record({
      op: fc.constantFrom(...FOLDS),
      args: fc.tuple(fc.oneof({ depthSize: 'small' }, text, property, tie('folded'))),
    }) as fc.Arbitrary<Scalar>,
    pattern: fc.oneof(
      { depthSize: 'small' },
      text,
      fc.record({ op: fc.constantFrom(...FOLDS), args: fc.tuple(tie('pattern')) }) as fc.Arbitrary<Expression>,
    ),
  }),
);
const scalar: fc.Arbitrary<Scalar> = fc.oneof({ weight: 3, arbitrary: simple }, calculated, folded);

const position = fc.tuple(number, number);
const line = fc.array(position, { minLength: 1, maxLength: 4 });
const rings = fc.array(line, { minLength: 1, maxLength: 2 });
const plain = fc.oneof(
  fc.record({ type: fc.constant('Point'), coordinates: position }),
  fc.record({ type: fc.constantFrom('LineString', 'MultiPoint'), coordinates: line }),
  fc.record({ type: fc.constantFrom('Polygon', 'MultiLineString'), coordinates: rings }),
  fc.record({ type: fc.constant('MultiPolygon'), coordinates: fc.array(rings, { minLength: 1, maxLength: 2 }) }),
) as fc.Arbitrary<PlainGeometry>;
export const geometry = fc.oneof(
  { weight: 3, arbitrary: plain },
  fc.record({
    type: fc.constant('GeometryCollection' as const),
    geometries: fc.array(plain, { minLength: 1, maxLength: 2 }),
  }),
  fc.record({ bbox: fc.tuple(number, number, number, number) }),
) as fc.Arbitrary<GeometryLiteral>;

const end: fc.Arbitrary<IntervalEnd> = fc.oneof(day, instant, fc.constant('..'), property);
const interval = fc.record({ interval: fc.tuple(end, end) });
const time = fc.oneof(
  interval,
  property,
  text,
  day.map((date) => ({ date })),
  instant.map((timestamp) => ({ timestamp })),
);
const place = fc.oneof(geometry, property);
const list = fc.oneof(property, fc.array(scalar, { maxLength: 3 }));

/** Combines tests into filters as deep as CQL2 lets them nest for practical purposes. */
export function combined(test: fc.Arbitrary<Predicate>): fc.Arbitrary<Predicate> {
  const { predicate } = fc.letrec<{ predicate: Predicate }>((tie) => ({
    predicate: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      test,
      fc.tuple(tie('predicate')).map((args) => ({ op: 'not' as const, args })),
      fc.record({
        op: fc.constantFrom('and' as const, 'or' as const),
        args: fc.array(tie('predicate'), { minLength: 2, maxLength: 3 }),
      }),
    ),
  }));
  return predicate;
}

const node = (op: fc.Arbitrary<string> | string, ...args: fc.Arbitrary<unknown>[]) =>
  fc.record({
    op: typeof op === 'string' ? fc.constant(op) : op,
    args: fc.tuple(...args),
  }) as unknown as fc.Arbitrary<Predicate>;

const test = fc.oneof(
  fc.boolean(),
  node(fc.constantFrom(...COMPARISONS), scalar, scalar),
  node('like', scalar, pattern),
  node('between', scalar, scalar, scalar),
  node('in', scalar, fc.array(scalar, { minLength: 1, maxLength: 4 })),
  node('isNull', fc.oneof(scalar, geometry, interval)),
  node(fc.constantFrom(...SPATIAL), place, place),
  node('s_dwithin', place, place, number),
  node(fc.constantFrom(...TEMPORAL), time, time),
  node(fc.constantFrom(...ARRAY), list, list),
);

/** Any filter that CQL2 can write. */
export const anyPredicate = combined(
  fc.oneof({ weight: 9, arbitrary: test }, node('isNull', fc.oneof(combined(test)))),
);
