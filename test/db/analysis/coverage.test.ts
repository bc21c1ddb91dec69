import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { coverage } from '../../../server/analysis/coverage.ts';
import type { CoverageNumbers } from '../../../server/analysis/reporting/numbers.ts';
import { outlineOf } from '../../../server/core/hex.ts';
import { LayerSchema } from '../../../server/core/layer.ts';
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
const YEAR = '2022-01-01/2022-12-31';

/** An event in a unit of a degree by two on the equator. */
function event(id: number, unit: number, from: string, to: string, source: string | null, other: object = {}) {
  const position = { type: 'Point' as const, coordinates: [unit - 0.5, 0.1] };
  return testRecord(id, position, { kind: 'a', valid_from: from, valid_to: to, source, ...other });
}

describe('where and when sources report', () => {
  let database: TestDatabase;
  const records = [
    event(1, 1, '2022-01-10', '2022-01-11', 'radio'),
    event(2, 1, '2022-01-20', '2022-01-21', 'radio; press'),
    event(3, 1, '2022-04-01', '2022-05-01', ' press ;radio; press', { confidence: 'reported' }),
    event(4, 2, '2022-11-30', '2022-12-01', 'radio'),
    // Known to the year, and over the end of a month.
    event(5, 2, '2022-01-01', '2023-01-01', 'patrol'),
    event(6, 1, '2022-06-25', '2022-07-05', 'patrol'),
    // Known to 400 km; without a source; before the window; not for all; in no unit.
    event(7, 2, '2022-11-05', '2022-11-06', null, { precision_m: 400_000 }),
    event(8, 3, '2019-03-03', '2019-03-04', 'press'),
    event(9, 4, '2022-02-02', '2022-02-03', 'patrol', { handling: 'restricted' }),
    event(10, 20, '2022-02-02', '2022-02-03', 'press'),
  ];
  before(async () => {
    database = await migratedDatabase();
    await publishRecords(
      database,
      UNITS,
      [1, 2, 3, 4].map((id) => testRecord(id, boxOf(id - 1, -1, id, 1), { name: `Unit ${id}`, pcode: `U${id}` })),
    );
    await publishRecords(database, EVENTS, records);
    await publishRecords(database, { ...EVENTS, id: 'other', order: 1 }, [
      event(1, 1, '2022-04-09', '2022-04-10', 'radio'),
    ]);
    await publishRecords(database, { ...EVENTS, id: 'shuffled', order: 2 }, records.toReversed());
    await publishRecords(database, { ...EVENTS, id: 'timeless', order: 3, time: null }, [
      event(1, 1, '2022-04-09', '2022-04-10', 'radio', { valid_from: null, valid_to: null }),
    ]);
  });
  after(() => database.close());

  async function cover(inputs: Record<string, unknown>, by?: Parameters<typeof ask>[3]) {
    const { result, parts } = await ask(database, coverage, { events: 'events', datetime: YEAR, ...inputs }, by);
    const numbers = result.numbers as CoverageNumbers;
    return { ...result, parts, numbers, of: Object.fromEntries(numbers.units.map((unit) => [unit.unit, unit])) };
  }
  const refused = async (inputs: Record<string, unknown>) => JSON.stringify(await faultsOf(cover(inputs)));

  it('says of each unit what was reported, and how long nothing was', async () => {
    const { of } = await cover({});
    expect(of.U1).to.deep.include({
      ...{ name: 'Unit 1', events: 4, undated: 1, imprecise: 0, sources: 3, collections: 1 },
      ...{ first: '2022-01-10', last: '2022-04-30', steps_reported: 2, steps_share: 0.1667, recent_silence: 8 },
      by_confidence: { documented: 3, reported: 1 },
      longest_silence: { from: '2022-05-01', to: '2023-01-01', steps: 8 },
      series: [2, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0],
      often: 'at-times',
    });
    expect(of.U2).to.deep.include({
      ...{ events: 3, undated: 1, imprecise: 1, sources: 2, first: '2022-11-05', last: '2022-11-30' },
      ...{ steps_reported: 1, recent_silence: 1, often: 'seldom' },
      longest_silence: { from: '2022-01-01', to: '2022-11-01', steps: 10 },
    });
    expect(of.U3).to.deep.include({ events: 0, sources: 0, steps_reported: 0, recent_silence: 12, often: 'never' });
    expect(of.U3).to.not.have.any.keys('first', 'last');
    expect(of.U4?.events).to.equal(0);
  });

  it('says how much of the area and of the time has any report, and ever had', async () => {
    const { numbers, caveats, text } = await cover({});
    const { total } = numbers;
    expect(total).to.include({ events: 7, undated: 2, outside: 1, unsourced: 1, sources: 3, steps_reported: 3 });
    expect(total).to.include({ units_all: 4, units_reported: 2, units_ever: 3, recent_silence: 1 });
    // Units are as large as one another.
    expect(total.area_share).to.be.closeTo(0.5, 1e-4);
    expect(total.area_share_ever).to.be.closeTo(0.75, 1e-4);
    expect(numbers.silences).to.deep.equal([
      { from: '2022-02-01', to: '2022-04-01', steps: 2 },
      { from: '2022-05-01', to: '2022-11-01', steps: 6 },
      { from: '2022-12-01', to: '2023-01-01', steps: 1 },
    ]);
    expect(numbers.steps[0]).to.deep.equal({
      ...{ from: '2022-01-01', to: '2022-02-01', is_whole: true },
      ...{ events: 2, units: 1, sources: 2 },
    });
    expect(caveats.map(({ code }) => code)).to.deep.equal([
      ...['in-no-step', 'imprecise-for-units', 'no-source', 'outside', 'no-report'],
    ]);
    expect(caveats.at(-1)?.text.en).to.include(
      'in 2 of 4 units and in 9 of 12 months (as far as dates are known to the month)',
    );
    expect(text.en).to.include('7 events of 3 sources. Something is reported in 2 of 4 units (50 % of their area;');
    expect(text.en).to.include('Longest without any report: 6 months, 1 May 2022 to 31 October 2022.');
    expect(text.fr).to.include('2 unités sur 4');
  });

  it('says how many events a ceiling on the precision leaves out', async () => {
    const { caveats, numbers } = await cover({ max_precision_m: 5_000 });
    expect(numbers.total.events).to.equal(6);
    expect(caveats.find(({ code }) => code === 'imprecise')?.text.en).to.match(/^1 record is left out.*5 km/);
    expect((await cover({})).caveats.map(({ code }) => code)).not.to.include('imprecise');
  });

  it('names sources and collections with their first and last report', async () => {
    const { numbers } = await cover({ events: ['events', 'other'] });
    expect(numbers.sources).to.deep.equal([
      { source: 'radio', events: 5, undated: 0, units: 2, first: '2022-01-10', last: '2022-11-30' },
      { source: 'patrol', events: 2, undated: 2, units: 2 },
      { source: 'press', events: 2, undated: 0, units: 1, first: '2022-01-20', last: '2022-04-30' },
    ]);
    expect(numbers.sources_more).to.equal(0);
    expect(numbers.collections).to.deep.equal([
      { collection: 'events', events: 7, undated: 2, sources: 3, units: 2, first: '2022-01-10', last: '2022-11-30' },
      { collection: 'other', events: 1, undated: 0, sources: 1, units: 1, first: '2022-04-09', last: '2022-04-09' },
    ]);
    expect(numbers.units[0]).to.include({ events: 5, collections: 2 });
  });

  it('adds up by units, by steps and by collections, whatever the order of records and the step', async () => {
    for (const step of ['month', 'quarter', 'year']) {
      const { numbers } = await cover({ step, datetime: '2019-01-01/2022-12-31' });
      const { total, units, steps, collections } = numbers;
      const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
      expect(total.events).to.equal(8);
      expect(sum(units.map(({ events }) => events))).to.equal(total.events);
      expect(sum(collections.map(({ events }) => events))).to.equal(total.events);
      expect(sum(steps.map(({ events }) => events)) + total.undated).to.equal(total.events);
      expect(sum(units.flatMap(({ series }) => series ?? []))).to.equal(sum(steps.map(({ events }) => events)));
      const shuffled = await cover({ step, datetime: '2019-01-01/2022-12-31', events: 'shuffled' });
      expect({ ...shuffled.numbers, collections: [] }).to.deep.equal({ ...numbers, collections: [] });
    }
    const { numbers } = await cover({ step: 'year' });
    expect(numbers.total).to.include({ undated: 0, steps_reported: 1 });
  });

  it('takes as its window what the public records reach, and shows what the caller may see', async () => {
    const { numbers } = await cover({ datetime: undefined });
    expect(numbers).to.include({ from: '2019-03-03T00:00:00.000Z', to: '2023-01-01T00:00:00.000Z' });
    expect(numbers.steps[0]).to.include({ from: '2019-03-01', is_whole: false });
    expect(numbers.total.units_reported).to.equal(numbers.total.units_ever).and.to.equal(3);
    expect((await cover({}, { access: FULL_ACCESS })).of.U4).to.include({ events: 1, sources: 1 });
    const { caveats } = await cover({ filter: "kind = 'b'" });
    expect(caveats.at(-1)?.text.en).to.include('in 4 of 4 units and in 12 of 12 months nothing that the question');
  });

  it('draws every unit and every hexagon, silent ones too', async () => {
    const units = await cover({});
    expect(units.features.units?.features.map(({ properties }) => properties?.often)).to.deep.equal([
      ...['at-times', 'seldom', 'never', 'never'],
    ]);
    const [part] = units.parts;
    const kept = LayerSchema.safeParse({
      ...testLayer('kept', 'polygon', []),
      ...{ fields: part?.fields, style: part?.style },
    });
    expect(kept.error?.message).to.equal(undefined);
    const { numbers, features } = await cover({ resolution: 3, place: { bbox: [0, -1, 4, 1] } });
    expect(features.units?.features).to.have.lengthOf(numbers.total.units_all);
    for (const { geometry, properties } of features.units?.features ?? []) {
      expect(geometry).to.deep.equal({ type: 'Polygon', coordinates: [outlineOf(properties?.unit as string)] });
    }
    expect(numbers.total).to.include({ events: 7, units_reported: 2 });
    expect(numbers.units.filter(({ often }) => often === 'never')).to.have.lengthOf(numbers.total.units_all - 2);
  });

  it('refuses what cannot be told, with what to do', async () => {
    expect(await refused({ datetime: '2022-01-01/..', events: 'timeless' })).to.include('has no time');
    expect(await refused({ events: [] })).to.include('/inputs/events');
    expect(await refused({ resolution: 6, place: { bbox: [-10, 0, 10, 20] } })).to.include('/inputs/resolution');
    expect(await refused({ resolution: 3, areas: [{ bbox: [0, 0, 1, 1] }] })).to.include('/inputs/areas');
    expect(await refused({ datetime: '1900-01-01/2022-12-31' })).to.include('/inputs/step');
  });
});
