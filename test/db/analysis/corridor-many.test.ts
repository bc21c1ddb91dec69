import { expect } from 'chai';
import fc from 'fast-check';
import type { Feature, Point, Position } from 'geojson';
import { after, before, describe, it } from 'mocha';
import type { CorridorNumbers } from '../../../server/analysis/corridor/numbers.ts';
import { corridor } from '../../../server/analysis/corridor.ts';
import { ask, publishRecords, testLayer, testRecord } from '../../support/analysis.ts';
import { metresBetween, nearestBySampling, sampled } from '../../support/corridor.ts';
import { migratedDatabase, type TestDatabase } from '../../support/database.ts';

const layerOf = (id: string, order: number) =>
  testLayer(
    id,
    'point',
    [
      ['kind', 'string'],
      ['killed', 'integer'],
    ],
    { order, kind: 'kind', measures: ['killed'] },
  );
/** So many that they are counted by their cells, and so few that each is measured. */
const [MANY, FEW] = [layerOf('many', 1), layerOf('few', 2)];
const RECORDS = 6_000;

/** Uniform in [0, 1), the same each time. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Points around where the antimeridian meets 17 degrees south; some of them in one place. */
function points(count: number): Position[] {
  const random = chance(7);
  return Array.from({ length: count }, (_, index) => {
    if (index % 10 === 0) return [179.5, -17];
    const lon = 180 + 6 * (random() - 0.5);
    return [lon > 180 ? lon - 360 : lon, -17 + 4 * (random() - 0.5)];
  });
}

describe('corridor over many records', () => {
  let database: TestDatabase;
  before(async () => {
    database = await migratedDatabase();
    const record = ([lon, lat]: Position, index: number) =>
      testRecord(
        index + 1,
        { type: 'Point', coordinates: [lon as number, lat as number] },
        { kind: `k${index % 3}`, killed: index % 5, precision_m: index % 7 === 0 ? 60_000 : 100 },
      );
    const all = points(RECORDS);
    await publishRecords(database, MANY, all.map(record));
    await publishRecords(database, FEW, all.slice(0, 900).map(record));
  });
  after(() => database.close());

  const lineString = (coordinates: Position[]) => ({ geometry: { type: 'LineString', coordinates } });
  async function along(line: Position[], inputs: Record<string, unknown>) {
    const { result } = await ask(database, corridor, { line: lineString(line), events: 'many', ...inputs });
    return { ...result, numbers: result.numbers as unknown as CorridorNumbers };
  }

  /** By PostGIS, record by record. It takes long legs for great circles of a sphere, metres off: they are cut by GeographicLib. */
  async function byHand(line: Position[], withinKm: number, isPrecise: boolean, preciseKm = withinKm) {
    const text = `SELECT count(*)::integer AS count, coalesce(sum(killed), 0)::integer AS killed FROM ${await database.tableOf('many')}
      WHERE (precision_m <= $4) = $3 AND ST_DWithin(geom::geography, ST_SetSRID(ST_GeomFromGeoJSON($1), 4326)::geography, $2)`;
    const cut = lineString(sampled(line, 5_000).map(({ at }) => at));
    const values = [JSON.stringify(cut.geometry), withinKm * 1_000, isPrecise, preciseKm * 1_000];
    const [row] = await database.run<{ count: number; killed: number }>({ text, values });
    return row;
  }

  const places = fc.tuple(
    fc.double({ min: -2.8, max: 2.8, noNaN: true }),
    fc.double({ min: -1.8, max: 1.8, noNaN: true }),
  );
  const lines = fc
    .array(places, { minLength: 2, maxLength: 6 })
    .map((offsets) => offsets.map(([east, north]): Position => [east > 0 ? east - 180 : east + 180, -17 + north]))
    .filter((line) => metresBetween(line[0] as Position, line[1] as Position) > 1_000);

  it('says of random lines over the antimeridian what measuring every record says', async () => {
    await fc.assert(
      fc.asyncProperty(lines, fc.constantFrom(0.5, 5, 25, 90), async (line, withinKm) => {
        const { numbers, features } = await along(line, { within_km: withinKm, limit: 20 });
        const [precise, imprecise] = [await byHand(line, withinKm, true), await byHand(line, withinKm, false)];
        expect(numbers.collections[0]).to.deep.include({ count: precise?.count, left_out: imprecise?.count });
        expect(numbers.events.sums?.killed ?? 0).to.equal(precise?.killed);
        const kinds = Object.values(numbers.events.by_kind as Record<string, number>);
        expect(kinds.reduce((sum, each) => sum + each, 0)).to.equal(precise?.count);
        // Bins add up, in records and in length, and leave nothing out.
        expect(numbers.strip.reduce((sum, { count }) => sum + count, 0)).to.equal(precise?.count);
        expect(
          numbers.strip.every(({ from_km }, index) => from_km === (numbers.strip[index - 1]?.to_km ?? 0)),
        ).to.equal(true);
        expect(numbers.strip.at(-1)?.to_km).to.equal(numbers.length_km);
        const length = line
          .slice(1)
          .reduce((sum, place, index) => sum + metresBetween(line[index] as Position, place), 0);
        expect(numbers.length_km).to.be.closeTo(length / 1_000, 0.001);
        // The nearest are the nearest, and lie where trying place after place of the line finds them.
        const listed = (features.records?.features ?? []) as Feature<Point>[];
        expect(listed).to.have.length(Math.min(20, precise?.count ?? 0));
        const tried = sampled(line, 500);
        for (const { geometry, properties } of listed.slice(0, 5)) {
          const slow = nearestBySampling(tried, geometry.coordinates, 0);
          expect(properties?.distance_km).to.be.within(slow.metres / 1_000 - 0.26, slow.metres / 1_000 + 0.002);
          const near = nearestBySampling(tried, geometry.coordinates, 260).chainages;
          expect(near.some((each) => Math.abs(each / 1_000 - properties?.chainage_km) < 0.51)).to.equal(true);
        }
        const distances = listed.map(({ properties }) => properties?.distance_km as number);
        expect(distances).to.deep.equal(distances.toSorted((a, b) => a - b));
        // Nothing that is nearer is left out.
        const nearer = await byHand(line, Math.max(0, (distances.at(-1) ?? 0) - 0.001), true, withinKm);
        expect(nearer?.count).to.be.at.most(listed.length);
      }),
      { numRuns: 10, endOnFailure: true },
    );
  });

  it('counts by cells what it counts one by one', async () => {
    const line: Position[] = [
      [178.2, -16],
      [-179, -18],
      [179.7, -18.2],
      [-178.4, -16.1],
    ];
    const inputs = { within_km: 30, bin_km: 50, include_imprecise: true };
    const cells = await along(line, { ...inputs, filter: "record_id IN ('1','11','21','700','899') OR killed = 4" });
    const few = await along(line, { ...inputs, events: 'few' });
    const beside = async (condition: string) => {
      const text = `SELECT count(*)::integer AS count FROM ${await database.tableOf('many')} WHERE (${condition})
        AND ST_DWithin(geom::geography, ST_SetSRID(ST_GeomFromGeoJSON($1), 4326)::geography, 30000)`;
      const [row] = await database.run<{ count: number }>({
        text,
        values: [JSON.stringify(lineString(line).geometry)],
      });
      return row?.count;
    };
    expect(cells.numbers.events.count).to.equal(await beside("record_id IN ('1','11','21','700','899') OR killed = 4"));
    expect(few.numbers.events.count).to.equal(await beside('fid <= 900'));
  });

  it('takes each of many records in one place once', async () => {
    const { numbers } = await along(
      [
        [179, -17],
        [179.5, -17],
        [179.9, -17],
      ],
      { within_km: 0.1, include_imprecise: true },
    );
    expect(numbers.events.count).to.be.at.least(RECORDS / 10);
    const line: Position[] = [
      [179, -17],
      [179.9, -17],
    ];
    const [precise, imprecise] = [await byHand(line, 0.1, true), await byHand(line, 0.1, false)];
    expect(numbers.events.count).to.equal((precise?.count ?? 0) + (imprecise?.count ?? 0));
  });

  it('goes the short way over the antimeridian, and repeats no length for repeated points', async () => {
    const plain = await along(
      [
        [179, -17],
        [-179, -17],
      ],
      {},
    );
    expect(plain.numbers.length_km).to.be.closeTo(metresBetween([179, -17], [-179, -17]) / 1_000, 0.001);
    expect(plain.numbers.length_km).to.be.below(250);
    const repeated = await along(
      [
        [179, -17],
        [179, -17],
        [-179, -17],
        [-179, -17],
      ],
      {},
    );
    expect(repeated.numbers).to.deep.equal(plain.numbers);
    const [first, last] = [plain.features.strip?.features[0], plain.features.strip?.features.at(-1)];
    expect(first?.geometry).to.deep.include({ type: 'LineString' });
    const { coordinates } = (last?.geometry ?? {}) as { coordinates: Position[] };
    expect(coordinates.at(-1)).to.deep.equal([-179, -17]);
  });

  it('adds up the parts of a line, and does not count what lies between', async () => {
    const coordinates: Position[][] = [
      [
        [178, -17],
        [178.5, -17],
      ],
      [
        [-179, -17],
        [-178.5, -17],
      ],
    ];
    const { result } = await ask(database, corridor, {
      ...{ line: { geometry: { type: 'MultiLineString', coordinates } }, events: 'many', within_km: 10, bin_km: 50 },
      include_imprecise: true,
    });
    const numbers = result.numbers as unknown as CorridorNumbers;
    expect(numbers.length_km).to.be.closeTo((2 * metresBetween([178, -17], [178.5, -17])) / 1_000, 0.001);
    const strip = result.features.strip?.features.map(({ geometry }) => geometry.type);
    expect(strip).to.deep.equal(['LineString', 'MultiLineString', 'LineString']);
  });
});
