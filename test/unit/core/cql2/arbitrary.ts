import fc from 'fast-check';
import { COMPARISONS, type Literal, type Predicate, type Scalar } from '../../../../server/core/cql2/ast.ts';
import type { Field } from '../../../../server/core/layer.ts';

/** Filters and layers for the tests of CQL2, here and against PostgreSQL. */

const field = (name: string, type: Field['type']): Field => ({
  name,
  type,
  title: { en: name, fr: name },
  tile: false,
});

export const LAYER = {
  fields: [
    field('kind', 'string'),
    field('place', 'string'),
    field('killed', 'integer'),
    field('injured', 'integer'),
    field('share', 'number'),
    field('claimed', 'boolean'),
    field('seen', 'date'),
    field('commodities', 'strings'),
  ],
};

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
const time = day.map((date) => ({ timestamp: `${date}T23:59:59.5Z` }));

const literal: fc.Arbitrary<Literal> = fc.oneof(
  text,
  number,
  fc.boolean(),
  day.map((date) => ({ date })),
  time,
);
const propertyName = fc.oneof(
  fc.constantFrom(
    ...LAYER.fields.map(({ name }) => name),
    'date',
    'NOT',
    'point',
    'with space',
    'a"b',
    'é.1',
    '1a',
    'ın',
  ),
  text.filter((name) => name !== '' && !/[^\P{Cc}\t\n\r]/u.test(name)),
);
const scalar: fc.Arbitrary<Scalar> = fc.oneof(
  literal,
  propertyName.map((property) => ({ property })),
);

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

const op = fc.constantFrom(...COMPARISONS);

/** Any filter that CQL2 can write, whether a layer makes sense of it or not. */
export const anyPredicate = combined(
  fc.oneof(
    fc.boolean(),
    fc.record({ op, args: fc.tuple(scalar, scalar) }),
    fc.record({ op: fc.constant('like' as const), args: fc.tuple(scalar, text) }),
    fc.record({ op: fc.constant('between' as const), args: fc.tuple(scalar, scalar, scalar) }),
    fc.record({
      op: fc.constant('in' as const),
      args: fc.tuple(scalar, fc.array(scalar, { minLength: 1, maxLength: 4 })),
    }),
    fc.record({ op: fc.constant('isNull' as const), args: fc.tuple(scalar) }),
  ),
);

/** Values that one family of fields is compared with. Few and small, so that generated rows meet them. */
interface Domain {
  readonly fields: readonly string[];
  readonly value: fc.Arbitrary<Literal>;
}

export const WORDS = ['', 'a', 'b', 'ab', 'aB', 'Éb', 'a%', 'a_b', 'a\\b', "a'b", '𞤀', '￮'];
export const DAYS = ['2012-01-01', '2013-01-11', '2022-03-27', '2022-12-31'];
const DOMAINS: readonly Domain[] = [
  { fields: ['kind', 'place'], value: fc.constantFrom(...WORDS) },
  {
    fields: ['killed', 'injured', 'share', 'precision_m'],
    value: fc.oneof(fc.integer({ min: -2, max: 4 }), fc.constantFrom(0.5, 2.5, 1e15)),
  },
  {
    fields: ['seen', 'valid_from', 'valid_to', 'recorded_at'],
    value: fc.constantFrom(...DAYS).map((date) => ({ date })),
  },
];

const side = ({ fields, value }: Domain): fc.Arbitrary<Scalar> =>
  fc.oneof(
    value,
    fc.constantFrom(...fields).map((property) => ({ property })),
  );

const testsOf = (domain: Domain): fc.Arbitrary<Predicate> => {
  const one = side(domain);
  return fc.oneof(
    fc.record({ op, args: fc.tuple(one, one) }),
    fc.record({ op: fc.constant('between' as const), args: fc.tuple(one, one, one) }),
    fc.record({ op: fc.constant('in' as const), args: fc.tuple(one, fc.array(one, { minLength: 1, maxLength: 3 })) }),
    fc.record({ op: fc.constant('isNull' as const), args: fc.tuple(one) }),
  );
};

const property = (...names: string[]) => fc.constantFrom(...names).map((name) => ({ property: name }));
const word = side(DOMAINS[0] as Domain);
const list = property('commodities');
const flag: fc.Arbitrary<Scalar> = fc.oneof(fc.boolean(), property('claimed'));
const equality = fc.constantFrom('=' as const, '<>' as const);
export const pattern = fc
  .array(fc.constantFrom('%', '_', 'a', 'b', 'B', 'É', '\\%', '\\_', '\\\\', "'", '𞤀'), { maxLength: 4 })
  .map((parts) => parts.join(''));

/** Filters that fit LAYER, with every operator on every type that has it. */
export const fittingPredicate = combined(
  fc.oneof(
    ...DOMAINS.map(testsOf),
    fc.record({ op: fc.constant('like' as const), args: fc.tuple(word, pattern) }),
    fc.record({ op: equality, args: fc.oneof(fc.tuple(list, word), fc.tuple(word, list), fc.tuple(flag, flag)) }),
    fc.record({
      op: fc.constant('in' as const),
      args: fc.oneof(
        fc.tuple(list, fc.array(word, { minLength: 1, maxLength: 3 })),
        fc.tuple(word, fc.array(fc.oneof(word, list), { minLength: 1, maxLength: 3 })),
      ),
    }),
    fc.record({ op: fc.constant('isNull' as const), args: fc.oneof(fc.tuple(list), fc.tuple(flag)) }),
    fc.boolean(),
  ),
);

/** Text that is nearly a filter: tokens in any order, and good filters with a piece cut out or put in. */
export function nearlyFilter(print: (predicate: Predicate) => string): fc.Arbitrary<string> {
  const token = fc.constantFrom(
    ...['killed', 'kind', 'commodities', '"seen"', '5', '2.5', '-', "'a'", "''", 'AND', 'or', 'NOT', 'LIKE', 'BETWEEN'],
    ...['IN', 'IS', 'NULL', '(', ')', ',', '=', '<>', '<', '>=', 'TRUE', "DATE('2022-01-01')", 'DATE', "'", '"', '\\'],
    ...['+', '*', '[', ']', 'casei', '--', ';', '$1', '/*', '*/', '\0', '\uD800', '1e999', '%', 'POINT(1 2)', 'x.y:z'],
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
