import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { seeded } from '../../../scripts/bench/random.ts';
import { corridor } from '../../../server/analysis/corridor.ts';
import { route } from '../../../server/analysis/route.ts';
import { InvalidParameter } from '../../../server/core/errors.ts';
import { ask, boxOf, publishRecords, testLayer, testRecord } from '../../support/analysis.ts';
import { migratedDatabase, type TestDatabase } from '../../support/database.ts';

interface Compared {
  way: number;
  than: number;
  length_km: number;
  events: number;
  shared_events: number;
  rate?: number;
  rate_ratio?: number;
  rate_ratio_lower?: number;
  rate_ratio_upper?: number;
  p?: number;
}
interface Found {
  ways: { way: number; title: { en: string }; measures: Record<string, unknown> }[];
  table: { measure: string; unit: string; values: { way: number; value: number }[] }[];
  comparisons: Compared[];
}

const caught = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );

/** Of `trials`, the chance of `least` or more. */
function orMore(least: number, trials: number, share: number): number {
  let sum = 0;
  for (let k = least; k <= trials; k++) {
    let ways = 1;
    for (let j = 0; j < k; j++) ways = (ways * (trials - j)) / (j + 1);
    sum += ways * share ** k * (1 - share) ** (trials - k);
  }
  return sum;
}

/** The share at which a rising function of it is 0.025, by halving. */
function solve(rising: (share: number) => number): number {
  let [low, high] = [0, 1];
  for (let step = 0; step < 200; step++) {
    const middle = (low + high) / 2;
    if (rising(middle) < 0.025) low = middle;
    else high = middle;
  }
  return low;
}

const point = (lon: number, lat: number) => ({ type: 'Point', coordinates: [lon, lat] });
const line = (...coordinates: number[][]) => ({ geometry: { type: 'LineString', coordinates } });
const EAST = line([0, 0], [2, 0]);
const NORTH = line([0, 0], [0, 2]);
const AREA = { bbox: [-5, -5, 5, 5] };
const YEAR = '2022-01-01/2022-12-31';

/** One near both ways, five along the way east, two along the way north, one that is far. */
const EVENTS = [
  [0.05, 0.05],
  [0.5, 0.1],
  [0.7, -0.1],
  [0.9, 0.05],
  [1.2, 0],
  [1.9, 0.1],
  [0.1, 1],
  [-0.1, 1.5],
  [3, 3],
] as const;

describe('the process route', () => {
  let database: TestDatabase;
  const asked = async (inputs: Record<string, unknown>) =>
    (await ask(database, route, { events: 'acts', study_area: AREA, datetime: YEAR, ...inputs })).result;
  const numbersOf = async (inputs: Record<string, unknown>) => (await asked(inputs)).numbers as unknown as Found;

  before(async () => {
    database = await migratedDatabase();
    const events = [
      ...EVENTS.map(([lon, lat], index) => testRecord(index + 1, point(lon, lat), { killed: index })),
      testRecord(10, point(0.02, 0.03), { killed: 0, precision_m: 60_000 }),
    ];
    await publishRecords(
      database,
      testLayer('acts', 'point', [['killed', 'integer']], { measures: ['killed'] }),
      events,
    );
    const held = [
      testRecord(1, boxOf(1, -1, 3, 1), { actor: 'A', control: 'holds', valid_from: '2020-01-01', valid_to: null }),
    ];
    const fields = [
      ['actor', 'string'],
      ['control', 'string'],
    ] as const;
    await publishRecords(database, testLayer('ground', 'polygon', fields, { role: 'control', time: 'interval' }), held);
    const towns = [
      ['Aïn', 0, 0],
      ['Bir', 2, 0],
      ['Cor', 0, 2],
    ] as const;
    await publishRecords(
      database,
      testLayer('towns', 'point', [['name', 'string']], { role: 'places', time: null }),
      towns.map(([name, lon, lat], index) =>
        testRecord(index + 1, point(lon, lat), { name, valid_from: null, valid_to: null }),
      ),
    );
    await publishRecords(database, testLayer('tracks', 'line', [['name', 'string']], { role: 'corridors' }), [
      testRecord(1, NORTH.geometry, { name: 'Track north' }),
    ]);
  });
  after(() => database.close());

  it('measures each way as a corridor is measured', async () => {
    const numbers = await numbersOf({ ways: [EAST, NORTH], bin_km: 50 });
    for (const [index, way] of [EAST, NORTH].entries()) {
      const alone = await ask(database, corridor, {
        events: 'acts',
        line: way,
        study_area: AREA,
        datetime: YEAR,
        bin_km: 50,
      });
      expect(numbers.ways[index]?.measures).to.deep.equal(alone.result.numbers);
    }
  });

  it('says in how many bins of all the ways together nothing was reported', async () => {
    const { caveats } = await asked({ ways: [EAST, NORTH], bin_km: 50 });
    const silence = caveats.filter(({ code }) => code === 'no-report').map(({ text }) => text.en);
    const alone = await Promise.all(
      [EAST, NORTH].map(async (way) => {
        const inputs = { events: 'acts', line: way, study_area: AREA, datetime: YEAR, bin_km: 50 };
        const { strip } = (await ask(database, corridor, inputs)).result.numbers as { strip: { count: number }[] };
        return strip.filter(({ count }) => count === 0).length;
      }),
    );
    expect(alone).to.not.include(0);
    const [east = 0, north = 0] = alone;
    expect(silence).to.have.lengthOf(1);
    expect(silence[0]).to.match(new RegExp(`^No report is not calm: in ${east + north} of 10 bins nothing`));
  });

  it('puts them side by side, and compares their rates', async () => {
    const { ways, table, comparisons } = await numbersOf({ ways: [EAST, NORTH] });
    const row = (measure: string) => table.find((each) => each.measure === measure)?.values.map(({ value }) => value);
    // Two degrees of the equator, and of a meridian from there.
    expect(row('length')?.[0]).to.be.closeTo(222.639, 1e-3);
    expect(row('length')?.[1]).to.be.closeTo(221.149, 1e-3);
    expect(row('events')).to.deep.equal([6, 3]);
    expect(row('sum: killed')).to.deep.equal([15, 13]);
    expect(row('collection: acts')).to.deep.equal([6, 3]);
    // From 1 degree east on A holds the ground.
    expect(row('ground: held')?.[0]).to.be.closeTo(111.319, 2e-3);
    expect(row('ground: held')?.[1]).to.equal(0);
    const months = 365 / (365.2425 / 12);
    const [one, two] = [(222.639 / 100) * months, (221.149 / 100) * months];
    expect(row('rate')?.[0]).to.be.closeTo(6 / one, 1e-4);
    expect(row('rate')?.[1]).to.be.closeTo(3 / two, 1e-4);
    expect(ways.map(({ way }) => way)).to.deep.equal([1, 2]);

    expect(comparisons).to.have.length(1);
    const [compared] = comparisons as [Compared];
    expect(compared).to.include({ way: 2, than: 1, events: -3, shared_events: 1 });
    expect(compared.length_km).to.be.closeTo(-1.49, 2e-3);
    expect(compared.rate).to.be.closeTo(3 / two - 6 / one, 2e-4);
    expect(compared.rate_ratio).to.be.closeTo(3 / two / (6 / one), 1e-3);
    // Of nine events three are along the second way: Clopper and Pearson, by halving.
    const lower = solve((share) => orMore(3, 9, share));
    const upper = 1 - solve((share) => orMore(6, 9, share));
    expect(compared.rate_ratio_lower).to.be.closeTo((lower / (1 - lower)) * (one / two), 1e-3);
    expect(compared.rate_ratio_upper).to.be.closeTo((upper / (1 - upper)) * (one / two), 1e-3);
  });

  it('takes ways by the names of places and by a feature, and says what each is', async () => {
    const track = { collection: 'tracks', item: 1 };
    const { numbers, text, features, caveats } = await asked({ ways: [['Aïn', 'bir'], track, ['Aïn', 'Bir', 'Cor']] });
    const { ways, comparisons } = numbers as unknown as Found;
    expect(ways.map(({ title }) => title.en)).to.deep.equal(['Aïn – Bir', 'Track north', 'Aïn – Bir – Cor']);
    expect(comparisons.map(({ way, than }) => [way, than])).to.deep.equal([
      [2, 1],
      [3, 1],
      [3, 2],
    ]);
    expect(text.en).to.include('Way 1 (Aïn – Bir) is 222.6 km long, with 6 events within 25 km');
    expect(text.en).to.include('The rate along way 2 is 0.5 times that along way 1');
    expect(text.en).to.include('do not say which way is taken, or safe');
    expect(text.fr).to.include('L’itinéraire 1 (Aïn – Bir) mesure 222,6 km, avec 6 événements');
    expect(caveats.map(({ code }) => code)).to.include.members(['straight', 'shared-events', 'imprecise', 'low-count']);
    expect(caveats.filter(({ code }) => code === 'straight')).to.have.length(1);
    expect(features.ways?.features.map(({ properties }) => [properties?.way, properties?.events])).to.deep.equal([
      [1, 6],
      [2, 3],
      [3, (numbers as unknown as Found).table.find(({ measure }) => measure === 'events')?.values[2]?.value],
    ]);
    const strip = features.strip?.features.map(({ properties }) => properties?.way) ?? [];
    expect(new Set(strip)).to.deep.equal(new Set([1, 2, 3]));
  });

  it('counts what two ways share as looking at every event does', async () => {
    const random = seeded(11);
    const wrap = (lon: number) => (lon > 180 ? lon - 360 : lon);
    const crowd = Array.from({ length: 400 }, (_, index) =>
      testRecord(index + 1, point(wrap(178 + 4 * random()), -17 + 3 * random())),
    );
    await publishRecords(database, testLayer('crowd', 'point', []), crowd);
    const table = await database.tableOf('crowd');
    const ways = [
      [
        [178.2, -16.8],
        [179.4, -15],
      ],
      [
        [178.5, -14.2],
        [179.9, -16.5],
      ],
      [
        [178.1, -15.5],
        [179.8, -15.4],
      ],
    ];
    // The last goes on beyond the antimeridian, where it is cut.
    const cut = {
      geometry: {
        type: 'MultiLineString',
        coordinates: [
          [
            [178.9, -15.9],
            [180, -15.7],
          ],
          [
            [-180, -15.7],
            [-178.5, -15.2],
          ],
        ],
      },
    };
    const drawn = [...ways.map((way) => line(...way)), cut];
    for (const within_km of [10, 60, 150]) {
      const { comparisons } = await numbersOf({
        ways: drawn,
        events: 'crowd',
        within_km,
        study_area: { bbox: [170, -30, -170, 0] },
      });
      expect(comparisons).to.have.length(6);
      for (const { way, than, shared_events } of comparisons) {
        const [one, two] = [drawn[way - 1], drawn[than - 1]].map((each) => JSON.stringify(each?.geometry));
        const [row] = await database.run<{ count: number }>({
          text: `SELECT count(*) AS count FROM ${table}
            WHERE ST_DWithin(geom::geography, ST_SetSRID(ST_GeomFromGeoJSON($1::text), 4326)::geography, $3)
              AND ST_DWithin(geom::geography, ST_SetSRID(ST_GeomFromGeoJSON($2::text), 4326)::geography, $3)`,
          values: [one, two, within_km * 1_000],
        });
        expect(shared_events, `${way} and ${than} at ${within_km} km`).to.equal(row?.count);
      }
      expect(comparisons.some(({ shared_events }) => shared_events > 0)).to.equal(true);
    }
  });

  it('has no ratio where there is no event or no window', async () => {
    const far = line([-4, -4], [-4, -3]);
    const { comparisons } = await numbersOf({ ways: [far, EAST] });
    expect(comparisons[0]).to.include({ way: 2, than: 1, events: 6, shared_events: 0 });
    expect(comparisons[0]).not.to.have.any.keys('rate_ratio', 'rate_ratio_upper');
    expect(comparisons[0]?.rate_ratio_lower).to.be.above(0);
    const none = await numbersOf({ ways: [far, line([-4, -4], [-3, -4])] });
    expect(none.comparisons[0]).to.include({ events: 0, rate: 0, p: 1 });
  });

  it('names the way that is wrong', async () => {
    for (const [ways, pointer] of [
      [[EAST], '/inputs/ways'],
      [[EAST, line([1, 1], [1, 1])], '/inputs/ways/1'],
      [[['Aïn', 'Nowhere'], EAST], '/inputs/ways/0'],
    ] as const) {
      const error = await caught(asked({ ways }));
      expect(error).to.be.instanceOf(InvalidParameter);
      expect((error as InvalidParameter).faults[0]?.pointer).to.equal(pointer);
    }
  });
});
