import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import type { CrossingsNumbers } from '../../../server/analysis/crossings/numbers.ts';
import { crossings } from '../../../server/analysis/crossings.ts';
import { InvalidParameter } from '../../../server/core/errors.ts';
import { ask, boxOf, publishRecords, testLayer, testRecord } from '../../support/analysis.ts';
import { migratedDatabase, seededDatabase, type TestDatabase } from '../../support/database.ts';

const CONTROL = testLayer(
  'control',
  'polygon',
  [
    ['actor', 'string'],
    ['control', 'string'],
  ],
  {
    role: 'control',
    time: 'interval',
    nature: 'approximate',
  },
);
const CORRIDORS = testLayer(
  'ways',
  'line',
  [
    ['commodity', 'string'],
    ['drawn', 'string'],
  ],
  { role: 'corridors', time: 'interval' },
);
const MINES = testLayer('pits', 'point', [['name', 'string']], { role: 'sites', group: 'mining', time: 'interval' });

const DEGREE = (6378.137 * Math.PI) / 180;
const area = (id: number, west: number, east: number, actor: string, other: Record<string, unknown> = {}) =>
  testRecord(id, boxOf(west, -1, east, 1), {
    actor,
    control: 'holds',
    valid_from: '2020-01-01',
    valid_to: null,
    ...other,
  });
const way = (id: number, coordinates: number[][], commodity: string | null, other: Record<string, unknown> = {}) =>
  testRecord(
    id,
    { type: 'LineString', coordinates },
    { commodity, drawn: 'route', valid_from: '2020-01-01', valid_to: null, ...other },
  );
const pit = (id: number, lon: number, precision_m: number, other: Record<string, unknown> = {}) =>
  testRecord(
    id,
    { type: 'Point', coordinates: [lon, 0] },
    { name: `Pit ${id}`, precision_m, valid_from: null, valid_to: null, ...other },
  );

describe('what corridors cross and mines stand on', () => {
  let database: TestDatabase;
  before(async () => {
    database = await migratedDatabase();
    await publishRecords(database, CONTROL, [
      area(1, 0, 2, 'A'),
      area(2, 1.5, 3, 'B', { control: 'influence' }),
      // From June 2021 on contested; before, A's.
      area(3, 3, 4, 'A', { valid_to: '2021-06-01' }),
      area(4, 3, 4, 'C', { control: 'contested', valid_from: '2021-06-01' }),
      area(5, -1, 0, 'A'),
    ]);
    await publishRecords(database, CORRIDORS, [
      way(
        1,
        [
          [0, 0],
          [4, 0],
        ],
        'gold',
      ),
      way(
        2,
        [
          [2.5, 0],
          [6.5, 0],
        ],
        'arms',
        { valid_to: '2022-01-01' },
      ),
      way(
        3,
        [
          [0, 0.5],
          [1, 0.5],
        ],
        'arms',
        { drawn: 'flow' },
      ),
      way(
        4,
        [
          [0, 0],
          [0, 0],
        ],
        null,
      ),
    ]);
    await publishRecords(database, MINES, [
      pit(1, 0.5, 1_000),
      // Near the edge of A towards A, and on it: the same is said on both sides.
      pit(2, 0.001, 5_000),
      pit(3, 0, 5_000),
      // Near the edge of where B comes in, and near the end of all areas.
      pit(4, 1.49, 5_000),
      pit(5, 3.99, 5_000),
      pit(6, 8, 5_000),
      pit(7, 4.01, 5_000),
      pit(8, 3.5, 1_000, { valid_to: '2021-01-01' }),
    ]);
  });
  after(() => database.close());

  async function cross(inputs: Record<string, unknown>) {
    const { result } = await ask(database, crossings, inputs);
    return { ...result, dates: (result.numbers as CrossingsNumbers).dates };
  }
  const short = (cells: CrossingsNumbers['dates'][number]['total']) =>
    cells.map(
      ({ state, actors, km, share }) => `${(km / DEGREE).toFixed(4)} ${share.toFixed(4)} ${state} ${actors.join()}`,
    );

  it('has the matrix of corridors by who holds the ground, as worked out by hand', async () => {
    const { dates, caveats } = await cross({ at: '2021-01-01' });
    const [date] = dates;
    expect(dates.length).to.equal(1);
    expect(date?.corridors.map(({ item, commodity, cells }) => [item, commodity, ...short(cells)])).to.deep.equal([
      // From 0 to 1.5 and from 3 to 4 A, from 1.5 to 2 both, to 3 B.
      [1, 'gold', '2.5000 0.6250 held A', '1.0000 0.2500 influence B', '0.5000 0.1250 overlap A,B'],
      [2, 'arms', '2.5000 0.6250 not recorded ', '1.0000 0.2500 held A', '0.5000 0.1250 influence B'],
    ]);
    expect(date?.corridors[0]?.cells[0]?.areas).to.deep.equal(['control:1', 'control:3']);
    expect(short(date?.total ?? [])).to.deep.equal([
      '3.5000 0.4375 held A',
      '2.5000 0.3125 not recorded ',
      '1.5000 0.1875 influence B',
      '0.5000 0.0625 overlap A,B',
    ]);
    expect(
      date?.by_commodity.map(({ commodity, corridors, km }) => [commodity, corridors, (km / DEGREE).toFixed(3)]),
    ).to.deep.equal([
      ['arms', 1, '4.000'],
      ['gold', 1, '4.000'],
    ]);
    expect(date?.flows_left_out).to.equal(1);
    expect(caveats.map(({ code }) => code)).to.deep.equal(['approximate', 'ways-imprecise']);
  });

  it('takes flows when asked, and corridors by a filter', async () => {
    const { dates } = await cross({ at: '2021-01-01', flows: true, filter: "commodity = 'arms'" });
    expect(dates[0]?.corridors.map(({ item }) => item)).to.deep.equal([2, 3]);
    expect(dates[0]?.flows_left_out).to.equal(0);
  });

  it('takes the corridors and mines that meet a place', async () => {
    const { dates } = await cross({ at: '2021-01-01', place: { bbox: [3.99, -1, 7, 1] } });
    expect(dates[0]?.corridors.map(({ item }) => item)).to.deep.equal([1, 2]);
    expect(dates[0]?.sites.map(({ item }) => item)).to.deep.equal([5, 7]);
    const far = await cross({ at: '2021-01-01', place: { bbox: [20, 20, 21, 21] } });
    expect(far.dates[0]).to.deep.include({ km: 0, total: [], corridors: [], sites: [] });
    expect(far.text.en).to.match(/^On 1 January 2021, no corridor is recorded\./);
  });

  it('follows the changes of control and corridors within a window, and else stands at the last change of control', async () => {
    const { dates } = await cross({ datetime: '2021-03-01/2022-06-30' });
    expect(dates.map(({ at, corridors }) => [at.slice(0, 10), corridors.length])).to.deep.equal([
      ['2021-03-01', 2],
      ['2021-06-01', 2],
      ['2022-01-01', 1],
    ]);
    expect(short(dates[1]?.corridors[0]?.cells ?? [])).to.deep.equal([
      '1.5000 0.3750 held A',
      '1.0000 0.2500 contested C',
      '1.0000 0.2500 influence B',
      '0.5000 0.1250 overlap A,B',
    ]);
    expect((await cross({})).dates.map(({ at }) => at)).to.deep.equal(['2021-06-01T00:00:00.000Z']);
    const given = await cross({ at: ['2022-01-01', '2020-05-01', '2022-01-01'] });
    expect(given.dates.map(({ at }) => at.slice(0, 10))).to.deep.equal(['2020-05-01', '2022-01-01']);
  });

  it('tells who holds the ground of a mine, and when its position leaves that open', async () => {
    const { dates } = await cross({ at: '2020-06-01' });
    const sites = dates[0]?.sites.map(({ item, state, actors, certainty, or_actors }) =>
      [item, state, actors.join(), certainty, or_actors.join()].join(' '),
    );
    expect(sites).to.deep.equal([
      '1 held A certain ',
      '2 held A certain ',
      '3 held A certain ',
      '4 held A uncertain B',
      '5 held A uncertain ',
      '6 not recorded  certain ',
      '7 not recorded  uncertain A',
      '8 held A certain ',
    ]);
    expect(dates[0]?.sites[0]).to.include({ name: 'Pit 1', since: '2020-01-01T00:00:00.000Z' });
    const later = await cross({ at: '2021-06-01' });
    expect(later.dates[0]?.sites.map(({ item }) => item)).to.deep.equal([1, 2, 3, 4, 5, 6, 7]);
    expect(later.dates[0]?.sites[4]).to.deep.include({ state: 'contested', since: '2021-06-01T00:00:00.000Z' });
  });

  it('gives stretches and mines as features that say it too', async () => {
    const { features, dates } = await cross({ at: '2021-01-01' });
    const stretches = features.stretches?.features ?? [];
    expect(stretches.map(({ properties }) => [properties?.item, properties?.from_km, properties?.state])).to.deep.equal(
      [
        [1, 0, 'held'],
        [1, Number((1.5 * DEGREE).toFixed(3)), 'overlap'],
        [1, Number((2 * DEGREE).toFixed(3)), 'influence'],
        [1, Number((3 * DEGREE).toFixed(3)), 'held'],
        [2, 0, 'influence'],
        [2, Number((0.5 * DEGREE).toFixed(3)), 'held'],
        [2, Number((1.5 * DEGREE).toFixed(3)), 'not recorded'],
      ],
    );
    const sum = stretches.reduce((total, { properties }) => total + (properties?.length_km ?? 0), 0);
    expect(sum).to.be.closeTo(dates[0]?.km as number, 0.01);
    expect(features.mines?.features.length).to.equal(dates[0]?.sites.length);
  });

  it('tells it in both languages, and refuses what it cannot take', async () => {
    const { text } = await cross({ at: '2021-06-01' });
    expect(text.en).to.include(
      'On 1 June 2021, of the 891 km of 2 corridors, 31 % where nobody is recorded, 25 % contested (C), 19 % held by A and 19 % under the influence of B. 1 flow is left out: only the far ends are known.',
    );
    // Numbers and their signs are held together by spaces of their own.
    expect(text.fr.replaceAll(/\s/g, ' ')).to.include(
      'Au 1er juin 2021, sur les 891 km de 2 corridors, 31 % où personne n’est signalé, 25 % en terrain contesté (C)',
    );
    for (const [inputs, pointer] of [
      [{ at: '2021-01-01/2022-01-01' }, '/inputs/at'],
      [{ corridors: 'control' }, '/inputs/corridors'],
      [{ control: 'ways' }, '/inputs/control'],
      // At each date everything is looked at as it is then: another time would be passed over.
      [{ control: { collection: 'control', datetime: '2020-06-01' } }, '/inputs/control'],
      [
        { at: '2021-01-01', corridors: ['control', { collection: 'ways', datetime: '2020-01-01' }] },
        '/inputs/corridors',
      ],
      [{ datetime: '2021-01-01', sites: [{ collection: 'pits', datetime: '2020-01-01' }] }, '/inputs/sites'],
    ] as const) {
      const error = await cross(inputs).then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      expect(error, pointer).to.be.instanceOf(InvalidParameter);
      expect((error as InvalidParameter).faults[0]?.pointer).to.equal(pointer);
    }
  });

  it('walks the shipped corridors: every share adds up, and no flow is among them', async () => {
    const seeded = await seededDatabase();
    try {
      const { result } = await ask(seeded, crossings, { datetime: '2012-01-01/2022-12-31' });
      const { dates } = result.numbers as CrossingsNumbers;
      expect(dates.length).to.be.greaterThan(5);
      for (const { corridors, total, km, sites } of dates) {
        for (const cells of [total, ...corridors.map((corridor) => corridor.cells)]) {
          if (cells.length > 0) expect(cells.reduce((sum, { share }) => sum + share, 0)).to.be.closeTo(1, 1e-9);
        }
        expect(corridors.reduce((sum, corridor) => sum + corridor.km, 0)).to.be.closeTo(km, 0.1);
        expect(sites.length).to.be.greaterThan(0);
        expect(corridors.every(({ record }) => !/coast|cannabis|guinea/.test(record))).to.equal(true);
      }
    } finally {
      await seeded.close();
    }
  });
});
