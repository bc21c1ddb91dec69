import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { type CheckedFilter, checkFilter } from '../../../server/core/cql2/check.ts';
import { parseFilter } from '../../../server/core/cql2/parse-text.ts';
import { printText } from '../../../server/core/cql2/print-text.ts';
import { InvalidFilter } from '../../../server/core/errors.ts';
import { cql2ToSql } from '../../../server/query/cql2.ts';
import { toQuery } from '../../../server/query/sql.ts';
import { expectOnlyPieces } from '../../support/cql2-pieces.ts';
import { anyPredicate, fittingPredicate, LAYER, nearlyFilter } from '../core/cql2/arbitrary.ts';

const query = (filter: string) => toQuery(cql2ToSql(checkFilter(parseFilter(filter), LAYER), LAYER));

const FROM = `(lower("valid") AT TIME ZONE 'UTC')::date`;
const TO = `(upper("valid") AT TIME ZONE 'UTC')::date`;

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
    ['killed IN (1, 2)', '"killed" = ANY($1::bigint[])', [[1, 2]]],
    ['killed IN (1, injured)', '"killed" IN ($1::bigint, "injured")', [1]],
    ['killed NOT IN (1)', 'NOT ("killed" = ANY($1::bigint[]))', [[1]]],
    ['share IN (1, 2.5)', '"share" = ANY($1::float8[])', [[1, 2.5]]],
    ["kind IN ('a', 'it''s')", '"kind" = ANY($1::text[])', [['a', "it's"]]],
    ['claimed IN (TRUE, FALSE)', '"claimed" = ANY($1::boolean[])', [[true, false]]],
    ["seen IN ('2022-03-27')", '"seen" = ANY($1::date[])', [['2022-03-27']]],
    ["'a' IN ('b')", '$1::text = ANY($2::text[])', ['a', ['b']]],
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
    [
      'killed + 1 > 5',
      '(SELECT CASE WHEN abs("L") <= 1e100 AND abs("R") <= 1e100 THEN "L" + "R" END FROM ' +
        '(SELECT "killed"::float8 AS "L", $1::float8::float8 AS "R" OFFSET 0) AS pair) > $2::float8',
      [1, 5],
    ],
    [
      "CASEI(kind) = 'a'",
      `(translate(lower(upper(lower("kind" COLLATE "und-x-icu"))), 'ς', 'σ') COLLATE "C") = $1::text`,
      ['a'],
    ],
    ["A_CONTAINS(commodities, ('a', 'b'))", '"commodities" @> $1::text[]', [['a', 'b']]],
    ['A_EQUALS((), wanted)', '($1::text[] @> "wanted" AND $2::text[] <@ "wanted")', [[], []]],
    [
      "T_INTERSECTS(valid, DATE('2022-01-01'))",
      `"valid" && tstzrange((($1::date)::timestamp AT TIME ZONE 'UTC'), (($2::date + 1)::timestamp AT TIME ZONE 'UTC'), '[)')`,
      ['2022-01-01', '2022-01-01'],
    ],
    ['T_BEFORE(seen, heard)', `((("seen" + 1)::timestamp AT TIME ZONE 'UTC') <= "heard")`, []],
    [
      'S_INTERSECTS(geometry, BBOX(1, 2, 3, 4))',
      'ST_Intersects("geom", ST_MakeEnvelope($1::float8, $2::float8, $3::float8, $4::float8, 4326))',
      [1, 2, 3, 4],
    ],
    [
      'S_WITHIN(geometry, POLYGON((0 0, 1 0, 1 1, 0 0)))',
      'ST_Within("geom", ST_CollectionExtract(ST_MakeValid(ST_SetSRID(ST_GeomFromGeoJSON($1::text), 4326)), 3))',
      ['{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}'],
    ],
    [
      'S_DISJOINT(geometry, BBOX(170, 0, -170, 0))',
      'NOT ST_Intersects("geom", ST_SetSRID(ST_GeomFromGeoJSON($1::text), 4326))',
      ['{"type":"MultiLineString","coordinates":[[[170,0],[180,0]],[[-180,0],[-170,0]]]}'],
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
        expect(values).to.have.lengthOf(new Set(text.match(/\$\d+/g)).size);
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
