import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import type { Predicate, Scalar } from '../../../server/core/cql2/ast.ts';
import { type CheckedFilter, checkFilter } from '../../../server/core/cql2/check.ts';
import { parseFilter } from '../../../server/core/cql2/parse-text.ts';
import { printText } from '../../../server/core/cql2/print-text.ts';
import { InvalidFilter } from '../../../server/core/errors.ts';
import { recordFields } from '../../../server/core/layer.ts';
import { cql2ToSql } from '../../../server/query/cql2.ts';
import { toQuery } from '../../../server/query/sql.ts';
import { anyPredicate, fittingPredicate, LAYER, nearlyFilter } from '../core/cql2/arbitrary.ts';

const query = (filter: string) => toQuery(cql2ToSql(checkFilter(parseFilter(filter), LAYER), LAYER));

const FROM = `(lower("valid") AT TIME ZONE 'UTC')::date`;
const TO = `(upper("valid") AT TIME ZONE 'UTC')::date`;

/** Everything that the SQL of a filter is made of: nothing else may occur in it. */
const columns = recordFields(LAYER).map(({ name }) => `"${name}"`);
const PIECE = new RegExp(
  [
    String.raw`\$\d+::(?:text|bigint|float8|boolean|date|timestamptz)(?![\w])`,
    ...[FROM, TO, ...columns].map((piece) => piece.replaceAll(/[()]/g, '\\$&')),
    String.raw`LIKE|ESCAPE '\\'|BETWEEN|COLLATE "C"|IN|IS NULL|NOT|AND|OR|= ANY|<>|<=|>=|[=<>(),]| `,
  ].join('|'),
  'y',
);

function expectOnlyPieces(text: string): void {
  PIECE.lastIndex = 0;
  while (PIECE.lastIndex < text.length) {
    const from = PIECE.lastIndex;
    if (!PIECE.test(text)) expect.fail(`not a piece of our SQL: ${text.slice(from)} in ${text}`);
  }
}

/** Every literal of a tree; one inside a list of texts or a list of values may become a parameter more than once. */
function literals(predicate: Predicate): unknown[] {
  if (typeof predicate === 'boolean') return [predicate];
  const ofScalar = (scalar: Scalar): unknown[] => {
    if (typeof scalar !== 'object') return [scalar];
    return 'property' in scalar ? [] : Object.values(scalar);
  };
  if (predicate.op === 'and' || predicate.op === 'or' || predicate.op === 'not')
    return predicate.args.flatMap(literals);
  return (predicate.args.flat() as Scalar[]).flatMap(ofScalar);
}

describe('cql2ToSql', () => {
  const golden: [filter: string, text: string, values: unknown[]][] = [
    ['killed > 5', '"killed" > $1::bigint', [5]],
    ['killed > 2.5', '"killed" > $1::float8', [2.5]],
    ['share > 2', '"share" > $1::float8', [2]],
    ['killed <> injured', '"killed" <> "injured"', []],
    ["'ied' = kind", '$1::text = "kind"', ['ied']],
    ["kind >= 'm'", '"kind" COLLATE "C" >= $1::text', ['m']],
    ['kind < place', '"kind" COLLATE "C" < "place"', []],
    ["kind BETWEEN 'a' AND 'm'", '"kind" COLLATE "C" BETWEEN $1::text AND $2::text', ['a', 'm']],
    ["kind LIKE 'M\\_p%'", `"kind" LIKE $1::text ESCAPE '\\'`, ['M\\_p%']],
    ["kind NOT LIKE '%'", `NOT ("kind" LIKE $1::text ESCAPE '\\')`, ['%']],
    ['killed BETWEEN 1 AND injured', '"killed" BETWEEN $1::bigint AND "injured"', [1]],
    ['killed IN (1, 2.5)', '"killed" IN ($1::bigint, $2::float8)', [1, 2.5]],
    ['killed NOT IN (1)', 'NOT ("killed" IN ($1::bigint))', [1]],
    ['claimed = TRUE', '"claimed" = $1::boolean', [true]],
    ['claimed IS NULL', '"claimed" IS NULL', []],
    ['claimed IS NOT NULL', 'NOT ("claimed" IS NULL)', []],
    ["seen < '2022-03-27'", '"seen" < $1::date', ['2022-03-27']],
    ["valid_from >= DATE('2022-03-27')", `${FROM} >= $1::date`, ['2022-03-27']],
    ['valid_to IS NULL', `${TO} IS NULL`, []],
    ['valid_from = recorded_at', `${FROM} = "recorded_at"`, []],
    ["commodities = 'gold'", '$1::text = ANY("commodities")', ['gold']],
    ["'gold' = commodities", '$1::text = ANY("commodities")', ['gold']],
    ['commodities <> kind', 'NOT ("kind" = ANY("commodities"))', []],
    ["commodities IN ('a', 'b')", '($1::text = ANY("commodities") OR $2::text = ANY("commodities"))', ['a', 'b']],
    ["'a' IN (kind, commodities)", '($1::text = "kind" OR $2::text = ANY("commodities"))', ['a', 'a']],
    ['FALSE', '$1::boolean', [false]],
    ["'a' = 'b'", '$1::text = $2::text', ['a', 'b']],
    ["TIMESTAMP('2022-01-01T00:00:00Z') IS NULL", '$1::timestamptz IS NULL', ['2022-01-01T00:00:00Z']],
    [
      "killed > 5 AND (kind = 'ied' OR NOT claimed = FALSE)",
      '("killed" > $1::bigint AND ("kind" = $2::text OR NOT ("claimed" = $3::boolean)))',
      [5, 'ied', false],
    ],
    [`kind = ''' OR 1=1 --'`, '"kind" = $1::text', ["' OR 1=1 --"]],
  ];
  for (const [filter, text, values] of golden) {
    it(`makes SQL of ${filter}`, () => expect(query(filter)).to.deep.equal({ text, values }));
  }

  it('puts every literal into the values and none into the text', () => {
    fc.assert(
      fc.property(fittingPredicate, (predicate) => {
        const { text, values } = query(printText(predicate));
        expectOnlyPieces(text);
        expect(new Set(values)).to.deep.equal(new Set(literals(predicate)));
      }),
      { numRuns: 500 },
    );
  });

  const attempts = [
    { name: 'texts that are nearly filters', filter: nearlyFilter(printText) },
    { name: 'any tree, fitting the layer or not', filter: anyPredicate.map(printText) },
  ];
  for (const { name, filter } of attempts) {
    it(`makes nothing but such SQL, or InvalidFilter, of ${name}`, () => {
      fc.assert(
        fc.property(filter, (candidate) => {
          try {
            expectOnlyPieces(query(candidate).text);
          } catch (error) {
            if (!(error instanceof InvalidFilter)) throw error;
          }
        }),
        { numRuns: 2000 },
      );
    });
  }

  it('does not build from a filter checked against another layer', () => {
    const foreign = { predicate: { op: '=', args: [{ property: 'x"; --' }, 1] } } as unknown as CheckedFilter;
    expect(() => cql2ToSql(foreign, LAYER)).to.throw('another layer');
  });
});
