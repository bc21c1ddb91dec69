import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import type { CorridorNumbers } from '../../../server/analysis/corridor/numbers.ts';
import { corridor } from '../../../server/analysis/corridor.ts';
import { AnalysisTooLarge } from '../../../server/analysis/estimate.ts';
import { exposure } from '../../../server/analysis/exposure.ts';
import { summary } from '../../../server/analysis/summary.ts';
import { InvalidParameter } from '../../../server/core/errors.ts';
import { FULL_ACCESS } from '../../../server/query/filter.ts';
import { ask, boxOf, publishRecords, testLayer, testRecord } from '../../support/analysis.ts';
import { migratedDatabase, type TestDatabase } from '../../support/database.ts';

const point = (lon: number, lat: number) => ({ type: 'Point', coordinates: [lon, lat] });
const LINE = {
  geometry: {
    type: 'LineString',
    coordinates: [
      [0, 0],
      [3, 0],
    ],
  },
};
const WEST = { bbox: [-1, -2, 1.5, 2] };
const ALL = { bbox: [-1, -2, 4, 2] };

describe('where and when rates of a corridor are of', () => {
  let database: TestDatabase;
  before(async () => {
    database = await migratedDatabase();
    let id = 0;
    const several = (count: number, lon: number, lat: number, properties: object = {}) =>
      Array.from({ length: count }, () => testRecord(++id, point(lon, lat), { ...properties }));
    await publishRecords(database, testLayer('events', 'point', []), [
      // West of 1.5 degrees: near the line, and far from it; and so east of it.
      ...[...several(10, 0.5, 0.1), ...several(10, 0.5, 1.5), ...several(20, 2.5, 0.1), ...several(20, 2.5, 1.5)],
      ...several(1, 2, 0.1, { valid_from: '2018-01-01', valid_to: '2018-01-02' }),
      ...several(1, 2, 0.1, { valid_from: '2022-12-30', valid_to: '2022-12-31' }),
      // Only some may see these: far away, and near at another time.
      ...several(50, 40, 40, { handling: 'restricted' }),
      ...several(7, 2, 0.1, { handling: 'restricted', valid_from: '2030-01-01', valid_to: '2030-01-02' }),
    ]);
    await publishRecords(database, testLayer('coarse', 'point', [], { nature: 'approximate', area: [-1, -2, 4, 2] }), [
      testRecord(1, point(1, 0.1), { valid_from: '2019-01-01', valid_to: '2020-01-01' }),
      testRecord(2, point(1, 0.1), { valid_from: '2019-03-01', valid_to: '2019-04-01' }),
      testRecord(3, point(2, 0.1), { valid_from: '2019-03-01', valid_to: '2019-05-01' }),
    ]);
    await publishRecords(database, testLayer('mines', 'point', [], { role: 'sites', time: null }), [
      testRecord(1, point(1, 0)),
    ]);
    const held = (nth: number, actor: string, from: string, to: string | null) =>
      testRecord(nth, boxOf(-1, -1, 4, 1), { actor, valid_from: from, valid_to: to });
    await publishRecords(
      database,
      testLayer('control', 'polygon', [['actor', 'string']], { role: 'control', time: 'interval' }),
      [
        held(1, 'A', '2017-01-01', '2019-06-01'),
        held(2, 'B', '2019-06-01', '2020-01-01'),
        held(3, 'C', '2020-01-01', null),
      ],
    );
  });
  after(() => database.close());

  async function along(inputs: Record<string, unknown>, access = {}) {
    const { result } = await ask(database, corridor, { line: LINE, events: 'events', ...inputs }, access);
    return { ...result, numbers: result.numbers as unknown as CorridorNumbers };
  }
  const fault = (inputs: Record<string, unknown>) =>
    along(inputs).then(
      () => undefined,
      (error: unknown) => (error instanceof InvalidParameter ? error.faults[0] : error),
    );

  it('is what a place and a study area have in common', async () => {
    const alone = await along({ datetime: '2022-05-01', place: WEST });
    const { numbers, text } = await along({ datetime: '2022-05-01', place: WEST, study_area: ALL });
    const { study_area: area } = numbers;
    expect([area?.inside?.events, area?.outside?.events]).to.deep.equal([10, 10]);
    expect(area).to.deep.equal(alone.numbers.study_area);
    expect(numbers.outside_study_area_km).to.equal(alone.numbers.outside_study_area_km).and.above(0);
    expect(text.en).to.contain('the box within the box');
    const turned = await along({ datetime: '2022-05-01', place: ALL, study_area: WEST });
    expect(turned.numbers.study_area).to.deep.equal(area);
    // Of the east, which is in the place, what is near is counted and has no part in the rates.
    expect(turned.numbers.events).to.include({ count: 30, in_study_area: 10 });
    const elsewhere = { place: WEST, study_area: { bbox: [10, 10, 11, 11] } };
    expect(await fault(elsewhere)).to.include({ pointer: '/inputs/study_area' });
  });

  it('is the same for who sees more, and what only they see is outside', async () => {
    const few = await along({});
    const { numbers } = await along({}, { access: FULL_ACCESS });
    expect(numbers).to.include({ from: '2018-01-01T00:00:00.000Z', until: '2022-12-31T00:00:00.000Z' });
    expect(numbers.study_area).to.deep.equal(few.numbers.study_area);
    expect(numbers.events).to.deep.equal(few.numbers.events);
  });

  it('is what the question says when no events are counted', async () => {
    const { numbers } = await along({ events: [], datetime: '2019-01-01/2019-12-31' });
    expect(numbers).to.include({ from: '2019-01-01T00:00:00.000Z', until: '2020-01-01T00:00:00.000Z' });
    expect(numbers.control?.at).to.equal('2019-12-31T23:59:59.999Z');
    expect(numbers.control?.stretches.map(({ actors }) => actors)).to.deep.equal([['B']]);
    expect(numbers.control?.changes.map(({ at }) => at.slice(0, 10))).to.deep.equal(['2019-06-01']);
  });

  it('says nothing of events, and nothing of few, when none are counted', async () => {
    const { caveats, text } = await along({ events: [], datetime: '2019-01-01/2019-12-31' });
    expect(caveats.map(({ code }) => code)).to.not.include.oneOf(['low-count', 'no-rate']);
    expect(text.en).to.not.contain('event');
  });

  it('counts and says what is known only to a time that reaches out of the window', async () => {
    const { numbers, caveats, text } = await along({ events: 'coarse', datetime: '2019-03-01/2019-03-31' });
    expect(numbers.events.count).to.equal(3);
    expect(numbers.study_area?.partly_in_window).to.equal(2);
    expect(caveats.map(({ code }) => code)).to.include('partly-in-window');
    expect(text.en).to.contain('The time of 2 events in the area');
    const areas = { areas: [ALL], layers: ['coarse'], datetime: '2019-03-01/2019-03-31' };
    const { result } = await ask(database, summary, areas);
    expect(result.text.fr).to.contain('Pour 2 événements de la zone, la date n’est connue que');
    const year = await along({ events: 'coarse', datetime: '2019-01-01/2019-12-31' });
    expect(year.numbers.study_area?.partly_in_window).to.equal(0);
    expect(year.caveats.map(({ code }) => code)).to.not.include('partly-in-window');
  });

  it('tells a small rate as a number that is not 0', async () => {
    const { numbers, text } = await along({ events: 'coarse', datetime: '1000-01-01/2019-12-31' });
    expect(numbers.events.rate).to.be.above(0);
    expect(text.en).to.match(/: 0\.000\d+ per 100 km and month \(95 % interval 0\.000\d+ to 0\.00\d+\)/);
  });

  it('is the same for an exposure, whatever a filter leaves of the events', async () => {
    const given = { events: 'coarse', filter: "record_id = '2'", datetime: '2019-03-15/..' };
    const { numbers } = await along(given);
    const { result } = await ask(database, exposure, { ...given, of: 'mines' });
    expect((result.numbers as { window: object }).window).to.include({ from: numbers.from, to: numbers.until });
  });

  it('is that of the whole question for control', async () => {
    const own = { control: { collection: 'control', datetime: '2018-01-01' } };
    expect(await fault(own)).to.include({ pointer: '/inputs/control' });
  });

  it('is weighed by the parts of a line and the corners of an area too', async () => {
    const parts = (count: number) => {
      const coordinates = Array.from({ length: count }, (_, nth) => [
        [(nth % 100) / 100, nth / 1e4],
        [(nth % 100) / 100, nth / 1e4 + 1e-3],
      ]);
      return { line: { geometry: { type: 'MultiLineString', coordinates } } };
    };
    const refused = (inputs: Record<string, unknown>, isAsynchronous = false) =>
      along(inputs, { isAsynchronous }).then(
        () => undefined,
        (error: unknown) => error,
      );
    expect(await refused(parts(8_000))).to.be.instanceOf(AnalysisTooLarge);
    const many = await refused(parts(10_001), true);
    expect(many).to.be.instanceOf(InvalidParameter);
    expect((many as InvalidParameter).faults[0]).to.include({ pointer: '/inputs/line' });
    expect((many as Error).message + JSON.stringify(many)).to.contain('10000');
    const ring = Array.from({ length: 300 }, (_, nth) => [nth / 100, nth % 2 ? 1 : -1]);
    const comb = { type: 'Polygon', coordinates: [[...ring, [3, 2], [0, 2], [0, -1]]] };
    const { numbers } = await along({ study_area: { geometry: comb } });
    // On the equator the comb is half there, half not: what is cut in pieces makes the whole.
    expect(numbers.outside_study_area_km).to.be.closeTo(numbers.length_km / 2, 2);
  });
});
