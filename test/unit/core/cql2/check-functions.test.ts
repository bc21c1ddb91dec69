import { expect } from 'chai';
import { describe, it } from 'mocha';
import { checkFilter } from '../../../../server/core/cql2/check.ts';
import { parseFilter } from '../../../../server/core/cql2/parse-text.ts';
import { printText } from '../../../../server/core/cql2/print-text.ts';
import { InvalidFilter } from '../../../../server/core/errors.ts';
import { LAYER } from './layer.ts';

const checked = (filter: string) => printText(checkFilter(parseFilter(filter), LAYER).predicate);

describe('checkFilter of functions and arithmetic', () => {
  const fitting = [
    'killed + 1 > share * 2 AND killed / 0 = 1 AND killed IN (injured % 2, 5) AND killed BETWEEN -1 * injured AND 1 ^ 2',
    "CASEI(kind) = ACCENTI(CASEI('a')) AND CASEI(kind) IN ('a', place) AND 'a' LIKE CASEI('A%') AND CASEI(kind) > 'a'",
    "A_CONTAINS(commodities, ('a', 'b')) AND A_EQUALS((), wanted) AND A_OVERLAPS(commodities, wanted)",
    "T_AFTER(valid, seen) AND T_DURING(heard, INTERVAL(valid_from, '..')) AND T_EQUALS(valid, DATE('2022-01-01'))",
    'S_INTERSECTS(geometry, BBOX(170, -10, -170, 10)) AND S_DWITHIN(POINT(0 0), geometry, 1000000)',
    'S_WITHIN(geometry, GEOMETRYCOLLECTION(POINT(1 2), MULTIPOINT((3 4)))) AND S_EQUALS(geometry, geometry)',
    'S_DISJOINT(geometry, GEOMETRYCOLLECTION(POINT(1 2), LINESTRING(1 2, 3 4)))',
    'S_WITHIN(geometry, POLYGON((0 0, 9 0, 9 9, 0 9, 0 0), (2 2, 3 2, 3 3, 2 2)))',
    "geometry IS NOT NULL AND valid IS NULL AND INTERVAL(seen, '..') IS NULL AND (killed = 1) IS NULL",
  ];
  for (const filter of fitting) it(`lets ${filter} through`, () => expect(checked(filter)).to.equal(filter));

  it('calls the place of a record geom where a field is called geometry', () => {
    const [first] = LAYER.fields;
    const fields = [{ ...first, name: 'geometry' } as (typeof LAYER.fields)[number]];
    const filter = parseFilter("geometry = 'round' AND S_INTERSECTS(geom, POINT(1 2))");
    expect(checkFilter(filter, { fields }).predicate).to.deep.equal(filter.predicate);
  });

  it('knows of no validity where the layer has no time', () => {
    const filter = parseFilter("T_AFTER(valid, DATE('2022-01-01'))");
    expect(() => checkFilter(filter, { ...LAYER, time: null })).to.throw(InvalidFilter, 'no field "valid"');
    expect(checkFilter(filter, { ...LAYER, time: 'instant' }).predicate).to.deep.equal(filter.predicate);
  });

  it('makes a plain day or instant beside a time that day or instant', () => {
    expect(checked("T_AFTER(valid, '2022-03-27') AND T_BEFORE('2022-03-27T00:00:00Z', seen)")).to.equal(
      "T_AFTER(valid, DATE('2022-03-27')) AND T_BEFORE(TIMESTAMP('2022-03-27T00:00:00Z'), seen)",
    );
  });

  const near = 'S_INTERSECTS(geometry, ';
  const refused: [filter: string, position: number, message: string][] = [
    ['killed + kind > 5', 9, '+ takes a number, but "kind" is a text.'],
    ['killed + commodities > 5', 9, '+ takes a number, but "commodities" is a list of texts.'],
    ["killed + 1 > 'a'", 13, 'not with'],
    ['CASEI(killed) = kind', 6, 'CASEI takes a text, but "killed" is a number.'],
    ['CASEI(commodities) = kind', 6, 'CASEI takes a text, but "commodities" is a list of texts.'],
    ['CASEI(kind) > 5', 14, 'not with 5'],
    ["kind LIKE CASEI('a\\\\')", 10, 'ends in a backslash that escapes nothing'],
    ['geometry = 5', 0, '"geometry" is a geometry: ask with a function such as S_INTERSECTS or S_WITHIN.'],
    ['killed < valid', 9, '"killed" is a number, but "valid" is an interval of time: they do not compare.'],
    ["valid = DATE('2022-01-01')", 0, '"valid" is an interval of time: ask with a function such as T_INTERSECTS'],
    ['S_INTERSECTS(kind, POINT(1 2))', 13, 'S_INTERSECTS takes geometries, but "kind" is a text. Ask of "geometry".'],
    [`${near}POINT(1 91))`, 23, 'The position 1 91 is not on the globe'],
    [`${near}BBOX(1, 5, 2, 4))`, 23, 'The box has south (5) above north (4)'],
    [`${near}BBOX(1, 5, 200, 6))`, 23, 'The position 200 6 is not on the globe'],
    [`${near}LINESTRING(1 1, 1 1))`, 23, 'A line needs two different positions'],
    [`${near}POLYGON((0 0, 1 0, 1 1, 0 1)))`, 23, 'begins at 0 0 ends elsewhere than it begins'],
    [`${near}POLYGON((0 0, 1 1, 2 2, 0 0)))`, 23, 'encloses nothing'],
    [`${near}POLYGON((0 0, 2 2, 2 0, 0 2, 0 0)))`, 23, 'The edges of a polygon cross'],
    [`${near}POLYGON((0 0, 2 0, 2 2, 0 0), (5 5, 6 5, 6 6, 5 5)))`, 23, 'lies outside of it, from 5 5.'],
    [`${near}MULTIPOLYGON(((0 0, 9 0, 9 9, 0 0)), ((5 1, 6 1, 6 2, 5 1))))`, 23, 'lies within another'],
    [`${near}MULTIPOINT(${'1 1,'.repeat(1_000)}1 1))`, 23, 'at most 1000 positions'],
    ['S_WITHIN(geometry, GEOMETRYCOLLECTION(POINT(1 2), LINESTRING(1 2, 3 4)))', 19, 'S_WITHIN takes no collection'],
    ['S_DWITHIN(geometry, POINT(1 2), -1)', 32, 'S_DWITHIN takes metres from 0 to 1000000, not -1.'],
    [
      'S_DWITHIN(geometry, LINESTRING(0 -90, 0 90), 5)',
      20,
      'S_DWITHIN takes shapes whose edges span at most 90 degrees.',
    ],
    [
      'S_DWITHIN(geometry, BBOX(100, 0, -100, 1), 5)',
      20,
      'S_DWITHIN takes shapes whose edges span at most 90 degrees.',
    ],
    ['S_DWITHIN(geometry, kind, 5)', 20, 'S_DWITHIN takes geometries, but "kind" is a text.'],
    ['T_AFTER(kind, seen)', 8, 'but "kind" is a text. Times: seen, heard, valid_from, valid_to, recorded_at, valid.'],
    ["T_AFTER(seen, 'yesterday')", 14, "not 'yesterday'"],
    ["T_AFTER(seen, INTERVAL(killed, '..'))", 23, 'ends at a day or an instant, but "killed" is a number.'],
    ["T_AFTER(seen, INTERVAL(valid, '..'))", 23, 'but "valid" is an interval of time'],
    ["T_AFTER(seen, INTERVAL('2022-01-02', '2022-01-01T23:59:59Z'))", 37, 'ends before it begins'],
    [
      "A_CONTAINS(kind, ('a'))",
      11,
      'A_CONTAINS takes lists of texts, but "kind" is a text. Lists: commodities, wanted.',
    ],
    ["A_CONTAINS(commodities, ('a', 5))", 30, "A list holds texts such as ('gold', 'arms'), not 5."],
    ['A_CONTAINS(commodities, (kind))', 25, 'not the field "kind"'],
  ];
  for (const [filter, position, message] of refused) {
    it(`refuses ${filter.slice(0, 80)} at ${position}`, () => {
      expect(() => checked(filter))
        .to.throw(InvalidFilter, message)
        .with.property('position', position);
    });
  }
});
