import { expect } from 'chai';
import { cellToParent, latLngToCell } from 'h3-js';
import { after, before, describe, it } from 'mocha';
import type { ChangeNumbers } from '../../../server/analysis/change/numbers.ts';
import { change } from '../../../server/analysis/change.ts';
import { LayerSchema } from '../../../server/core/layer.ts';
import type { LayerRecord } from '../../../server/core/record.ts';
import { FULL_ACCESS } from '../../../server/query/filter.ts';
import { ask, boxOf, faultsOf, publishRecords, testLayer, testRecord } from '../../support/analysis.ts';
import { migratedDatabase, type TestDatabase } from '../../support/database.ts';

const EVENTS = testLayer('events', 'point', [['kind', 'string']], { kind: 'kind' });
const UNITS = testLayer(
  'units',
  'polygon',
  [
    ['name', 'string'],
    ['pcode', 'string'],
  ],
  { role: 'boundaries', time: null },
);
/** Of a degree by two each, side by side along the equator. */
const NUMBERS = [1, 2, 3, 4, 5];
const YEARS = { earlier: '2021-01-01/2021-12-31', later: '2022-01-01/2022-12-31' };

const dayAfter = (day: string, days = 1) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

/** An event of a unit: at a place of its own, on a day, or from one day to another (not included). */
function event(id: number, unit: number, from: string, to = dayAfter(from), properties: Record<string, unknown> = {}) {
  const position = [unit - 1 + 0.2 + (id % 60) / 100, 0.5];
  return testRecord(
    id,
    { type: 'Point', coordinates: position },
    { kind: 'a', valid_from: from, valid_to: to, ...properties },
  );
}

/** So many events of a unit in each of two years. */
function series(first: number, unit: number, counts: readonly [number, number], years = [2021, 2022]): LayerRecord[] {
  return counts.flatMap((count, nth) =>
    Array.from({ length: count }, (_, index) =>
      event(first + nth * 100 + index, unit, dayAfter(`${years[nth]}-02-01`, index * 3)),
    ),
  );
}

const COUNTED = (years: number[]) => [
  ...series(1_000, 1, [2, 20], years),
  ...series(2_000, 2, [20, 2], years),
  ...series(3_000, 3, [3, 1], years),
  ...series(5_000, 5, [10, 10], years),
];

describe('change between two periods', () => {
  let database: TestDatabase;
  before(async () => {
    database = await migratedDatabase();
    await publishRecords(
      database,
      UNITS,
      NUMBERS.map((id) => testRecord(id, boxOf(id - 1, -1, id, 1), { name: `Unit ${id}`, pcode: `U${id}` })),
    );
    const records = [
      ...COUNTED([2021, 2022]),
      // Over the end of the year: in neither period.
      event(1, 1, '2021-12-15', '2022-01-15'),
      // Out of the end and the beginning.
      event(2, 2, '2022-12-15', '2023-01-15'),
      event(3, 2, '2020-07-01', '2021-07-01'),
      // Where they were is known to 500 km.
      ...Array.from({ length: 5 }, (_, index) =>
        event(10 + index, 3, '2022-06-01', undefined, { precision_m: 500_000 }),
      ),
      event(20, 1, '2022-06-01', undefined, { handling: 'restricted' }),
      // In no unit.
      event(21, 20, '2021-06-01'),
      event(22, 20, '2022-06-01'),
    ];
    await publishRecords(database, EVENTS, records);
    await publishRecords(database, { ...EVENTS, id: 'shuffled', order: 1 }, records.toReversed());
    await publishRecords(database, { ...EVENTS, id: 'swapped', order: 2 }, COUNTED([2022, 2021]));
    await publishRecords(database, { ...EVENTS, id: 'timeless', order: 3, time: null }, [
      testRecord(1, { type: 'Point', coordinates: [0.5, 0.5] }, { kind: 'a', valid_from: null, valid_to: null }),
    ]);
  });
  after(() => database.close());

  async function compare(inputs: Record<string, unknown>, by?: Parameters<typeof ask>[3]) {
    const { result, parts } = await ask(database, change, { events: 'events', ...inputs }, by);
    const numbers = result.numbers as ChangeNumbers;
    return { ...result, parts, numbers, of: Object.fromEntries(numbers.units.map((unit) => [unit.unit, unit])) };
  }
  const refused = async (inputs: Record<string, unknown>) => JSON.stringify(await faultsOf(compare(inputs)));

  it('classes units by the exact test, corrected, with the too few apart', async () => {
    const { numbers, of } = await compare(YEARS);
    const p = (2 * 254) / 2 ** 22;
    expect(of.U1).to.include({ earlier: 2, later: 20, change: 'risen', ratio: 10, name: 'Unit 1' });
    expect(of.U1?.p).to.be.closeTo(p, 1e-9);
    expect(of.U1?.p_adjusted).to.be.closeTo((p * 3) / 2, 1e-9);
    expect(of.U2).to.include({ earlier: 20, later: 2, change: 'fallen', ratio: 0.1 });
    expect(of.U3).to.include({ earlier: 3, later: 1, change: 'too-few', imprecise: 5 }).and.not.have.property('p');
    expect(of.U5).to.include({ earlier: 10, later: 10, change: 'no-change', p: 1, p_adjusted: 1, difference: 0 });
    expect(of).to.not.have.property('U4');
    expect(numbers).to.deep.include({ units_all: 5, units_tested: 3, units_silent: 1, imprecise: 5 });
    expect(numbers.classes).to.deep.equal({ risen: 1, fallen: 1, 'no-change': 1, 'too-few': 2 });
    expect(numbers.earlier).to.deep.equal({
      from: '2021-01-01T00:00:00.000Z',
      to: '2022-01-01T00:00:00.000Z',
      days: 365,
    });
  });

  it('adds up: the units are the whole, and what is left out is counted', async () => {
    const { numbers, caveats, text } = await compare(YEARS);
    expect(numbers.total).to.include({ earlier: 35, later: 33, change: 'no-change' });
    expect(numbers.units.reduce((sum, { earlier }) => sum + earlier, 0)).to.equal(35);
    expect(numbers.units.reduce((sum, { later }) => sum + later, 0)).to.equal(33);
    expect(numbers.outside).to.deep.equal({ earlier: 1, later: 1 });
    expect(numbers.left_out).to.deep.equal({ spanning: 1, reaching_out: 2 });
    expect(caveats.map(({ code }) => code)).to.deep.equal([
      ...['imprecise-for-units', 'not-in-one-period', 'outside', 'no-report'],
    ]);
    expect(caveats.find(({ code }) => code === 'outside')?.text.en).to.match(/^2 events lie outside/);
    expect(text.en).to.include('In all 33 events against 35');
    expect(text.en).to.include('Risen most surely: Unit 1 (2 → 20, 10 times as many a day');
    expect(text.en).to.include('2 with too few to tell (under 5 events in both periods together: not tested)');
    expect(text.fr).to.include('Hausses les plus sûres');
  });

  it('counts imprecise events where they lie when asked to, and says beforehand whose class that changes', async () => {
    const [without, counted] = [await compare(YEARS), await compare({ ...YEARS, imprecise: 'include' })];
    expect(without.numbers.classes_other_rule).to.equal(1);
    expect(counted.numbers.classes_other_rule).to.equal(1);
    expect(counted.of.U3).to.include({ earlier: 3, later: 6, change: 'no-change', imprecise: 5 });
    expect(counted.numbers.units_tested).to.equal(4);
    expect(without.caveats[0]?.text.en).to.include('5 events are left out').and.include('1 unit would have');
    expect(counted.caveats[0]?.text.en).to.include('5 events are counted where the point lies');
  });

  it('says how many events of the periods a ceiling on the precision leaves out', async () => {
    const { caveats } = await compare({ ...YEARS, max_precision_m: 5_000 });
    expect(caveats.find(({ code }) => code === 'imprecise')?.text.en).to.match(/^5 records are left out.*5 km/);
    const within = await compare({ ...YEARS, max_precision_m: 5_000, place: { bbox: [0, -1, 1, 1] } });
    expect(within.caveats.map(({ code }) => code)).not.to.include('imprecise');
  });

  it('weighs hexagons by how many there are', async () => {
    const secondsOf = async (inputs: Record<string, unknown>) => {
      let seconds = 0;
      const spied = {
        ...change,
        estimate: async (...asked: Parameters<typeof change.estimate>) => {
          const estimate = await change.estimate(...asked);
          seconds = estimate.seconds;
          return estimate;
        },
      };
      await ask(database, spied, { events: 'events', ...YEARS, ...inputs });
      return seconds;
    };
    const place = { bbox: [-5, -3, 10, 3] };
    const [few, many] = [await secondsOf({ resolution: 2, place }), await secondsOf({ resolution: 5, place })];
    // 900,000 km2 are more than 3,000 hexagons.
    expect(many - few).to.be.above(0.3);
  });

  it('counts what the caller may see, and what the filter leaves', async () => {
    expect((await compare(YEARS, { access: FULL_ACCESS })).of.U1?.later).to.equal(21);
    const { numbers, caveats } = await compare({ ...YEARS, filter: "kind = 'b'" });
    expect(numbers.total).to.include({ earlier: 0, later: 0, change: 'too-few' }).and.not.have.property('ratio');
    expect(numbers.units).to.deep.equal([]);
    expect(caveats.find(({ code }) => code === 'no-report')?.text.en).to.include('in 5 of 5 units nothing that the');
  });

  it('turns round with the periods, and does not depend on the order of records', async () => {
    const one = await compare({ ...YEARS, events: 'events' });
    const shuffled = await compare({ ...YEARS, events: 'shuffled' });
    expect(shuffled.numbers).to.deep.equal(one.numbers);
    const swapped = await compare({ ...YEARS, events: 'swapped' });
    expect(swapped.of.U1).to.include({ change: 'fallen', ratio: 0.1, p: one.of.U1?.p });
    expect(swapped.of.U2).to.include({ change: 'risen', ratio: 10 });
    expect(swapped.of.U1?.ratio_upper).to.be.closeTo(1 / (one.of.U1?.ratio_lower as number), 1e-3);
  });

  it('is drawn as a layer can be kept', async () => {
    const { parts } = await compare(YEARS);
    const [{ fields, style, features } = { fields: [], style: undefined, features: [] }] = parts;
    const kept = LayerSchema.safeParse({ ...testLayer('kept', 'polygon', []), fields, style });
    expect(kept.error?.message).to.equal(undefined);
    expect(features.map(({ properties }) => properties?.change)).to.deep.equal([
      ...['risen', 'fallen', 'too-few', 'no-change'],
    ]);
  });

  it('compares what lies in a place, where units end', async () => {
    const { numbers, of } = await compare({ ...YEARS, place: { bbox: [0, -1, 1.5, 1] } });
    expect(Object.keys(of)).to.deep.equal(['U1', 'U2']);
    expect(of.U1).to.include({ earlier: 2, later: 20 });
    const before = COUNTED([2021, 2022]).filter(({ geometry }) => {
      const [lon] = (geometry as { coordinates: [number, number] }).coordinates;
      return lon > 1 && lon <= 1.5;
    });
    expect((of.U2?.earlier ?? 0) + (of.U2?.later ?? 0)).to.equal(before.length);
    expect(of.U2?.area_km2).to.be.closeTo((of.U1?.area_km2 as number) / 2, 0.01);
    expect(numbers.outside).to.deep.equal({ earlier: 0, later: 0 });
  });

  it('compares by hexagons, zero cells among them, as counting by hand does', async () => {
    const { numbers, features } = await compare({ ...YEARS, resolution: 2, place: { bbox: [-5, -3, 10, 3] } });
    const parents = COUNTED([2021, 2022]).map(({ geometry }) => {
      const [lon, lat] = (geometry as { coordinates: number[] }).coordinates as [number, number];
      return cellToParent(latLngToCell(lat, lon, 9), 2);
    });
    for (const cell of new Set(parents)) {
      const unit = numbers.units.find((each) => each.unit === cell);
      const expected = parents.filter((each) => each === cell).length;
      expect((unit?.earlier ?? 0) + (unit?.later ?? 0), cell).to.equal(expected);
    }
    expect(numbers.units_all).to.be.above(new Set(parents).size);
    expect(numbers.units_silent).to.equal(numbers.units_all - numbers.units.length);
    expect(features.units?.features.map(({ properties }) => properties?.unit)).to.deep.equal(
      numbers.units.map(({ unit }) => unit),
    );
  });

  describe('of the last weeks', () => {
    before(async () => {
      const last = '2023-03-31';
      const at = (id: number, unit: number, daysBefore: number) => event(id, unit, dayAfter(last, -daysBefore));
      // The last day and the first of four weeks; the day before that is one of the four weeks before.
      const records = [0, 27, 26, 25, 24, 23, 22].map((days, index) => at(index + 1, 1, days));
      records.push(...[28, 55, 54, 53, 52].map((days, index) => at(50 + index, 1, days)));
      records.push(at(90, 1, 56), at(91, 1, 364), at(92, 1, 2 * 364 - 1), at(93, 1, 2 * 364));
      await publishRecords(database, { ...EVENTS, id: 'weekly', order: 4 }, records);
    });

    it('has them up to the last day that is reached, which the receipt names', async () => {
      const { numbers, receipt, of } = await compare({ events: 'weekly' });
      expect(receipt.inputs).to.include({ as_of: '2023-03-31', weeks: 52 });
      expect(numbers).to.include({ as_of: '2023-03-31' });
      expect(numbers.later).to.deep.equal({
        from: '2022-04-02T00:00:00.000Z',
        to: '2023-04-01T00:00:00.000Z',
        days: 364,
      });
      expect(numbers.earlier.to).to.equal(numbers.later.from);
      const [four, year] = of.U1?.levels ?? [];
      expect(four).to.deep.equal({ weeks: 4, earlier: 5, later: 7, percent: 40, level: 'large-rise' });
      // 364 days back is the first day of the year before: 728 is before that.
      expect(year).to.deep.equal({ weeks: 52, earlier: 2, later: 13, percent: 550, level: 'large-rise' });
      expect(of.U1).to.include({ earlier: 2, later: 13 });
      expect(numbers.levels[0]?.units).to.include({ 'large-rise': 1, 'too-few': 4 });
    });

    it('has other thresholds and other weeks when asked', async () => {
      const levels = { rise: 40, large_rise: 50, large_fall: 25 };
      const { numbers, of } = await compare({ events: 'weekly', weeks: 4, levels, as_of: '2023-03-31' });
      expect(of.U1?.levels[0]?.level).to.equal('limited');
      expect(numbers.thresholds).to.deep.equal(levels);
      expect(of.U1).to.include({ earlier: 5, later: 7 });
      const before = await compare({ events: 'weekly', weeks: 4, as_of: '2023-03-03' });
      expect(before.of.U1).to.include({ earlier: 1, later: 5 });
    });

    it('says which collections reach beyond the last weeks', async () => {
      await publishRecords(database, { ...EVENTS, id: 'newer', order: 5, title: { en: 'Newer', fr: 'Récents' } }, [
        event(1, 1, '2021-01-01'),
        event(2, 1, '2024-06-01'),
      ]);
      const { numbers, caveats } = await compare({ events: ['weekly', 'newer'] });
      expect(numbers.as_of).to.equal('2023-03-31');
      expect(caveats.find(({ code }) => code === 'newer-reports')?.text.en).to.match(
        /end on 31 March 2023.*later in Newer/,
      );
      // Where the caller ends before all of them, nothing is missing.
      const before = await compare({ events: ['weekly', 'newer'], as_of: '2022-03-31' });
      expect(before.caveats.map(({ code }) => code)).not.to.include('newer-reports');
    });

    it('says where a period is longer than the collection reaches', async () => {
      const { caveats } = await compare({ events: 'weekly', weeks: 104, as_of: '2023-05-31' });
      const codes = caveats.map(({ code }) => code);
      expect(codes).to.include('before-first-report').and.include('after-last-report');
      expect(codes).to.include('levels-beyond-reports');
      // The same weeks as the level are not told twice; those of four weeks reach no farther than the records.
      const same = await compare({ events: 'weekly' });
      expect(same.caveats.map(({ code }) => code)).not.to.include('levels-beyond-reports');
      // Of 728 days ten: they may be quiet.
      const few = await compare({ events: 'weekly', weeks: 104, as_of: '2023-04-10' });
      expect(few.caveats.map(({ code }) => code)).to.not.include('after-last-report');
    });
  });

  it('refuses periods that cannot be compared, with what to do', async () => {
    expect(await refused({ ...YEARS, later: '2021-12-31/2022-12-31' }))
      .to.include('/inputs/later')
      .and.include('overlap');
    expect(await refused({ earlier: YEARS.later, later: YEARS.earlier })).to.include('change them round');
    expect(await refused({ ...YEARS, later: '2022-01-01/..' }))
      .to.include('/inputs/later')
      .and.include('open');
    expect(await refused({ ...YEARS, earlier: '../2021-12-31' }))
      .to.include('/inputs/earlier')
      .and.include('open');
    expect(await refused({ ...YEARS, earlier: '2021-06-01T00:00:00Z' })).to.include('shorter than a day');
    expect(await refused({ earlier: YEARS.earlier }))
      .to.include('/inputs/later')
      .and.include('both');
    expect(await refused({ later: YEARS.later })).to.include('/inputs/earlier');
    expect(await refused({ ...YEARS, datetime: '2022-01-01' })).to.include('/inputs/datetime');
    expect(await refused({ ...YEARS, events: { collection: 'events', datetime: '2022-01-01' } })).to.include(
      '/inputs/datetime',
    );
    expect(await refused({ ...YEARS, events: 'timeless' })).to.include('has no time');
    expect(await refused({ ...YEARS, events: [] })).to.include('/inputs/events');
    expect(await refused({ ...YEARS, resolution: 3, units: 'units' })).to.include('/inputs/units');
    expect(await refused({ ...YEARS, levels: { rise: 50, large_rise: 10 } })).to.include('/inputs/levels/large_rise');
    expect(await refused({ ...YEARS, as_of: '2022-02-30' })).to.include('/inputs/as_of');
  });
});
