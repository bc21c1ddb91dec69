import { expect } from 'chai';
import { describe, it } from 'mocha';
import { parseFilter } from '../../../../server/core/cql2/parse-text.ts';
import { InvalidFilter } from '../../../../server/core/errors.ts';

const tree = (filter: string) => parseFilter(filter).predicate;
const killed = { property: 'killed' };
const kind = { property: 'kind' };
const geometry = { property: 'geometry' };
const call = (op: string, ...args: unknown[]) => ({ op, args });

describe('parseFilter of functions and arithmetic', () => {
  const read: [filter: string, tree: unknown][] = [
    ['killed = -kind', call('=', killed, call('*', -1, kind))],
    ['killed-1>5', call('>', call('-', killed, 1), 5)],
    ['1 + 2 * 3 ^ 4 > 5', call('>', call('+', 1, call('*', 2, call('^', 3, 4))), 5)],
    ['1 - 2 - 3 = 5', call('=', call('-', call('-', 1, 2), 3), 5)],
    ['(1 - 2) DIV -3 % 4 = 5', call('=', call('%', call('div', call('-', 1, 2), -3), 4), 5)],
    ['(killed > 5) IS NULL', call('isNull', call('>', killed, 5))],
    ["casei(kind) = Casei('IED')", call('=', call('casei', kind), call('casei', 'IED'))],
    ["kind LIKE accenti('é%')", call('like', kind, call('accenti', 'é%'))],
    [
      "T_METBY(valid, INTERVAL('..', seen))",
      call('t_metBy', { property: 'valid' }, { interval: ['..', { property: 'seen' }] }),
    ],
    ["A_CONTAINEDBY((), ('a'))", call('a_containedBy', [], ['a'])],
    ['s_within(geometry, bbox(1,2,9,3,4,9))', call('s_within', geometry, { bbox: [1, 2, 3, 4] })],
    [
      'S_EQUALS(POINT Z (1 -2 3), MULTIPOINT(1 2, (3 4 5)))',
      call(
        's_equals',
        { type: 'Point', coordinates: [1, -2] },
        {
          type: 'MultiPoint',
          coordinates: [
            [1, 2],
            [3, 4],
          ],
        },
      ),
    ],
    [
      'S_DWITHIN(geometry, GEOMETRYCOLLECTION(POINT(1 2), POINT(3 4)), 5e3)',
      call(
        's_dwithin',
        geometry,
        {
          type: 'GeometryCollection',
          geometries: [
            { type: 'Point', coordinates: [1, 2] },
            { type: 'Point', coordinates: [3, 4] },
          ],
        },
        5000,
      ),
    ],
  ];
  for (const [filter, expected] of read) {
    it(`reads ${filter}`, () => expect(tree(filter)).to.deep.equal(expected));
  }

  const refused: [filter: string, position: number, message: string][] = [
    ['killed = -TRUE', 10, 'Expected a number or a field after "-"'],
    ['killed = 2 ^ 2 ^ 2', 15, 'Of two powers say by brackets which goes first'],
    ["killed + 'a' > 2", 9, 'Expected a field or a number at character 9, not a text.'],
    ['killed + > 2', 9, 'Expected a value after "+" at character 9, not ">".'],
    ['CASEI(5) = kind', 6, 'Expected a field or a text at character 6, not a number.'],
    ['kind LIKE CASEI(place)', 10, "Expected a pattern such as 'Mop%' at character 10, not a calculated value."],
    ["CASEI(kind, 'a') = 'a'", 0, 'casei takes 1, not 2 (at character 0).'],
    ['S_INTERSECTS(geometry)', 0, 's_intersects takes 2, not 1 (at character 0).'],
    ['S_INTERSECTS(geometry, 5)', 23, 'Expected a geometry such as POINT(-4 14.5), or the field that holds one'],
    ['S_INTERSECTS(geometry, POINT(1))', 30, 'Expected a number after "1" at character 30, not ")".'],
    ['S_INTERSECTS(geometry, POINT EMPTY)', 29, 'An empty geometry meets nothing'],
    ['S_INTERSECTS(geometry, POLYGON(()))', 32, 'Expected a number after "("'],
    ['S_INTERSECTS(geometry, GEOMETRYCOLLECTION(BBOX(1,2,3,4)))', 42, 'Expected a geometry such as POINT(-4 14.5)'],
    ['S_INTERSECTS(geometry, BBOX(1, 2, 3))', 27, 'BBOX takes 4 numbers, west, south, east, north'],
    ['S_DWITHIN(geometry, POINT(1 2))', 0, 's_dwithin takes 3, not 2'],
    ['S_DWITHIN(geometry, POINT(1 2), killed)', 32, 'Expected a number of metres at character 32, not a field.'],
    ['POINT(1 2) = geometry', 0, 'Expected a field or a value at character 0, not a geometry or an interval.'],
    ['T_AFTER(seen, 5)', 14, 'Expected a time such as'],
    ["T_AFTER(seen, INTERVAL('2022-01-01'))", 36, 'INTERVAL takes 2 ends, not 1'],
    ["T_AFTER(seen, INTERVAL('2022-02-30', '..'))", 23, 'Expected a day or time in quotes'],
    ["A_CONTAINS(commodities, 'a')", 24, "Expected a list such as ('gold', 'arms'), or a field that holds one"],
    ["A_CONTAINS(commodities, ('a', ('b', 'c')))", 34, 'Expected'],
  ];
  for (const [filter, position, message] of refused) {
    it(`refuses ${filter} at ${position}`, () => {
      expect(() => parseFilter(filter))
        .to.throw(InvalidFilter, message)
        .with.property('position', position);
    });
  }
});
