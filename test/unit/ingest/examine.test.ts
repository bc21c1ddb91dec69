import { expect } from 'chai';
import fc from 'fast-check';
import type { Geometry, Position } from 'geojson';
import { Accountant } from '../../../server/ingest/account.ts';
import { examine } from '../../../server/ingest/examine.ts';
import type { SourceFeature } from '../../../server/ingest/feature.ts';

const CONTEXT = { today: '2026-11-21', inDegrees: true };
const feature = (geometry: Geometry | null): SourceFeature => ({
  index: 7,
  place: { line: 12 },
  id: null,
  geometry,
  properties: {},
});
const look = (geometry: Geometry | null) => examine(feature(geometry), CONTEXT);
const codes = (geometry: Geometry | null) => look(geometry).issues.map(({ code, severity }) => `${severity} ${code}`);

const SQUARE: Position[] = [
  [0.5, 14],
  [1, 14],
  [1, 15],
  [0.5, 15],
  [0.5, 14],
];
const polygon = (...rings: Position[][]): Geometry => ({ type: 'Polygon', coordinates: rings });

describe('a record that is looked at', () => {
  it('is unchanged where nothing is wrong, and the very same', () => {
    const before = feature(polygon(SQUARE));
    const { feature: after, outcome, issues } = examine(before, CONTEXT);
    expect([outcome, issues]).to.deep.equal(['unchanged', []]);
    expect(after).to.equal(before);
  });

  it('is unlocated without a geometry', () => {
    expect(look(null).outcome).to.equal('unlocated');
  });

  it('has its ring closed, and then turned round', () => {
    const { feature: after, outcome, issues } = look(polygon(SQUARE.slice(0, -1).toReversed()));
    expect(outcome).to.equal('repaired');
    expect(issues.map(({ code }) => code)).to.deep.equal(['ring-open', 'ring-direction']);
    expect(issues[0]?.place).to.deep.equal({ line: 12, pointer: '/geometry/coordinates/0' });
    const [ring] = (after.geometry as { coordinates: Position[][] }).coordinates;
    expect(ring).to.deep.equal([...SQUARE.slice(3, 4), ...SQUARE.slice(0, 3), SQUARE[3]]);
  });

  it('has holes that run clockwise', () => {
    const hole: Position[] = [
      [0.6, 14.2],
      [0.8, 14.2],
      [0.8, 14.4],
      [0.6, 14.2],
    ];
    expect(codes(polygon(SQUARE, hole))).to.deep.equal(['note ring-direction']);
    expect(codes(polygon(SQUARE, hole.toReversed()))).to.deep.equal([]);
  });

  it('is kept out where a ring has no area, inside collections too', () => {
    const line: Position[] = [
      [1, 14],
      [2, 15],
      [1, 14],
      [1, 14],
    ];
    const { outcome, issues } = look({ type: 'GeometryCollection', geometries: [polygon(SQUARE), polygon(line)] });
    expect(outcome).to.equal('quarantined');
    expect(issues[0]?.place.pointer).to.equal('/geometry/geometries/1/coordinates/0');
    expect(issues[0]?.value).to.equal('2 different positions');
  });

  it('is kept out where it is not on the Earth, and asks whether the numbers are swapped where that would help', () => {
    const swapped = look({ type: 'Point', coordinates: [14.5, 120] });
    expect([swapped.outcome, swapped.issues[0]?.value]).to.deep.equal(['quarantined', '14.5, 120']);
    expect(swapped.issues[0]?.detail).to.include('swapped?');
    const metres = look({
      type: 'LineString',
      coordinates: [
        [0, 1],
        [612345, 1598765],
      ],
    });
    expect(metres.issues[0]?.detail).to.include('another reference system?');
    expect(metres.issues[0]?.place.pointer).to.equal('/geometry/coordinates/1');
  });

  it('is asked about where it crosses the antimeridian or lies at 0, 0', () => {
    expect(
      codes({
        type: 'MultiLineString',
        coordinates: [
          [
            [1, 1],
            [2, 2],
          ],
          [
            [179, 1],
            [-179, 1],
          ],
        ],
      }),
    ).to.deep.equal(['warning antimeridian']);
    expect(
      look({
        type: 'MultiPoint',
        coordinates: [
          [1, 1],
          [0, 0],
        ],
      }).outcome,
    ).to.equal('unchanged');
    expect(
      codes({
        type: 'MultiPoint',
        coordinates: [
          [1, 1],
          [0, 0],
        ],
      }),
    ).to.deep.equal(['warning null-island']);
  });

  it('is right after it was mended: a second look finds nothing to mend', () => {
    const position = fc.tuple(
      fc.double({ min: -20, max: 20, noNaN: true }),
      fc.double({ min: 5, max: 25, noNaN: true }),
    );
    const ring = fc.array(
      position.map(([x, y]): Position => [x, y]),
      { minLength: 3, maxLength: 8 },
    );
    fc.assert(
      fc.property(fc.array(ring, { minLength: 1, maxLength: 3 }), (rings) => {
        const first = look(polygon(...rings));
        const second = examine(first.feature, CONTEXT);
        expect(second.feature).to.equal(first.feature);
        const { coordinates } = first.feature.geometry as { coordinates: Position[][] };
        const corners = (list: Position[][]) => list.map((one) => new Set(one.map(String)));
        expect(corners(coordinates), 'no corner is lost').to.deep.equal(corners(rings));
      }),
    );
  });
});

describe('the account of an upload', () => {
  it('adds up, and names the worst first', () => {
    const accountant = new Accountant();
    for (const outcome of ['unchanged', 'unchanged', 'repaired', 'quarantined', 'skipped', 'unlocated'] as const) {
      accountant.count(outcome);
    }
    accountant.note({ code: 'ring-direction', severity: 'note' });
    accountant.note({ code: 'ring-direction', severity: 'note' });
    accountant.note({ code: 'null-island', severity: 'warning' });
    accountant.note({ code: 'position-range', severity: 'error' });
    expect(accountant.account()).to.deep.equal({
      read: 6,
      unchanged: 2,
      repaired: 1,
      unlocated: 1,
      quarantined: 1,
      skipped: 1,
      issues: [
        { code: 'position-range', severity: 'error', count: 1 },
        { code: 'null-island', severity: 'warning', count: 1 },
        { code: 'ring-direction', severity: 'note', count: 2 },
      ],
    });
  });
});
