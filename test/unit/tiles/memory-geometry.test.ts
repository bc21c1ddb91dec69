import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { pointInPolygons, pointOnLines } from '../../../server/tiles/memory/interior-point.ts';
import { meetsBox } from '../../../server/tiles/memory/meets-box.ts';
import { type Position, squareOf, tileAt, toMetres, toUnits } from '../../../server/tiles/memory/mercator.ts';
import { clipConvex, doubleArea, type GridPoint } from '../../../server/tiles/memory/ring.ts';
import { isWithin } from '../../../server/tiles/memory/single-precision.ts';
import { snapToGrid } from '../../../server/tiles/memory/snap.ts';

const box = (west: number, south: number, east: number, north: number): Position[] => [
  [west, south],
  [east, south],
  [east, north],
  [west, north],
  [west, south],
];

describe('the square of a tile', () => {
  it('is where the standard has it, in metres', () => {
    // OGC 17-083r4, Annex D.1: WebMercatorQuad begins at 20037508.3427892 m, and a tile of zoom 1 is half the world.
    expect(toMetres([180, 0])[0]).to.be.closeTo(20_037_508.3427892, 1e-6);
    expect(toMetres([0, 85.0511287798066])[1]).to.be.closeTo(20_037_508.3427892, 1e-6);
    const square = squareOf({ z: 1, x: 1, y: 0 });
    expect([square.west, square.south]).to.deep.equal([0, 0]);
    expect(toUnits(square, toMetres([90, 0]))).to.deep.equal([2048, 4096]);
    expect(squareOf({ z: 1, x: 1, y: 0 }, 4096).west).to.equal(-square.east);
    expect(tileAt(2, toMetres([-100, 60]))).to.deep.equal({ x: 0, y: 1 });
    expect(tileAt(2, toMetres([180, -89]))).to.deep.equal({ x: 3, y: 3 });
  });
});

describe('an edge as PostGIS sees it', () => {
  it('takes in what single precision cannot tell from it, and nothing beyond', () => {
    expect([1, 2, 3].map((value) => isWithin(value, 1, 3))).to.deep.equal([true, true, true]);
    // Near 10,000,000 such numbers are 1 apart; near 0 they are exact.
    expect(isWithin(10_000_000.4, 0, 10_000_000)).to.equal(true);
    expect(isWithin(10_000_003, 0, 10_000_000)).to.equal(false);
    expect(isWithin(-1e-9, 0, 10)).to.equal(false);
    expect(isWithin(-0.1, -0.1, 10)).to.equal(true);
  });

  it('is never inside of what it is (property)', () => {
    const number = fc.double({ min: -2e7, max: 2e7, noNaN: true });
    fc.assert(
      fc.property(number, number, number, (value, one, other) => {
        const [low, high] = [Math.min(one, other), Math.max(one, other)];
        if (value >= low && value <= high) expect(isWithin(value, low, high)).to.equal(true);
        if (value < low - 5 || value > high + 5) expect(isWithin(value, low, high)).to.equal(false);
      }),
    );
  });
});

describe('a point that stands for a shape', () => {
  it('is in the middle of the widest stretch of a polygon, and in no hole', () => {
    expect(pointInPolygons([[box(0, 0, 10, 4)]])).to.deep.equal([5, 2]);
    expect(pointInPolygons([[box(0, 0, 10, 4), box(2, 1, 9, 3)]])).to.deep.equal([1, 2]);
    expect(pointInPolygons([[box(0, 0, 1, 4)], [box(5, 5, 8, 9)]])).to.deep.equal([6.5, 7]);
  });

  it('is a vertex of a line, and an end only of one that has no other', () => {
    const line: Position[] = [
      [0, 0],
      [1, 0],
      [2, 0],
      [9, 0],
    ];
    expect(pointOnLines([line])).to.deep.equal([2, 0]);
    expect(
      pointOnLines([
        [
          [0, 0],
          [4, 0],
        ],
        [
          [20, 0],
          [21, 0],
        ],
      ]),
    ).to.deep.equal([4, 0]);
  });
});

describe('a ring cut to a square', () => {
  const ring = (...points: GridPoint[]): GridPoint[] => [...points, points[0] as GridPoint];

  it('keeps what is inside, as an outer ring', () => {
    const diamond = ring([50, -20], [120, 50], [50, 120], [-20, 50]);
    const cut = clipConvex(diamond, 0, 100) as GridPoint[];
    expect(doubleArea(cut)).to.equal(2 * (100 * 100 - 4 * ((30 * 30) / 2)));
    expect(new Set(cut.map(String)).size).to.equal(8);
    expect(clipConvex(diamond.toReversed(), 0, 100)).to.have.lengthOf(cut.length);
    expect(doubleArea(clipConvex(diamond.toReversed(), 0, 100) ?? [])).to.equal(doubleArea(cut));
  });

  it('is nothing where it lies outside, or only along the edge', () => {
    expect(clipConvex(ring([200, 200], [300, 200], [300, 300]), 0, 100)).to.equal(null);
    expect(clipConvex(ring([100, 20], [160, 20], [160, 60], [100, 60]), 0, 100)).to.equal(null);
  });

  it('is nothing either where PostGIS sees nothing of a corner: it rounds crossings towards where an edge comes from', () => {
    // The hexagon 8555408bfffffff in the tile 7/62/57: half a unit of it is in the buffer.
    const hexagon = ring([-158, -282], [-255, -183], [-226, -57], [-99, -28], [-2, -126], [-31, -253]);
    expect(clipConvex(hexagon, -64, 4160)).to.equal(null);
    expect(clipConvex(hexagon, -65, 4160)).to.have.lengthOf(4);
  });

  it('is the square where it lies around it', () => {
    const around = clipConvex(ring([-900, -900], [900, -900], [900, 900], [-900, 900]), 0, 100) ?? [];
    expect(doubleArea(around)).to.equal(2 * 100 * 100);
  });
});

describe('a shape moved to a grid', () => {
  it('shares its border with its neighbour, loses holes too small to see, and is nothing when it collapses', () => {
    const west = snapToGrid(
      [
        [
          [
            [0, 0],
            [9.6, 0.2],
            [10.4, 5],
            [9.7, 9.9],
            [0, 10],
            [0, 0],
          ],
        ],
      ],
      true,
      2,
    );
    const east = snapToGrid(
      [
        [
          [
            [20, 0],
            [20, 10],
            [9.7, 9.9],
            [10.4, 5],
            [9.6, 0.2],
            [20, 0],
          ],
        ],
      ],
      true,
      2,
    );
    const border = (parts: typeof west) => parts?.[0]?.[0]?.filter(([x]) => x === 10).map(([, y]) => y);
    expect(border(west)).to.deep.equal([0, 6, 10]);
    expect(border(east)).to.deep.equal([10, 6, 0]);
    expect(snapToGrid([[box(0, 0, 10, 10), box(4.2, 4.2, 4.4, 4.4)]], true, 2)).to.deep.equal([[box(0, 0, 10, 10)]]);
    expect(snapToGrid([[box(0, 0, 0.4, 10), box(0.1, 1, 0.3, 9)]], true, 2)).to.equal(null);
    expect(
      snapToGrid(
        [
          [
            [
              [0, 0],
              [0.3, 0.4],
            ],
            [
              [0, 0],
              [0.2, 0],
              [3.9, 0],
            ],
          ],
        ],
        false,
        2,
      ),
    ).to.deep.equal([
      [
        [
          [0, 0],
          [4, 0],
        ],
      ],
    ]);
  });
});

describe('a box and a shape', () => {
  const ask = { west: 0, south: 0, east: 10, north: 10 };

  it('meet where an edge crosses, touches or lies within, or one is inside the other', () => {
    expect(
      meetsBox(
        [
          [
            [
              [-5, 5],
              [15, 5],
            ],
          ],
        ],
        false,
        ask,
      ),
      'across',
    ).to.equal(true);
    expect(
      meetsBox(
        [
          [
            [
              [-5, 5],
              [5, -5.1],
            ],
          ],
        ],
        false,
        ask,
      ),
      'past the corner',
    ).to.equal(false);
    expect(
      meetsBox(
        [
          [
            [
              [-5, 5],
              [5, -5],
            ],
          ],
        ],
        false,
        ask,
      ),
      'touches the corner',
    ).to.equal(true);
    expect(
      meetsBox(
        [
          [
            [
              [2, 2],
              [3, 3],
            ],
          ],
        ],
        false,
        ask,
      ),
      'within',
    ).to.equal(true);
    expect(meetsBox([[box(-20, -20, 20, 20)]], true, ask), 'around').to.equal(true);
    expect(meetsBox([[box(-20, -20, 20, 20)]], false, ask), 'a line around').to.equal(false);
    expect(meetsBox([[box(-20, -20, 20, 20), box(-2, -2, 12, 12)]], true, ask), 'in the hole').to.equal(false);
    expect(meetsBox([[box(11, 0, 12, 1)]], true, ask), 'beside').to.equal(false);
  });
});
