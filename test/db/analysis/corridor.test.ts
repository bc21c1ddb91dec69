import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import type { CorridorNumbers } from '../../../server/analysis/corridor/numbers.ts';
import { corridor } from '../../../server/analysis/corridor.ts';
import { InvalidParameter } from '../../../server/core/errors.ts';
import { FULL_ACCESS } from '../../../server/query/filter.ts';
import { poissonInterval } from '../../../server/stats/garwood.ts';
import { ask, boxOf, publishRecords, testLayer, testRecord } from '../../support/analysis.ts';
import { metresBetween } from '../../support/corridor.ts';
import { migratedDatabase, type TestDatabase } from '../../support/database.ts';

/** Of a degree on the equator of WGS 84, km. */
const DEGREE = (6378.137 * Math.PI) / 180;
const MONTH = 365.2425 / 12;

const point = (lon: number, lat: number) => ({ type: 'Point', coordinates: [lon, lat] });
const line = (...coordinates: number[][]) => ({ geometry: { type: 'LineString', coordinates } });
const text = (name: string) => [name, 'string'] as const;
const number = (name: string) => [name, 'integer'] as const;

const EVENTS = testLayer('events', 'point', [text('kind'), number('killed'), number('injured')], {
  ...{ kind: 'kind', measures: ['killed', 'injured'], area: [-1, -2, 4, 2] },
});
const MODELLED = testLayer('modelled', 'point', [text('kind')], { nature: 'modelled' });
/** Of events that may last. */
const LASTING = testLayer('lasting', 'point', [text('name')], { time: 'interval', nature: 'modelled' });
const GUARDED = testLayer('guarded', 'point', [text('name')], { nature: 'modelled' });
const MINES = testLayer('mines', 'point', [text('name')], { role: 'sites', time: null });
const TOWNS = testLayer('towns', 'point', [text('name'), text('name_fr')], { role: 'places', time: null });
const CONTROL = testLayer('control', 'polygon', [text('actor'), text('control')], {
  role: 'control',
  time: 'interval',
});
const BORDERS = testLayer('borders', 'line', [text('name')], { role: 'boundaries', time: null });
const RIVERS = testLayer('rivers', 'line', [text('name')], { role: 'rivers', time: null });
const WAYS = testLayer('ways', 'line', [text('drawn')], { role: 'corridors', time: null, nature: 'approximate' });

let id = 0;
const event = (lon: number, lat: number, properties: object = {}) =>
  testRecord(++id, point(lon, lat), { kind: 'a', killed: 1, injured: 2, ...properties });

describe('corridor', () => {
  let database: TestDatabase;
  before(async () => {
    database = await migratedDatabase();
    await publishRecords(database, EVENTS, [
      event(0.5, 0.1),
      event(0.5, -0.2, { kind: 'b', killed: 5, injured: null }),
      // 24.9 and 25.2 km from the line: a degree of latitude is 110.574 km there.
      event(1.5, 0.2255),
      event(1.5, 0.228),
      event(2.5, 0, { precision_m: 30_000, killed: 100 }),
      event(2.6, 0, { handling: 'restricted', killed: 100 }),
      event(2.7, 0, { valid_from: '2010-01-01', valid_to: '2010-01-02', killed: 100 }),
      // Beyond the end, 22 km from it.
      event(3.2, 0, { kind: null }),
      event(2, 1.5),
      // Outside the declared coverage.
      event(4.5, 0),
    ]);
    await publishRecords(database, MODELLED, [testRecord(1, point(1, 0), { kind: 'a' })]);
    await publishRecords(database, MINES, [
      testRecord(1, point(1, 0.05), { name: 'Near' }),
      testRecord(2, point(1, 0.15), { name: 'Less near' }),
      testRecord(3, point(1, 0.3), { name: 'Far' }),
    ]);
    await publishRecords(database, LASTING, [
      testRecord(1, point(1, 0), { valid_from: '2022-03-01', valid_to: null }),
      testRecord(2, point(3, 1), { valid_from: '2022-03-01', valid_to: '2022-04-01' }),
    ]);
    await publishRecords(database, GUARDED, [
      testRecord(1, point(0, -1)),
      testRecord(2, point(2, 1), { valid_from: '2022-06-01', valid_to: '2022-06-02' }),
      testRecord(3, point(8, 3), { valid_from: '2024-05-01', valid_to: '2024-05-02', handling: 'restricted' }),
    ]);
    await publishRecords(database, TOWNS, [
      testRecord(1, point(0, 0), { name: 'Téssalit', name_fr: 'Téssalit', precision_m: 500 }),
      testRecord(2, point(3, 0), { name: 'Gao', name_fr: 'Gao' }),
      testRecord(3, point(0, 5), { name: 'Kita', name_fr: 'Kita' }),
      testRecord(4, point(1, 5), { name: 'Kita', name_fr: 'Kita' }),
    ]);
    const held = (nth: number, west: number, east: number, properties: object) =>
      testRecord(nth, boxOf(west, -1, east, 1), {
        control: 'holds',
        valid_from: '2020-01-01',
        valid_to: null,
        ...properties,
      });
    await publishRecords(database, CONTROL, [
      held(1, -0.5, 1, { actor: 'A' }),
      held(2, 0.8, 1.2, { actor: 'B' }),
      held(3, 1.2, 2, { actor: 'B', control: 'contested' }),
      held(4, 2, 2.5, { actor: 'A', valid_to: '2022-06-01' }),
      held(5, 2, 2.5, { actor: 'B', valid_from: '2022-06-01' }),
    ]);
    await publishRecords(database, BORDERS, [
      testRecord(
        1,
        {
          type: 'LineString',
          coordinates: [
            [1.25, -1],
            [1.25, 1],
          ],
        },
        { name: 'A to B' },
      ),
      testRecord(
        2,
        {
          type: 'LineString',
          coordinates: [
            [9, -1],
            [9, 1],
          ],
        },
        { name: 'Elsewhere' },
      ),
    ]);
    await publishRecords(database, RIVERS, [
      // There and back over the line.
      testRecord(
        1,
        {
          type: 'LineString',
          coordinates: [
            [0.25, -1],
            [0.25, 1],
            [2.25, 1],
            [2.25, -1],
          ],
        },
        { name: 'Niger' },
      ),
    ]);
    await publishRecords(database, WAYS, [
      testRecord(
        1,
        {
          type: 'LineString',
          coordinates: [
            [0, 0],
            [3, 0],
          ],
        },
        { drawn: 'route' },
      ),
      testRecord(
        2,
        {
          type: 'LineString',
          coordinates: [
            [0, 0],
            [3, 0],
          ],
        },
        { drawn: 'flow' },
      ),
    ]);
  });
  after(() => database.close());

  const YEAR = '2022-01-01/2022-12-31';
  async function along(inputs: Record<string, unknown>) {
    const { result } = await ask(database, corridor, {
      line: line([0, 0], [3, 0]),
      datetime: YEAR,
      bin_km: 100,
      ...inputs,
    });
    return { ...result, numbers: result.numbers as unknown as CorridorNumbers };
  }
  const refusal = async (inputs: Record<string, unknown>): Promise<string> => {
    const error = await along(inputs).then(
      () => undefined,
      (cause: unknown) => cause,
    );
    expect(error).to.be.instanceOf(InvalidParameter);
    const [fault] = (error as InvalidParameter).faults;
    return `${fault?.pointer} ${fault?.detail}`;
  };

  it('counts by distance and by chainage what is worked out by hand on the equator', async () => {
    const { numbers, features } = await along({});
    expect(numbers.length_km).to.be.closeTo(3 * DEGREE, 0.001);
    expect(numbers.events.count).to.equal(4);
    expect(numbers.events.by_kind).to.deep.equal({ a: 2, b: 1, 'not stated': 1 });
    expect(numbers.events.sums).to.deep.equal({ injured: 6, killed: 8 });
    expect(numbers.strip.map(({ count }) => count)).to.deep.equal([2, 1, 0, 1]);
    expect(numbers.strip.map(({ to_km }) => to_km)).to.deep.equal([100, 200, 300, numbers.length_km]);
    const listed = features.records?.features.filter(({ properties }) => properties?.collection === 'events') ?? [];
    const [first] = listed;
    expect(listed.map(({ properties }) => properties?.item)).to.deep.equal([1, 2, 8, 3]);
    const metres = metresBetween([0.5, 0], [0.5, 0.1]);
    expect(first?.properties).to.deep.include({
      distance_km: Math.round(metres) / 1000,
      date: '2022-05-01',
      killed: 1,
    });
    expect(first?.properties?.chainage_km).to.be.closeTo(0.5 * DEGREE, 0.001);
    expect(listed[1]?.properties).to.not.have.property('injured');
    expect(listed[2]?.properties).to.deep.include({ chainage_km: numbers.length_km });
  });

  it('leaves out and counts what is not known to be that precise', async () => {
    const { numbers, caveats } = await along({});
    const of = ({ collections }: CorridorNumbers) => collections.find(({ collection }) => collection === 'events');
    expect(of(numbers)).to.include({ count: 4, left_out: 1 });
    expect(caveats.map(({ code }) => code)).to.include('imprecise');
    expect(caveats.map(({ code }) => code)).to.not.include('mostly-left-out');
    const none = await along({ place: { bbox: [2.4, -0.5, 2.6, 0.5] } });
    expect(none.numbers.events.count).to.equal(0);
    expect(none.caveats.map(({ code }) => code)).to.include('mostly-left-out');
    const taken = await along({ include_imprecise: true });
    expect(of(taken.numbers)).to.include({ count: 5, left_out: 0 });
    expect(taken.caveats.map(({ code }) => code)).to.not.include('imprecise');
  });

  it('says in how many bins no event at all was reported, imprecise ones being reports too', async () => {
    const silence = async (inputs: object) =>
      (await along({ bin_km: 50, ...inputs })).caveats.find(({ code }) => code === 'no-report')?.text.en;
    // Bins of 50 km, seven of them: events in the second, the fourth and the last, and imprecise ones in the sixth.
    const some = (silent: number) => `No report is not calm: in ${silent} of 7 bins nothing`;
    expect(await silence({})).to.match(new RegExp(`^${some(3)} was`));
    expect(await silence({ include_imprecise: true })).to.match(new RegExp(`^${some(3)} was`));
    expect(await silence({ filter: 'killed > 2' })).to.match(new RegExp(`^${some(5)} that the question asks for was`));
    expect(await silence({ events: [] }), 'without events').to.equal(undefined);
  });

  it('gives rates per 100 km and month with exact intervals, of the study area', async () => {
    const { numbers } = await along({});
    const months = 365 / MONTH;
    expect(numbers.months).to.be.closeTo(months, 0.001);
    const bin = poissonInterval(2, months);
    expect(numbers.strip[0]).to.deep.include({
      in_study_area_km: 100,
      rate: Number(bin.rate.toFixed(6)),
      rate_upper: Number(bin.upper.toFixed(6)),
    });
    expect(numbers.strip[2]).to.include({ rate: 0, rate_lower: 0 });
    expect(numbers.events.rate).to.be.closeTo(4 / (numbers.length_km / 100) / months, 1e-4);
    const { study_area: area } = numbers;
    // A band, and a half circle at each end.
    const band = 2 * 25 * 3 * DEGREE + Math.PI * 25 ** 2;
    expect((area?.inside?.area_km2 ?? 0) / band).to.be.closeTo(1, 0.001);
    expect([area?.inside?.events, area?.outside?.events]).to.deep.equal([4, 2]);
    const ratio = 4 / band / (2 / ((area?.area_km2 ?? 0) - band));
    expect((area?.rate_ratio ?? 0) / ratio).to.be.closeTo(1, 0.002);
    expect(numbers.outside_study_area_km).to.equal(0);
  });

  it('keeps line and events outside a study area out of the rates, and says how much line', async () => {
    const { numbers, text: told } = await along({ study_area: { bbox: [1, -1, 4, 1] } });
    expect(numbers.outside_study_area_km).to.be.closeTo(DEGREE, 0.001);
    expect(numbers.events).to.include({ count: 4, in_study_area: 2 });
    expect(numbers.strip.map((bin) => [bin.count, bin.in_study_area_km > 0, 'rate' in bin])).to.deep.equal([
      [2, false, false],
      [1, true, true],
      [0, true, true],
      [1, true, true],
    ]);
    expect(numbers.study_area?.inside?.events).to.equal(2);
    expect(numbers.study_area?.outside?.events).to.equal(1);
    expect(told.en).to.contain('111.3 km of the line lie outside the study area');
    expect(told.fr).to.contain('111,3 km de la ligne sortent de la zone d’étude');
  });

  it('divides events in the study area by line in the study area, within one bin too', async () => {
    // Of the two events of the first bin the one south of the line is outside.
    const { numbers } = await along({ study_area: { bbox: [0.4, -0.001, 4, 1] } });
    const [first] = numbers.strip;
    expect(first?.count).to.equal(2);
    expect(first?.in_study_area_km).to.be.closeTo(100 - 0.4 * DEGREE, 0.001);
    expect(first?.rate).to.be.closeTo(1 / ((first?.in_study_area_km ?? 0) / 100) / (365 / MONTH), 1e-4);
  });

  it('takes records from a place, of which the rates are then', async () => {
    const { numbers } = await along({ place: { bbox: [1, -1, 4, 1] } });
    expect(numbers.events).to.include({ count: 2, in_study_area: 2 });
    expect(numbers.collections.map(({ count }) => count)).to.deep.equal([2, 2, 1]);
    expect(numbers.outside_study_area_km).to.be.closeTo(DEGREE, 0.001);
    expect(await refusal({ place: { geometry: { type: 'Point', coordinates: [0, 0] } } })).to.contain('/inputs/place');
  });

  it('gives no rate of a window without an end, and says so', async () => {
    const open = await along({ events: { collection: 'lasting', datetime: '2022-01-01/..' } });
    expect(open.caveats.map(({ code }) => code)).to.include('no-rate');
    expect(open.numbers.events).to.include({ count: 1 }).and.not.have.property('rate');
    expect(open.numbers).to.not.have.property('months');
  });

  it('says who holds the ground from which km to which, and what changed', async () => {
    const { numbers, features } = await along({});
    const degrees = (km: number) => Number((km / DEGREE).toFixed(4));
    const { control } = numbers;
    const short = control?.stretches.map(
      (each) => `${degrees(each.from_km)}-${degrees(each.to_km)} ${each.state} ${each.actors}`,
    );
    expect(short).to.deep.equal([
      '0-0.8 held A',
      '0.8-1 overlap A,B',
      '1-1.2 held B',
      '1.2-2 contested B',
      '2-2.5 held B',
      '2.5-3 not recorded ',
    ]);
    const whole = control?.stretches.reduce((sum, { length_km }) => sum + length_km, 0);
    expect(whole).to.be.closeTo(numbers.length_km, 1e-9);
    expect(control?.at).to.equal('2022-12-31T23:59:59.999Z');
    expect(control?.changes).to.have.length(1);
    expect(control?.changes[0]).to.deep.include({
      ...{
        at: '2022-06-01T00:00:00.000Z',
        before: { state: 'held', actors: ['A'] },
        after: { state: 'held', actors: ['B'] },
      },
    });
    expect(degrees(control?.changes[0]?.from_km ?? 0)).to.equal(2);
    expect(features.control?.features).to.have.length(6);
    const before = await along({ control_at: '2019-12-31' });
    expect(before.numbers.control?.by_state).to.deep.equal({ 'not recorded': numbers.length_km });
    const earlier = await along({ control_at: '2022-05-31' });
    expect(earlier.numbers.control?.stretches.at(-2)?.actors).to.deep.equal(['A']);
  });

  it('finds crossings with borders and rivers, in the order of the line', async () => {
    const { numbers } = await along({});
    const short = numbers.crossings.map(
      ({ kind, name, chainage_km }) => `${kind} ${name?.en} ${(chainage_km / DEGREE).toFixed(3)}`,
    );
    expect(short).to.deep.equal(['river Niger 0.250', 'border A to B 1.250', 'river Niger 2.250']);
  });

  it('finds sites and places, and lists so many of them', async () => {
    const { numbers, features } = await along({ limit: 1 });
    const found = numbers.collections.map(({ collection, count, listed }) => `${collection} ${count} ${listed}`);
    expect(found).to.deep.equal(['events 4 1', 'mines 2 1', 'towns 2 1']);
    expect(features.records?.features.map(({ properties }) => properties?.name)).to.deep.equal([
      undefined,
      'Near',
      'Téssalit',
    ]);
  });

  it('runs through places by name, and says that the way is straight', async () => {
    const { numbers, caveats, text: told } = await along({ line: { places: ['tessalit', 'GAO'] } });
    expect(numbers.length_km).to.be.closeTo(3 * DEGREE, 0.001);
    expect(caveats.map(({ code }) => code)).to.include('straight');
    expect(told.fr).to.match(/^Téssalit – Gao\u00a0: 334 km\. 4 événements se situent à 25 km au plus/);
    expect(await refusal({ line: { places: ['Gao', 'Nowhere'] } })).to.contain(
      '/inputs/line No place is called "Nowhere"',
    );
    expect(await refusal({ line: { places: ['Gao', 'Kita'] } })).to.contain('more than one place');
    expect(await refusal({ line: { places: ['Gao'] } })).to.contain('at least 2 places');
    expect(await refusal({ line: { places: ['Gao', 'Gao'] } })).to.contain('no length');
  });

  it('does not take a flow for a route', async () => {
    const route = await along({ line: { collection: 'ways', item: 1 } });
    expect(route.numbers.events.count).to.equal(4);
    expect(route.caveats.map(({ code }) => code))
      .to.include('approximate')
      .and.not.include('flow');
    expect(await refusal({ line: { collection: 'ways', item: 2 } })).to.contain('known only by its far ends');
    const flow = await along({ line: { collection: 'ways', item: '2' }, flows: true });
    expect(flow.caveats.map(({ code }) => code)).to.include('flow');
  });

  it('names the limit of what is out of range, and what is no line', async () => {
    expect(await refusal({ within_km: 201 })).to.match(/^\/inputs\/within_km .*200/);
    expect(await refusal({ within_km: 0.05 })).to.match(/^\/inputs\/within_km .*0\.1/);
    expect(await refusal({ bin_km: 0.2 })).to.contain('at most 500');
    expect(await refusal({ line: { geometry: { type: 'Point', coordinates: [0, 0] } } })).to.contain('/inputs/line');
    expect(await refusal({ line: { collection: 'mines', item: 1 } })).to.contain('It is a point');
    expect(await refusal({ line: line([1, 1], [1, 1]) })).to.contain('/inputs/line');
    expect(await refusal({ line: line([0, 88.9], [3, 88.9]) })).to.contain('pole');
    expect(await refusal({ control_at: '2022-01-01/2022-12-31' })).to.contain('/inputs/control_at');
    expect(await refusal({ study_area: { geometry: { type: 'Point', coordinates: [0, 0] } } })).to.contain(
      '/inputs/study_area',
    );
  });

  it('answers about an empty window and about one event, without a rate that is none', async () => {
    const none = await along({ datetime: '1999-01-01/1999-12-31' });
    expect(none.numbers.events).to.include({ count: 0, rate: 0 });
    expect(none.numbers.study_area).to.not.have.property('rate_ratio');
    expect(none.numbers.study_area?.outside?.events).to.equal(0);
    const one = await along({ datetime: '2010-01-01/2010-12-31' });
    expect(one.numbers.events.count).to.equal(1);
    expect(one.numbers.study_area).to.have.property('rate_ratio_lower').above(0);
    expect(one.numbers.study_area).to.not.have.property('rate_ratio_upper');
    expect(JSON.stringify(one)).to.not.match(/null|NaN|Infinity/);
  });

  it('takes modelled records only when they are named, and says so', async () => {
    expect((await along({})).receipt.inputs.generations).to.not.have.property('modelled');
    const { numbers, caveats } = await along({ events: 'modelled' });
    expect(numbers.events.count).to.equal(1);
    expect(caveats.map(({ code }) => code)).to.include('modelled');
  });

  it('does not give away by its window or area where and when restricted records are', async () => {
    // The restricted record of this collection is the latest and the farthest.
    const { numbers } = await along({ events: 'guarded', datetime: undefined });
    expect(numbers).to.include({ from: '2022-05-01T00:00:00.000Z', until: '2022-06-02T00:00:00.000Z' });
    const whole = await ask(
      database,
      corridor,
      { line: line([0, 0], [3, 0]), events: 'guarded' },
      { access: FULL_ACCESS },
    );
    const all = whole.result.numbers as unknown as CorridorNumbers;
    // Who sees the restricted one is told that it lies outside.
    expect(all.study_area?.outside?.events).to.equal(numbers.study_area?.outside?.events);
    expect([all.from, all.until, all.study_area?.area_km2]).to.deep.equal([
      numbers.from,
      numbers.until,
      numbers.study_area?.area_km2,
    ]);
  });

  it('is the same, byte for byte, when it is asked again by its receipt', async () => {
    const first = await along({});
    const again = await ask(database, corridor, first.receipt.inputs);
    expect(JSON.stringify(again.result)).to.equal(JSON.stringify(first));
  });
});
