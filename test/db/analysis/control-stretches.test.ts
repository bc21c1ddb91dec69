import { expect } from 'chai';
import fc from 'fast-check';
import type { Position } from 'geojson';
import { after, before, describe, it } from 'mocha';
import { controlStretches, type Stretch } from '../../../server/analysis/control-stretches.ts';
import { cutLine } from '../../../server/analysis/cut-line.ts';
import { groundOf } from '../../../server/analysis/ground.ts';
import { readCatalogue } from '../../../server/db/catalogue.ts';
import { PUBLIC_ACCESS } from '../../../server/query/filter.ts';
import { boxOf, publishRecords, testLayer, testRecord } from '../../support/analysis.ts';
import { migratedDatabase, type TestDatabase } from '../../support/database.ts';

const CONTROL = testLayer(
  'control',
  'polygon',
  [
    ['actor', 'string'],
    ['control', 'string'],
  ],
  { role: 'control', time: 'interval' },
);
/** Of a degree on the equator of WGS 84, km. */
const DEGREE = (6378.137 * Math.PI) / 180;

const area = (id: number, geometry: { type: string; coordinates: unknown }, actor: string, control = 'holds') =>
  testRecord(id, geometry, { actor, control, valid_from: '2020-01-01', valid_to: null });
const line = (...coordinates: Position[]) => ({ type: 'LineString', coordinates });

describe('who holds the ground along a line', () => {
  let database: TestDatabase;
  before(async () => {
    database = await migratedDatabase();
  });
  after(() => database.close());

  async function walk(geometry: object) {
    const layer = (await readCatalogue(database.run)).get('control');
    const filter = { access: PUBLIC_ACCESS };
    return (await controlStretches(database, { geometry }, [{ layer, filter }])).get(0);
  }
  const short = ({ from_km, to_km, state, actors, areas }: Stretch) =>
    [from_km / DEGREE, to_km / DEGREE].map((value) => Number(value.toFixed(6))).join('-') +
    ` ${state} ${actors.join()} ${areas.join()}`;

  it('tells from km to km what is worked out by hand on the equator', async () => {
    await publishRecords(database, CONTROL, [
      area(1, boxOf(1, -1, 2, 1), 'A'),
      area(2, boxOf(1.5, -1, 3, 1), 'B', 'influence'),
      area(3, boxOf(3, -1, 3.5, 1), 'B', 'contested'),
      // A neighbour of the first of the same actor, and one that the line only touches.
      area(4, boxOf(0.5, -1, 1, 1), 'A'),
      area(5, boxOf(3.6, 0.5, 3.9, 1), 'C'),
    ]);
    const walked = await walk(line([0, 0], [2.2, 0], [2.2, 0], [4, 0]));
    expect(walked?.stretches.map(short)).to.deep.equal([
      '0-0.5 not recorded  ',
      '0.5-1.5 held A control:1,control:4',
      '1.5-2 overlap A,B control:1,control:2',
      '2-3 influence B control:2',
      '3-3.5 contested B control:3',
      '3.5-4 not recorded  ',
    ]);
    expect(walked?.lengthKm).to.be.closeTo(4 * DEGREE, 1e-6);
  });

  it('walks a line as often as it goes the same way, over its own crossings and over gaps', async () => {
    await publishRecords(database, CONTROL, [area(1, boxOf(1, -1, 2, 1), 'A')]);
    const there = await walk(line([0, 0], [3, 0], [0, 0]));
    expect(there?.stretches.map(short)).to.deep.equal([
      '0-1 not recorded  ',
      '1-2 held A control:1',
      '2-4 not recorded  ',
      '4-5 held A control:1',
      '5-6 not recorded  ',
    ]);
    const parts = [
      [
        [0, 0],
        [1.25, 0],
      ],
      [
        [1.75, 0],
        [3, 0],
      ],
    ];
    const gap = await walk({ type: 'MultiLineString', coordinates: parts });
    expect(gap?.stretches.map(short)).to.deep.equal([
      '0-1 not recorded  ',
      '1-1.5 held A control:1',
      '1.5-2.5 not recorded  ',
    ]);
    const segments = gap?.segments ?? [];
    const stretch = gap?.stretches[1] as Stretch;
    const pieces = cutLine(segments, stretch.from_km * 1_000, stretch.to_km * 1_000).coordinates as Position[][];
    // Between its ends a part has vertices more, so that it is the shortest way.
    expect(pieces.map((piece) => [piece[0], piece.at(-1)])).to.deep.equal([
      [
        [1, 0],
        [1.25, 0],
      ],
      [
        [1.75, 0],
        [2, 0],
      ],
    ]);
  });

  it('goes over the antimeridian, whether the line is cut there or not', async () => {
    await publishRecords(database, CONTROL, [
      area(1, boxOf(179, -1, 180, 1), 'A'),
      area(2, boxOf(-180, -1, -179.5, 1), 'B'),
    ]);
    const cut = [
      [
        [178, 0],
        [180, 0],
      ],
      [
        [-180, 0],
        [-179, 0],
      ],
    ];
    for (const geometry of [line([178, 0], [-179, 0]), { type: 'MultiLineString', coordinates: cut }]) {
      const walked = await walk(geometry);
      expect(walked?.stretches.map(short)).to.deep.equal([
        '0-1 not recorded  ',
        '1-2 held A control:1',
        '2-2.5 held B control:2',
        '2.5-3 not recorded  ',
      ]);
      const over = cutLine(walked?.segments ?? [], 1.5 * DEGREE * 1_000, 2.25 * DEGREE * 1_000);
      expect(over.type).to.equal('MultiLineString');
      const parts = over.coordinates as Position[][];
      expect([parts[0]?.[0], parts[0]?.at(-1), parts[1]?.[0], parts[1]?.at(-1)]).to.deep.equal([
        [179.5, 0],
        [180, 0],
        [-180, 0],
        [-179.75, 0],
      ]);
    }
    const west = await walk(line([-179, 0], [178, 0]));
    expect(west?.stretches.map(short)).to.deep.equal([
      '0-0.5 not recorded  ',
      '0.5-1 held B control:2',
      '1-2 held A control:1',
      '2-3 not recorded  ',
    ]);
  });

  it('has nothing of a line of no length, and of a hole what is in it', async () => {
    const { coordinates: outer } = boxOf(0, -2, 3, 2);
    const { coordinates: hole } = boxOf(1, -1, 2, 1);
    await publishRecords(database, CONTROL, [
      area(1, { type: 'Polygon', coordinates: [...outer, ...hole.map((ring) => ring.toReversed())] }, 'A'),
    ]);
    expect(await walk(line([1, 0], [1, 0]))).to.equal(undefined);
    const walked = await walk(line([0.5, 0], [2.5, 0]));
    expect(walked?.stretches.map(short)).to.deep.equal([
      '0-0.5 held A control:1',
      '0.5-1.5 not recorded  ',
      '1.5-2 held A control:1',
    ]);
  });

  const inside = ([x, y]: Position, ring: readonly Position[]) => {
    let isIn = false;
    for (const [index, [x1, y1]] of ring.entries() as IterableIterator<[number, [number, number]]>) {
      const [x2, y2] = ring[(index + 1) % ring.length] as [number, number];
      const isBetween = y1 > (y as number) !== y2 > (y as number);
      if (isBetween && (x as number) < ((x2 - x1) * ((y as number) - y1)) / (y2 - y1) + x1) isIn = !isIn;
    }
    return isIn;
  };
  const coordinate = fc.double({ min: 0, max: 2, noNaN: true });
  /** Rings around a middle, which never cross themselves. */
  const star = fc
    .tuple(
      coordinate,
      coordinate,
      fc.array(fc.double({ min: 0.1, max: 1.2, noNaN: true }), { minLength: 3, maxLength: 300 }),
    )
    .map(([x, y, radii]) => {
      const ring = radii.map((radius, index) => {
        const angle = (2 * Math.PI * index) / radii.length;
        return [x + radius * Math.cos(angle), y + radius * Math.sin(angle)] as Position;
      });
      return [...ring, ring[0] as Position];
    });
  const claimed = fc.record({
    ring: star,
    actor: fc.constantFrom('A', 'B', 'C'),
    control: fc.constantFrom('holds', 'holds', 'influence', 'contested'),
  });
  const path = fc.array(fc.tuple(coordinate, coordinate), { minLength: 2, maxLength: 12 });

  it('agrees with looking at a thousand points along random lines, and leaves nothing out', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(claimed, { maxLength: 8 }), path, async (areas, vertices) => {
        await publishRecords(
          database,
          CONTROL,
          areas.map(({ ring, actor, control }, index) =>
            area(index + 1, { type: 'Polygon', coordinates: [ring] }, actor, control),
          ),
        );
        const walked = await walk(line(...vertices));
        if (!walked) return;
        const { stretches, segments, lengthKm } = walked;
        // In order, without gaps, to the whole length.
        expect(stretches[0]?.from_km).to.equal(0);
        for (const [index, stretch] of stretches.entries()) {
          expect(stretch.from_km).to.be.lessThan(stretch.to_km);
          if (index > 0) expect(stretch.from_km).to.equal(stretches[index - 1]?.to_km);
        }
        expect(stretches.at(-1)?.to_km).to.equal(lengthKm);
        // What is there at points along it, found out one by one.
        for (let step = 0; step < 1000; step++) {
          const km = ((step + 0.5) / 1000) * lengthKm;
          const stretch = stretches.find(({ from_km, to_km }) => from_km <= km && km < to_km) as Stretch;
          if (Math.min(km - stretch.from_km, stretch.to_km - km) < 0.05) continue;
          const segment = segments.findLast(({ before_m }) => before_m <= km * 1_000) as (typeof segments)[number];
          const share = (km * 1_000 - segment.before_m) / segment.length_m;
          const point = [
            segment.from_lon + share * (segment.to_lon - segment.from_lon),
            segment.from_lat + share * (segment.to_lat - segment.from_lat),
          ];
          const ground = groundOf(areas.filter(({ ring }) => inside(point, ring)));
          expect({ km, state: stretch.state, actors: stretch.actors }).to.deep.equal({ km, ...ground });
        }
      }),
      { numRuns: 25 },
    );
  });
});
