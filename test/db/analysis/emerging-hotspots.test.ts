import { expect } from 'chai';
import { cellToLatLng, getHexagonAreaAvg, gridDisk, latLngToCell, UNITS } from 'h3-js';
import { after, before, describe, it } from 'mocha';
import type { EmergingNumbers } from '../../../server/analysis/emerging-hotspots/numbers.ts';
import { emergingHotspots } from '../../../server/analysis/emerging-hotspots.ts';
import { InvalidParameter } from '../../../server/core/errors.ts';
import { FULL_ACCESS } from '../../../server/query/filter.ts';
import type { EmergingClass } from '../../../server/stats/emerging-class.ts';
import { getisOrd } from '../../../server/stats/getis-ord.ts';
import { ask, boxOf, publishRecords, testLayer, testRecord } from '../../support/analysis.ts';
import { migratedDatabase, type TestDatabase } from '../../support/database.ts';

const FIELDS = [
  ['kind', 'string'],
  ['killed', 'integer'],
] as const;
const EVENTS = testLayer('events', 'point', FIELDS, { kind: 'kind', measures: ['killed'] });

const RESOLUTION = 4;
const STUDY = { geometry: boxOf(-5, -5, 5, 5) };
/** January 2021 to December 2022. */
const MONTHS = Array.from({ length: 24 }, (_, month) => month);
const day = (month: number, date = '10') =>
  `${2021 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}-${date}`;
const cellAt = (lon: number, lat: number) => latLngToCell(lat, lon, RESOLUTION);

let nextId = 1;
/** An event in the middle of the hexagon there. */
function event(lon: number, lat: number, month: number, killed: number, properties: Record<string, unknown> = {}) {
  const [midLat, midLon] = cellToLatLng(cellAt(lon, lat));
  return testRecord(
    nextId++,
    { type: 'Point', coordinates: [midLon, midLat] },
    { kind: 'a', killed, valid_from: day(month), valid_to: day(month, '11'), ...properties },
  );
}

/** Of each class one place, and those killed there in each month: 0 elsewhere. */
const PLACES: Readonly<
  Record<string, { at: [lon: number, lat: number]; killed: (month: number) => number; expected: EmergingClass }>
> = {
  always: { at: [-3, -3], killed: () => 60, expected: 'persistent_hot' },
  rising: { at: [-3, 0], killed: (month) => 50 + 5 * month, expected: 'intensifying_hot' },
  falling: { at: [-3, 3], killed: (month) => 165 - 5 * month, expected: 'diminishing_hot' },
  last: { at: [0, -3], killed: (month) => (month === 23 ? 90 : 0), expected: 'new_hot' },
  recent: { at: [0, 0], killed: (month) => (month >= 20 ? 90 : 0), expected: 'consecutive_hot' },
  offAndOn: { at: [0, 3], killed: (month) => (month === 4 || month === 23 ? 90 : 0), expected: 'sporadic_hot' },
  // The step after the last event still has it in the step before: of 24 steps the last alone is not hot.
  former: { at: [3, -3], killed: (month) => (month < 22 ? 60 : 0), expected: 'historical_hot' },
  once: { at: [3, 3], killed: (month) => (month === 9 ? 90 : 0), expected: 'none' },
};

describe('emerging hotspots', () => {
  let database: TestDatabase;
  before(async () => {
    database = await migratedDatabase();
  });
  after(() => database.close());

  async function find(inputs: Record<string, unknown>) {
    const { result } = await ask(database, emergingHotspots, {
      ...{ events: 'events', place: STUDY, resolution: RESOLUTION },
      ...inputs,
    });
    const numbers = result.numbers as EmergingNumbers;
    const features = result.features.hexagons?.features ?? [];
    const hexagon = (cell: string) => numbers.classified.find((each) => each.cell === cell);
    const feature = (cell: string) => features.find(({ properties }) => properties?.hexagon === cell)?.properties;
    return { ...result, numbers, list: features, hexagon, feature };
  }
  const codes = ({ caveats }: { caveats: readonly { code: string }[] }) => caveats.map(({ code }) => code);

  describe('of places whose class is known', () => {
    // Five a month: of fewer no hexagon is called hot.
    const records = Object.values(PLACES).flatMap(({ at: [lon, lat], killed }) =>
      MONTHS.filter((month) => killed(month) > 0).flatMap((month) =>
        Array.from({ length: 5 }, () => event(lon, lat, month, killed(month) / 5)),
      ),
    );
    // The window of the collection: an event of nothing on its first day and its last.
    const ends = [
      event(3, 0, 0, 0, { valid_from: '2021-01-01', valid_to: '2021-01-02' }),
      event(3, 0, 23, 0, { valid_from: '2022-12-31', valid_to: '2023-01-01' }),
    ];
    before(async () => {
      await publishRecords(database, EVENTS, [...records, ...ends]);
    });

    it('gives each its class', async () => {
      const { feature, numbers, list } = await find({ measure: 'killed' });
      for (const [name, { at, expected }] of Object.entries(PLACES)) {
        const found = feature(cellAt(...at));
        expect(found?.class, `${name}: ${JSON.stringify(found)}`).to.equal(expected);
      }
      expect(numbers.steps.length).to.equal(24);
      expect([numbers.steps[0]?.from, numbers.steps[23]?.to]).to.deep.equal(['2021-01-01', '2023-01-01']);
      expect(numbers.steps_left_out).to.equal(0);
      const { classes } = numbers;
      if (!classes) throw new Error('no classes');
      expect(Object.values(classes).reduce((sum, each) => sum + each, 0)).to.equal(numbers.hexagons);
      // Of a hexagon that is hot, so are those beside it.
      for (const pattern of [
        'persistent',
        'intensifying',
        'diminishing',
        'new',
        'consecutive',
        'sporadic',
        'historical',
      ] as const)
        expect(classes[`${pattern}_hot`], pattern).to.equal(7);
      expect(numbers.classified.length).to.equal(49);
      for (const { series, z } of numbers.classified) expect([series.length, z.length]).to.deep.equal([24, 24]);
      expect(numbers.unlisted).to.equal(0);
      // Listed as features are also hexagons with events and without a class: one of them, and that of the first and last day.
      expect(list.length).to.equal(51);
    });

    it('has the series of each hexagon, and its z as Gi* has it of places in space and time', async () => {
      const { numbers, hexagon } = await find({ measure: 'killed' });
      const [lon, lat] = (PLACES.recent as (typeof PLACES)[string]).at;
      const found = hexagon(cellAt(lon, lat)) as EmergingNumbers['classified'][number];
      expect(found.series).to.deep.equal(MONTHS.map((month) => (month >= 20 ? 90 : 0)));
      expect(found).to.deep.include({ events: 20, events_behind: 20, steps_hot: 4, steps_cold: 0, trend: 'up' });
      // All values, in any order: their mean and deviation are what matters; and fourteen of them are the neighbourhood.
      const values = new Float64Array(numbers.hexagons * 24);
      let at = 0;
      for (const { killed } of Object.values(PLACES)) for (const month of MONTHS) values[at++] = killed(month);
      const ring = Int32Array.from([20, 21, ...Array.from({ length: 12 }, (_, index) => values.length - 1 - index)]);
      const start = 4 * 24;
      const members = ring.map((each) => (each < 24 ? start + each : each));
      const offsets = new Int32Array(values.length + 1);
      offsets.fill(members.length, 1);
      const gi = getisOrd(values, { offsets, members });
      if ('notDefined' in gi) throw new Error(gi.notDefined);
      expect(found.z[21]).to.be.closeTo(gi.z[0] as number, 5e-4);
      expect(found.last_z).to.be.closeTo(found.z[23] as number, 1e-3);
    });

    it('counts events where no measure is asked for, by longer steps too', async () => {
      const { numbers, feature } = await find({ step: 'quarter' });
      expect(numbers.steps.length).to.equal(8);
      expect(feature(cellAt(-3, -3))).to.deep.include({ events: 120 });
      expect(numbers.events.counted).to.equal(records.length + 2);
      const always = numbers.classified.find(({ cell }) => cell === cellAt(-3, -3));
      expect(always?.series).to.deep.equal([15, 15, 15, 15, 15, 15, 15, 15]);
    });

    it('says in words what is in the numbers', async () => {
      const { text } = await find({ measure: 'killed' });
      expect(text.en)
        .to.match(/^Emerging hotspots of killed, summed over the events \(Events\), in the drawn shape/)
        .and.match(/24 months \(from 1 January 2021 to before 1 January 2023\)/)
        .and.match(/49 hexagons have a class: 7 new hotspots, 7 consecutive hotspots, 7 intensifying hotspots/);
      expect(text.fr.replaceAll('\u00a0', ' '))
        .to.match(/49 hexagones ont une classe : 7 nouveaux points chauds, 7 points chauds consécutifs/)
        .and.match(/7 points chauds en intensification, 7 points chauds persistants/);
    });

    it('calls nothing hot by one report, in words, numbers and on the map', async () => {
      const other = { ...EVENTS, id: 'single', order: 2 };
      await publishRecords(database, other, [...ends, event(0, -3, 23, 90)]);
      const { numbers, text, feature, list } = await find({ events: 'single', measure: 'killed' });
      expect(numbers.classes).to.deep.include({ too_few: 7, new_hot: 0 });
      expect(numbers.steps_hot).to.equal(7);
      expect(feature(cellAt(0, -3))).to.include({ class: 'too_few', events: 1, events_behind: 1 });
      expect(list.filter(({ properties }) => `${properties?.class}`.endsWith('_hot'))).to.deep.equal([]);
      expect(text.en).to.match(/No hexagon has a class\. 7 more would be hot, but each by fewer than 5 events/);
      expect(text.en).not.to.match(/First of the list/);
    });

    it('counts what the caller may see', async () => {
      const secret = Array.from({ length: 9 }, () => event(3, 0, 12, 100, { handling: 'restricted' }));
      const other = { ...EVENTS, id: 'guarded', order: 3 };
      await publishRecords(database, other, [...ends, ...records, ...secret]);
      const plain = await find({ events: 'events', measure: 'killed' });
      const guarded = await find({ events: 'guarded', measure: 'killed' });
      const narrowed = await find({ events: 'guarded', measure: 'killed', filter: "kind = 'a'" });
      for (const found of [guarded, narrowed]) expect(found.numbers).to.deep.equal(plain.numbers);
      const { resolution: _, ...open } = { ...plain.numbers };
      const reasoned = await ask(database, emergingHotspots, { events: 'guarded', place: STUDY, measure: 'killed' });
      const same = await ask(database, emergingHotspots, { events: 'events', place: STUDY, measure: 'killed' });
      expect(reasoned.result.text).to.deep.equal(same.result.text);
      expect(open.events).to.deep.equal((same.result.numbers as EmergingNumbers).events);
      const full = await ask(
        database,
        emergingHotspots,
        { events: 'guarded', place: STUDY, resolution: RESOLUTION, measure: 'killed' },
        { access: FULL_ACCESS },
      );
      expect((full.result.numbers as EmergingNumbers).events.counted).to.equal(plain.numbers.events.counted + 9);
    });

    it('leaves out steps that the window cuts, and those in which nobody reports', async () => {
      const cut = await find({ datetime: '2021-01-05/2022-12-31', measure: 'killed' });
      expect(cut.numbers.steps.length).to.equal(23);
      expect([cut.numbers.steps_left_out, cut.numbers.steps[0]?.from]).to.deep.equal([1, '2021-02-01']);
      expect(codes(cut)).to.include('cut-steps').and.to.include('in-no-step');
      const wide = await find({ datetime: '2015-01-01/2025-12-31', measure: 'killed' });
      const plain = await find({ measure: 'killed' });
      expect(wide.numbers.steps).to.deep.equal(plain.numbers.steps);
      expect(wide.numbers.classes).to.deep.equal(plain.numbers.classes);
      // One collection with few events in 24 months and hundreds of hexagons.
      expect(codes(await find({ filter: 'killed < 15' })))
        .to.include('sparse')
        .and.not.to.include('few-steps');
      expect(codes(wide)).to.include('unreported-steps');
      expect(codes(plain)).not.to.include('unreported-steps');
      expect(codes(plain)).to.include('no-report');
    });

    it('gives the same to the same records in another order', async () => {
      const first = await find({ measure: 'killed' });
      await publishRecords(
        database,
        EVENTS,
        [...ends, ...records].toReversed().map((record, index) => ({ ...record, id: index + 1 })),
      );
      const again = await find({ measure: 'killed' });
      expect(again.numbers).to.deep.equal(first.numbers);
      expect(again.list).to.deep.equal(first.list);
    });
  });

  it('has classes where the ring of some hexagons covers the study area, and says what lies beyond', async () => {
    const middle = cellAt(0, 0);
    const [lat, lon] = cellToLatLng(middle);
    // A place that meets a hexagon and its six neighbours: of the one in the middle the ring is all of them.
    const place = { geometry: boxOf(lon - 0.3, lat - 0.3, lon + 0.3, lat + 0.3) };
    await publishRecords(database, { ...EVENTS, id: 'small', order: 4 }, [
      ...MONTHS.map((month) => event(0, 0, month, 1)),
      ...Array.from({ length: 9 }, () => event(0, 0, 12, 1)),
      event(3, 3, 0, 1, { valid_from: '2021-01-01', valid_to: '2021-01-02' }),
      event(3, 3, 23, 1, { valid_from: '2022-12-31', valid_to: '2023-01-01' }),
    ]);
    const found = await find({ events: 'small', place });
    expect(found.numbers.hexagons).to.be.within(7, 9);
    expect(found.numbers).not.to.have.property('not_defined');
    expect(JSON.stringify(found.numbers)).not.to.match(/null|NaN/);
    expect(found.caveats.find(({ code }) => code === 'outside')?.text.en).to.match(/^2 events lie outside/);
  });

  it('calls no hexagon silent in which something was, though nobody knows in which month', async () => {
    const year = { valid_from: '2021-01-01', valid_to: '2022-01-01' };
    const some = [
      event(0, 0, 0, 1, { valid_from: '2021-01-01', valid_to: '2021-01-02' }),
      event(0, 0, 23, 1, { valid_from: '2022-12-31', valid_to: '2023-01-01' }),
    ];
    const silent = async (id: string, records: ReturnType<typeof event>[]) => {
      await publishRecords(database, { ...EVENTS, id, order: 5 }, records);
      const { caveats } = await find({ events: id });
      const text = caveats.find(({ code }) => code === 'no-report')?.text.en ?? '';
      return { silent: Number(/in ([\d,]+) of/.exec(text)?.[1]?.replace(',', '')), text };
    };
    const without = await silent('dated', some);
    const undated = await silent('undated', [...some, ...Array.from({ length: 10 }, () => event(2, 2, 0, 1, year))]);
    expect(without.silent - undated.silent).to.equal(1);
    expect(undated.text).to.match(/of 24 months \(as far as dates are known to the month\)/);
    expect(without.text).not.to.match(/as far as/);
  });

  describe('of records that are few, imprecise or all alike', () => {
    const radius = Math.sqrt(getHexagonAreaAvg(RESOLUTION, UNITS.m2) / Math.PI);
    const ends = [
      event(3, 0, 0, 0, { valid_from: '2021-01-01', valid_to: '2021-01-02' }),
      event(3, 0, 23, 0, { valid_from: '2022-12-31', valid_to: '2023-01-01' }),
    ];

    it('leaves imprecise events out, or counts them, and says which', async () => {
      const imprecise = { precision_m: Math.ceil(radius) + 1 };
      await publishRecords(database, EVENTS, [
        ...ends,
        ...MONTHS.flatMap((month) => [event(0, 0, month, 9), event(2, 2, month, 9, imprecise)]),
      ]);
      const without = await find({});
      expect(without.numbers.events).to.deep.include({ counted: 26, imprecise: 24 });
      expect(codes(without)).to.include('imprecise').and.not.to.include('imprecise-counted');
      expect(codes(without)).not.to.include('mostly-left-out');
      expect(without.feature(cellAt(2, 2))).to.equal(undefined);
      const ceiling = await find({ imprecise: 'include', max_precision_m: 5_000 });
      expect(ceiling.numbers.events).to.deep.include({ counted: 26, imprecise: 0 });
      expect(ceiling.caveats.find(({ code }) => code === 'imprecise')?.text.en).to.match(
        /^24 records are left out.*5 km/,
      );
      const included = await find({ imprecise: 'include' });
      expect(included.numbers.events).to.deep.include({ counted: 50, imprecise: 24 });
      expect(codes(included)).to.include('imprecise-counted').and.not.to.include('imprecise');
      expect(included.feature(cellAt(2, 2))?.class).to.equal('persistent_hot');
    });

    it('has no classes where nothing is counted, time is short, or the ring covers everything', async () => {
      const nothing = await find({ measure: 'killed', datetime: '2021-02-01/2021-12-31', filter: "kind = 'b'" });
      expect(nothing.numbers.not_defined).to.equal('all-zero');
      expect(nothing.numbers).not.to.have.any.keys('classes', 'tests');
      expect(nothing.text.en).to.match(/not defined: nothing is counted/);
      expect(nothing.list).to.deep.equal([]);
      const short = await find({ datetime: '2021-02-01/2021-03-31' });
      expect(short.numbers.not_defined).to.equal('too-few-steps');
      const small = { place: { geometry: boxOf(-0.5, -0.5, 0.5, 0.5) } };
      const covered = await find({ ...small, ring: 10 });
      expect(covered.numbers.not_defined).to.equal('ring-covers-all');
      const years = await find({ step: 'year' });
      expect(years.numbers.not_defined).to.equal('too-few-steps');
      const tiny = boxOf(-0.001, -0.001, 0.001, 0.001);
      const one = await find({ place: { geometry: tiny }, resolution: 1 });
      expect([one.numbers.hexagons, one.numbers.not_defined]).to.deep.equal([1, 'one-cell']);
      for (const { numbers } of [nothing, short, covered, years, one])
        expect(JSON.stringify(numbers)).not.to.match(/null|NaN/);
    });

    it('spreads imprecise events over the hexagons of their circles, step by step, and says so', async () => {
      const imprecise = { precision_m: 60_000 };
      await publishRecords(database, EVENTS, [
        ...ends,
        ...MONTHS.flatMap((month) => Array.from({ length: 6 }, () => event(0, 0, month, 1, imprecise))),
        event(2, 2, 0, 1, { precision_m: 3_000_000 }),
      ]);
      const found = await find({ imprecise: 'spread' });
      const { events } = found.numbers;
      expect(events).to.deep.include({ imprecise: 145, not_spread: 1, spread_away: 0 });
      // The first day and the last have an event each, known well.
      expect(events.counted).to.be.closeTo(2 + 24 * 6, 1e-6);
      const own = found.hexagon(cellAt(0, 0));
      const share = own?.series[0] as number;
      expect(share).to.be.within(0.2, 2);
      expect(own?.series).to.deep.equal(MONTHS.map(() => share));
      expect(own?.events).to.be.closeTo(24 * share, 0.05);
      const middle = found.numbers.classified.filter(({ series }) => series[5] === share);
      expect(middle.length * share).to.be.closeTo(6, 0.05);
      expect(codes(found)).to.include('imprecise-spread').and.not.to.include.members(['imprecise']);
      expect(found.text.en).to.match(/[\d.]+ events\)/);
      expect((await find({})).numbers.events).to.deep.include({ counted: 2 });
    });

    it('refuses more hexagons and steps than can be compared, and what it cannot count', async () => {
      const refused = async (inputs: Record<string, unknown>) => {
        const error = await find(inputs).then(
          () => undefined,
          (thrown: unknown) => thrown,
        );
        expect(error).to.be.instanceOf(InvalidParameter);
        return JSON.stringify((error as InvalidParameter).faults);
      };
      await publishRecords(database, EVENTS, [
        ...ends,
        event(0, 0, 0, 1, { valid_from: '1980-01-01', valid_to: '1980-01-02' }),
      ]);
      expect(await refused({ resolution: 6 })).to.match(/resolution.*more than 3,000,000 tests/);
      expect(await refused({ measure: 'injured' })).to.match(/does not sum/);
      expect(await refused({ resolution: 6, ring: 10 })).to.match(/inputs\/ring.*10 rings around/);
    });
  });

  it('knows a hexagon by its neighbours within the ring', () => {
    // What the cases above rest on: places are so far apart that their rings do not meet.
    const rings = Object.values(PLACES).map(({ at }) => gridDisk(cellAt(...at), 2));
    expect(new Set(rings.flat()).size).to.equal(rings.flat().length);
  });
});
