import { expect } from 'chai';
import fc from 'fast-check';
import type { Geometry, Position } from 'geojson';
import { describe, it } from 'mocha';
import { fromParts, placedOf, toParts, withoutLast } from '../../../client/map/drawn-parts.ts';

const RING: Position[] = [
  [0, 0],
  [4, 0],
  [4, 4],
  [0, 4],
  [0, 0],
];
const HOLE: Position[] = [
  [1, 1],
  [2, 1],
  [2, 2],
  [1, 1],
];

describe('what is drawn on the map', () => {
  it('is taken apart and put together again, with its holes', () => {
    const given: Geometry = { type: 'MultiPolygon', coordinates: [[RING, HOLE], [RING]] };
    const parts = toParts(given);
    expect(parts.map(({ geometry }) => geometry.type)).to.deep.equal(['Polygon', 'Polygon']);
    expect(
      parts.map(({ geometry }) => geometry.coordinates.length),
      'without holes',
    ).to.deep.equal([1, 1]);
    expect(fromParts(parts, true)).to.deep.equal(given);
  });

  it('keeps its type where it had several parts and has one now', () => {
    const [part] = toParts({ type: 'LineString', coordinates: RING });
    expect(part && fromParts([part], true)).to.deep.equal({ type: 'MultiLineString', coordinates: [RING] });
    expect(fromParts([], true)).to.equal(null);
    expect(toParts(null)).to.deep.equal([]);
  });

  it('is to a centimetre, and the same again from there', () => {
    const degree = fc.double({ min: -89, max: 89, noNaN: true });
    const geometry = fc
      .array(fc.tuple(degree, degree), { minLength: 2, maxLength: 6 })
      .map((coordinates): Geometry => ({ type: 'LineString', coordinates }));
    fc.assert(
      fc.property(geometry, (given) => {
        const once = fromParts(toParts(given), false);
        expect(fromParts(toParts(once), false)).to.deep.equal(once);
        const moved = (once as { coordinates: Position[] }).coordinates.flatMap((position, at) =>
          position.map((value, axis) =>
            Math.abs(value - Number((given as { coordinates: Position[] }).coordinates[at]?.[axis])),
          ),
        );
        expect(Math.max(...moved)).to.be.lessThan(1e-7);
      }),
    );
  });

  it('is of placed vertices only, and of enough of them', () => {
    expect(placedOf('line', RING, 1)).to.equal(null);
    expect(placedOf('line', RING, 2)).to.deep.equal({ type: 'LineString', coordinates: RING.slice(0, 2) });
    expect(placedOf('polygon', RING, 2)).to.equal(null);
    expect(placedOf('polygon', RING, 3)).to.deep.equal({
      type: 'Polygon',
      coordinates: [[...RING.slice(0, 3), RING[0]]],
    });
  });

  it('loses the vertex that was placed last, down to the fewest', () => {
    const area = withoutLast({ type: 'Polygon', coordinates: [RING] });
    expect(area).to.deep.equal({ type: 'Polygon', coordinates: [[...RING.slice(0, 3), RING[0]]] });
    expect(withoutLast(area)).to.equal(null);
    expect(withoutLast({ type: 'LineString', coordinates: RING.slice(0, 2) })).to.equal(null);
    expect(withoutLast({ type: 'Point', coordinates: [0, 0] })).to.equal(null);
  });
});
