import { booleanPointInPolygon } from '@turf/turf';
import { expect } from 'chai';
import fc from 'fast-check';
import type { Polygon } from 'geojson';
import { cellToParent, latLngToCell } from 'h3-js';
import { after, before, describe, it } from 'mocha';
import { AnalysisTooLarge } from '../../../server/analysis/estimate.ts';
import type { SummaryNumbers } from '../../../server/analysis/summary/numbers.ts';
import { summary } from '../../../server/analysis/summary.ts';
import { InvalidParameter } from '../../../server/core/errors.ts';
import { FULL_ACCESS } from '../../../server/query/filter.ts';
import { poissonInterval } from '../../../server/stats/garwood.ts';
import { ask, boxOf, publishRecords, testLayer, testRecord } from '../../support/analysis.ts';
import { migratedDatabase, type TestDatabase } from '../../support/database.ts';

const EVENTS = testLayer(
  'events',
  'point',
  [
    ['kind', 'string'],
    ['killed', 'integer'],
  ],
  {
    kind: 'kind',
    measures: ['killed'],
  },
);
const ROADS = testLayer('roads', 'line', [], { role: 'roads', time: null });
const AREAS = testLayer('areas', 'polygon', [], { role: 'control', time: null });
const UNITS = testLayer(
  'units',
  'polygon',
  [
    ['name', 'string'],
    ['pcode', 'string'],
  ],
  { role: 'boundaries', time: null },
);

/** Of a box of a degree by two on the equator, between parallels on the ellipsoid, km2: by the formula of `squareKm2` below. */
const AREA = 24_616.928;
/** Of a degree on the equator of WGS 84, km. */
const DEGREE = (6378.137 * Math.PI) / 180;
const point = (id: number, lon: number, lat: number, properties: Record<string, unknown> = {}) =>
  testRecord(id, { type: 'Point', coordinates: [lon, lat] }, { kind: 'a', killed: 1, ...properties });
const line = (id: number, ...coordinates: number[][]) => testRecord(id, { type: 'LineString', coordinates });
const unit = (id: number, box: readonly [number, number, number, number]) =>
  testRecord(id, boxOf(...box), { name: `Unit ${id}`, pcode: `U${id}` });

type Values = SummaryNumbers['units'][number]['values'][number];

describe('the summary by unit', () => {
  let database: TestDatabase;
  before(async () => {
    database = await migratedDatabase();
    await publishRecords(database, UNITS, [unit(1, [0, -1, 1, 1]), unit(2, [1, -1, 2, 1])]);
  });
  after(() => database.close());

  async function summarize(inputs: Record<string, unknown>, by?: Parameters<typeof ask>[3]) {
    const { result } = await ask(database, summary, inputs, by);
    return { ...result, numbers: result.numbers as SummaryNumbers };
  }
  const of = (numbers: SummaryNumbers, nth = 0) => ({
    units: Object.fromEntries(numbers.units.map(({ unit: id, values }) => [id, values[nth] as Values])),
    outside: numbers.outside[nth] as Values,
    total: numbers.total[nth] as SummaryNumbers['total'][number],
  });

  describe('of a few records', () => {
    before(async () => {
      await publishRecords(database, EVENTS, [
        point(1, 0.5, 0),
        // On the outline that both units share, and on a corner of it.
        point(2, 1, 0.25, { kind: 'b', killed: 5 }),
        point(3, 1, 1, { killed: null }),
        point(4, 1.5, 0, { precision_m: 200_000 }),
        point(5, 5, 5, { kind: null }),
        point(6, 1.5, 0.5, { handling: 'restricted' }),
      ]);
      await publishRecords(database, ROADS, [
        line(1, [-0.5, 0], [2.5, 0]),
        // Along the outline that both units share, half of it beyond them.
        line(2, [1, 0], [1, 2]),
      ]);
      await publishRecords(database, AREAS, [testRecord(1, boxOf(0.5, 0, 2.5, 0.5)), testRecord(2, boxOf(8, 8, 9, 9))]);
    });

    it('counts points once, also on shared outlines, and says what lies in no unit', async () => {
      const { numbers, caveats } = await summarize({});
      const { units, outside, total } = of(numbers);
      expect(units.U1).to.deep.include({ records: 3, by_kind: { a: 2, b: 1 }, sums: { killed: 6 }, imprecise: 0 });
      expect(units.U2).to.deep.include({ records: 1, by_kind: { a: 1 }, sums: { killed: 1 }, imprecise: 1 });
      expect(outside).to.deep.include({ records: 1, by_kind: { '': 1 }, sums: { killed: 1 } });
      expect(total).to.deep.include({ records: 5, sums: { killed: 8 }, units: 2, imprecise: 1 });
      expect(caveats.map(({ code }) => code)).to.deep.equal(['imprecise-for-units', 'low-count']);
    });

    it('counts what the caller may see', async () => {
      const { numbers } = await summarize({}, { access: FULL_ACCESS });
      expect(of(numbers).units.U2?.records).to.equal(2);
    });

    it('has rates with their exact interval over area and months', async () => {
      const { numbers } = await summarize({ datetime: '2022-01-01/2022-12-31' });
      const { units, total } = of(numbers);
      const area = numbers.units[0]?.area_km2 as number;
      expect(area).to.be.closeTo(AREA, 0.05);
      const months = 365 / (365.2425 / 12);
      expect(total.months).to.be.closeTo(months, 0.001);
      const { rate, lower, upper } = poissonInterval(3, (area / 1000) * months);
      expect(units.U1?.rate).to.be.closeTo(rate, 1e-6);
      expect(units.U1?.rate_lower).to.be.closeTo(lower, 1e-6);
      expect(units.U1?.rate_upper).to.be.closeTo(upper, 1e-6);
    });

    it('measures lines and polygons by what lies in each unit', async () => {
      const { numbers, features } = await summarize({ layers: ['roads', 'areas'] });
      const roads = of(numbers, 0);
      const half = 110.5743 / DEGREE;
      expect((roads.units.U1?.km as number) / DEGREE).to.be.closeTo(1 + half, 1e-5);
      expect((roads.units.U2?.km as number) / DEGREE).to.be.closeTo(1, 1e-5);
      expect((roads.outside.km as number) / DEGREE).to.be.closeTo(1 + half, 1e-4);
      expect(roads.units.U2?.records).to.equal(1);
      const areas = of(numbers, 1);
      expect(areas.units.U2?.km2).to.be.closeTo(2 * (areas.units.U1?.km2 as number), 0.01);
      expect(areas.total.km2).to.be.closeTo(
        (areas.units.U1?.km2 as number) + (areas.units.U2?.km2 as number) + (areas.outside.km2 as number),
        1e-9,
      );
      expect(features.units?.features[0]?.properties).to.include({
        unit: 'U1',
        name: 'Unit 1',
        length_km_1: roads.units.U1?.km,
      });
    });

    it('gives ground that areas share to the first, and says so', async () => {
      const areas = [{ geometry: boxOf(0, -1, 1.6, 1) }, { bbox: [0.4, -1, 2, 1] }];
      const { numbers, caveats } = await summarize({ layers: ['events', 'roads', 'areas'], areas });
      const events = of(numbers, 0);
      expect([events.units['1']?.records, events.units['2']?.records, events.outside.records]).to.deep.equal([4, 0, 1]);
      const roads = of(numbers, 1);
      expect((roads.units['2']?.km as number) / DEGREE).to.be.closeTo(0.4, 1e-5);
      expect(numbers.units[1]?.shared_km2).to.be.closeTo(1.2 * AREA, 1);
      expect(numbers.units[1]?.area_km2).to.be.closeTo(0.4 * AREA, 1);
      const ground = of(numbers, 2);
      expect((ground.units['1']?.km2 as number) / (ground.units['2']?.km2 as number)).to.be.closeTo(1.1 / 0.4, 1e-3);
      expect(caveats.map(({ code }) => code)).to.include('overlapping-units');
    });

    it('counts in a place only, and cuts units there', async () => {
      const place = { bbox: [0.25, -1, 1.25, 0.75] };
      const { numbers } = await summarize({ layers: ['events', 'roads', 'areas'], place });
      const events = of(numbers, 0);
      expect([events.units.U1?.records, events.units.U2?.records, events.total.records]).to.deep.equal([2, 0, 2]);
      const roads = of(numbers, 1);
      expect((roads.units.U1?.km as number) / DEGREE).to.be.closeTo(0.75 + (0.75 * 110.5743) / DEGREE, 1e-4);
      expect((roads.total.km as number) / DEGREE).to.be.closeTo(1 + (0.75 * 110.5743) / DEGREE, 1e-4);
      expect(roads.outside.km).to.equal(0);
      expect(of(numbers, 2).outside.km2).to.equal(0);
      expect(numbers.units[1]?.area_km2).to.be.closeTo(0.25 * 1.75 * 12_309, 3);
    });

    it('has of a window without events a rate of nought that may be as high as its interval says', async () => {
      const { numbers, caveats } = await summarize({ datetime: '1999-01-01/1999-12-31', step: 'year' });
      const { units, total } = of(numbers);
      expect(units.U1).to.include({ records: 0, rate: 0, rate_lower: 0 });
      const months = 365 / (365.2425 / 12);
      expect(units.U1?.rate_upper).to.be.closeTo(-Math.log(0.025) / ((AREA / 1000) * months), 1e-5);
      expect(total).to.deep.include({ records: 0, by_kind: {}, sums: { killed: 0 }, series: [0], units: 0 });
      expect(caveats.map(({ code }) => code)).to.deep.equal(['low-count', 'no-report']);
    });

    it('says in how many units and steps no event at all was reported, and nothing of what lasts', async () => {
      const silence = async (inputs: Record<string, unknown>) =>
        (await summarize(inputs)).caveats.find(({ code }) => code === 'no-report')?.text.en;
      expect(await silence({})).to.equal(undefined);
      const areas = [{ bbox: [0, -1, 1, 1] }, { bbox: [3, -1, 4, 1] }, { bbox: [6, 6, 7, 7] }];
      const layers = ['events', 'roads'];
      expect(await silence({ layers, areas })).to.match(/^No report is not calm: in 2 of 3 units nothing was reported/);
      expect(await silence({ layers: ['roads'], areas })).to.equal(undefined);
      const series = await silence({ datetime: '2020-01-01/2023-12-31', step: 'year', filter: 'killed > 4' });
      expect(series).to.include('in 1 of 2 units and in 3 of 4 years nothing that the question asks for was reported');
      // An imprecise event is a report. Of hexagons those that are not listed are not told.
      expect(await silence({ areas: [{ bbox: [1.4, -1, 1.6, 0.1] }] })).to.equal(undefined);
      expect(await silence({ layers: ['events', 'roads'], hexagons: 3 })).to.equal(undefined);
    });

    it('says when shapes of different times are added up', async () => {
      const codes = async (datetime: string) => {
        const layer = testLayer('held', 'polygon', [], { role: 'control', time: 'interval' });
        await publishRecords(database, layer, [
          testRecord(1, boxOf(0, 0, 1, 1), { valid_from: '2020-01-01', valid_to: null }),
        ]);
        return (await summarize({ layers: ['held'], datetime })).caveats.map(({ code }) => code);
      };
      expect(await codes('2021-01-01/..')).to.deep.equal(['successive-shapes']);
      expect(await codes('2021-01-01')).to.deep.equal([]);
    });

    it('tells it in both languages', async () => {
      const { text } = await summarize({ layers: ['events', 'roads'] });
      expect(text.en).to.match(
        /^Counted by Events\. Events: 4 in 2 of 2 units, 1 in none; most in Unit 1 \(3\) and Unit 2 \(1\)\. The highest rate of these: 3\.71 per 1,000 km² and month in Unit 1 \(95 % interval 0\.76 to 10\.8\d\)\. Events: 333 km in /,
      );
      expect(text.fr.replaceAll(/\s/g, ' ')).to.match(
        /^Décompte par unité : Événements\. Événements : 4 dans 2 unités sur 2, 1 hors de toute unité ; en tête : Unit 1 \(3\) et Unit 2 \(1\)\. Le taux le plus élevé de celles-ci : 3,71 par 1 000 km² et par mois \(Unit 1 ; intervalle à 95 % : 0,76 à 10,8\d\)/,
      );
    });

    it('names the same generations and gives the same bytes again', async () => {
      const first = await summarize({ layers: ['events', 'roads', 'areas'], step: 'year' });
      const { hash, ...receipt } = first.receipt;
      expect(receipt.inputs.generations).to.have.all.keys('events', 'roads', 'areas', 'units');
      await publishRecords(database, ROADS, [line(1, [0, 0], [0.1, 0])]);
      const again = await summarize(receipt.inputs);
      expect(JSON.stringify(again)).to.equal(JSON.stringify(first));
      expect((await summarize({ layers: ['roads'] })).receipt.hash).not.to.equal(hash);
    });

    it('refuses what cannot be counted by', async () => {
      const failing = async (inputs: Record<string, unknown>, pointer: string) => {
        const error = await summarize(inputs).then(
          () => undefined,
          (thrown: unknown) => thrown,
        );
        expect(error, pointer).to.be.instanceOf(InvalidParameter);
        expect((error as InvalidParameter).faults[0]?.pointer).to.equal(pointer);
      };
      await failing({ units: 'units', hexagons: 4 }, '/inputs/hexagons');
      await failing({ hexagons: 9 }, '/inputs/hexagons');
      await failing({ layers: ['areas'], hexagons: 8 }, '/inputs/hexagons');
      await failing({ units: 'roads' }, '/inputs/units');
      await failing({ place: { geometry: { type: 'Point', coordinates: [0, 0] } } }, '/inputs/place');
      await failing({ layers: ['roads'], step: 'month' }, '/inputs/step');
      await failing({ step: 'month', datetime: '1000-01-01/2022-01-01' }, '/inputs/step');
    });
  });

  it('makes a series of whole steps, marks those that are cut, and sets apart what is dated too roughly', async () => {
    const on = (id: number, from: string, to: string) => point(id, 0.5, 0, { valid_from: from, valid_to: to });
    await publishRecords(database, EVENTS, [
      on(1, '2022-01-20', '2022-01-21'),
      on(2, '2022-02-01', '2022-02-02'),
      ...Array.from({ length: 5 }, (_, index) => on(10 + index, `2022-02-2${index}`, `2022-02-2${index + 1}`)),
      on(3, '2022-02-28', '2022-03-01'),
      // Known to the month, and to the quarter.
      on(4, '2022-03-01', '2022-04-01'),
      on(5, '2022-01-01', '2022-04-01'),
      on(6, '2022-04-02', '2022-04-03'),
    ]);
    const { numbers, text, caveats } = await summarize({ datetime: '2022-01-15/2022-04-10', step: 'month' });
    expect(numbers.steps).to.deep.equal([
      { from: '2022-01-01', to: '2022-02-01', is_whole: false },
      { from: '2022-02-01', to: '2022-03-01', is_whole: true },
      { from: '2022-03-01', to: '2022-04-01', is_whole: true },
      { from: '2022-04-01', to: '2022-05-01', is_whole: false },
    ]);
    const { units, total } = of(numbers);
    expect(units.U1).to.deep.include({ records: 11, series: [1, 7, 1, 1], undated: 1 });
    expect(units.U2).to.deep.include({ records: 0, series: [0, 0, 0, 0], undated: 0 });
    expect(total.change).to.deep.include({
      earlier: 7,
      later: 1,
      earlier_step: '2022-02-01',
      later_step: '2022-03-01',
    });
    // By the day: February has 28 of them, March 31.
    expect(total.change?.ratio).to.be.closeTo(1 / 31 / (7 / 28), 1e-4);
    expect(text.en).to.include(
      'In the whole step from 1 March 2022: 1, in the one from 1 February 2022: 7; a day 0.13 times as many',
    );
    expect(caveats.map(({ code }) => code)).to.include('cut-steps');
    const quarters = await summarize({ datetime: '2022-01-01/2022-03-31', step: 'quarter' });
    expect(of(quarters.numbers).units.U1).to.deep.include({ records: 10, series: [10], undated: 0 });
    expect(quarters.numbers.steps).to.deep.equal([{ from: '2022-01-01', to: '2022-04-01', is_whole: true }]);
  });

  it('counts by collections whose fields are called as the queries call theirs', async () => {
    const names = [
      'unit',
      'first',
      'item',
      'line',
      'part',
      'taken',
      'place',
      'planar',
      'ends',
      'area',
      'piece',
      'value_1',
      'hit',
    ];
    const fields = [...names.map((name) => [name, 'string'] as const), ['records', 'integer'] as const];
    const own = Object.fromEntries(names.map((name) => [name, name]));
    const other = { role: 'places', time: null } as const;
    const odd = {
      points: testLayer('odd_points', 'point', fields, { ...other, kind: 'unit', measures: ['records'] }),
      lines: testLayer('odd_lines', 'line', fields, other),
      areas: testLayer('odd_areas', 'polygon', fields, other),
    };
    const properties = { ...own, records: 7 };
    await publishRecords(database, odd.points, [testRecord(1, { type: 'Point', coordinates: [0.5, 0] }, properties)]);
    const shape = {
      type: 'LineString',
      coordinates: [
        [0, 0],
        [0.5, 0],
      ],
    };
    await publishRecords(database, odd.lines, [testRecord(1, shape, properties)]);
    await publishRecords(database, odd.areas, [testRecord(1, boxOf(0, 0, 1, 1), properties)]);
    const layers = ['odd_points', 'odd_lines', 'odd_areas'];
    for (const by of [
      { units: 'odd_areas' },
      { hexagons: 3 },
      { units: 'odd_areas', place: { bbox: [-1, -1, 2, 2] } },
    ]) {
      const { numbers } = await summarize({ layers, ...by });
      expect(of(numbers).total, JSON.stringify(by)).to.deep.include({
        records: 1,
        by_kind: { unit: 1 },
        sums: { records: 7 },
      });
      expect((of(numbers, 1).total.km as number) / DEGREE).to.be.closeTo(0.5, 1e-4);
    }
  });

  const place = fc
    .tuple(fc.integer({ min: -8, max: 24 }), fc.integer({ min: -8, max: 24 }))
    .map(([x, y]) => [x / 8, y / 8] as [number, number]);
  const boxes = fc.array(
    fc
      .tuple(place, fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 }))
      .map(([[west, south], width, height]) => [west, south, west + width / 8, south + height / 8] as const),
    { minLength: 1, maxLength: 6 },
  );
  const covers = ([west, south, east, north]: readonly number[], [x, y]: readonly number[]) =>
    (west as number) <= (x as number) &&
    (x as number) <= (east as number) &&
    (south as number) <= (y as number) &&
    (y as number) <= (north as number);

  /** Of a square of an eighth of a degree, km2, from its southern edge: between parallels on the ellipsoid, exact. */
  const squareKm2 = (south: number) => {
    const e = Math.sqrt((2 - 1 / 298.257223563) / 298.257223563);
    const zone = (degrees: number) => {
      const sine = Math.sin((degrees * Math.PI) / 180);
      return sine / (1 - e * e * sine * sine) + Math.log((1 + e * sine) / (1 - e * sine)) / (2 * e);
    };
    return ((6378.137 ** 2 * (1 - e * e)) / 2) * (Math.PI / 180 / 8) * (zone(south + 1 / 8) - zone(south));
  };
  const squaresOf = ([west, south, east, north]: readonly [number, number, number, number]) => {
    const squares: [number, number][] = [];
    for (let x = west; x < east; x += 1 / 8) for (let y = south; y < north; y += 1 / 8) squares.push([x, y]);
    return squares;
  };
  const middle = ([x, y]: readonly [number, number]) => [x + 1 / 16, y + 1 / 16];

  for (const seed of [1, 2]) {
    it(`agrees with counting one by one, whatever overlaps or touches, and adds up (${seed})`, async () => {
      const [points] = fc.sample(fc.array(place, { minLength: 80, maxLength: 80 }), { numRuns: 1, seed }) as [
        [number, number][],
      ];
      const [path] = fc.sample(fc.array(place, { minLength: 6, maxLength: 6 }), { numRuns: 1, seed }) as [
        [number, number][],
      ];
      const [shapes] = fc.sample(boxes, { numRuns: 1, seed }) as [(readonly [number, number, number, number])[]];
      await publishRecords(
        database,
        EVENTS,
        points.map(([x, y], index) => point(index + 1, x, y, { killed: index })),
      );
      await publishRecords(database, ROADS, [line(1, ...path)]);
      await publishRecords(
        database,
        AREAS,
        shapes.map((box, index) => testRecord(index + 1, boxOf(...box))),
      );
      await fc.assert(
        fc.asyncProperty(boxes, async (units) => {
          const areas = units.map((box) => ({ geometry: boxOf(...box) }));
          const { numbers } = await summarize({ layers: ['events', 'roads', 'areas'], areas });
          const firstOf = (at: readonly number[]) => units.findIndex((box) => covers(box, at));
          const [events, roads, ground] = [of(numbers, 0), of(numbers, 1), of(numbers, 2)];
          const found = points.map(firstOf);
          for (const nth of units.keys()) {
            const mine = found.flatMap((unit, index) => (unit === nth ? [index] : []));
            expect(events.units[nth + 1]?.records ?? 0).to.equal(mine.length);
            expect(events.units[nth + 1]?.sums?.killed ?? 0).to.equal(mine.reduce((sum, index) => sum + index, 0));
            const squares = shapes.flatMap(squaresOf).filter((square) => firstOf(middle(square)) === nth);
            const km2 = squares.reduce((sum, [, south]) => sum + squareKm2(south), 0);
            expect(ground.units[nth + 1]?.km2 ?? 0).to.be.closeTo(km2, 0.001 + km2 * 1e-5);
            const own = squaresOf(units[nth] as (typeof units)[number]).filter(
              (square) => firstOf(middle(square)) === nth,
            );
            const shown = numbers.units.find(({ unit: id }) => id === String(nth + 1))?.area_km2 ?? 0;
            const ownKm2 = own.reduce((sum, [, south]) => sum + squareKm2(south), 0);
            expect(shown).to.be.closeTo(ownKm2, 0.001 + ownKm2 * 1e-5);
          }
          expect(events.outside.records).to.equal(found.filter((unit) => unit < 0).length);
          for (const [nth, key] of (['records', 'km', 'km2'] as const).entries()) {
            const each = of(numbers, nth);
            const parts = [...Object.values(each.units), each.outside].map((values) => values[key] ?? 0);
            expect(parts.reduce((sum, part) => sum + part, 0)).to.be.closeTo(each.total[key] ?? 0, 1e-9);
          }
          // A thousand places along each piece of the road, of which few lie so near to an outline that the curve matters.
          const lengths = new Map<number, number>();
          for (const [index, to] of path.entries()) {
            const from = path[index - 1];
            if (!from) continue;
            const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
            for (let step = 0; step < 1000; step++) {
              const at = [from[0] + ((step + 0.5) / 1000) * dx, from[1] + ((step + 0.5) / 1000) * dy];
              const length = Math.hypot(dx * DEGREE * Math.cos(((at[1] as number) * Math.PI) / 180), dy * 110.6) / 1000;
              lengths.set(firstOf(at), (lengths.get(firstOf(at)) ?? 0) + length);
            }
          }
          const total = roads.total.km as number;
          expect([...lengths.values()].reduce((sum, each) => sum + each, 0)).to.be.closeTo(total, total * 0.001);
          for (const nth of [-1, ...units.keys()]) {
            const km = nth < 0 ? roads.outside.km : roads.units[nth + 1]?.km;
            expect(km ?? 0, `road in ${nth}`).to.be.closeTo(lengths.get(nth) ?? 0, total * 0.004);
          }
        }),
        { numRuns: 15, seed },
      );
    });
  }

  it('counts by hexagon what H3 puts there', async () => {
    const random = fc.sample(
      fc.tuple(fc.double({ min: -5, max: 3, noNaN: true }), fc.double({ min: 12, max: 18, noNaN: true })),
      { numRuns: 400, seed: 3 },
    );
    await publishRecords(
      database,
      EVENTS,
      random.map(([x, y], index) => point(index + 1, x, y)),
    );
    await publishRecords(database, ROADS, [line(1, [-5, 12], [3, 18]), line(2, [179.5, 0], [-179.5, 0.2])]);
    const { numbers } = await summarize({ layers: ['events'], hexagons: 4 });
    const wanted = new Map<string, number>();
    for (const [x, y] of random) {
      // As the server stores it: the parent of the cell at resolution 9, which may be another than that of the place itself.
      const cell = cellToParent(latLngToCell(y, x, 9), 4);
      wanted.set(cell, (wanted.get(cell) ?? 0) + 1);
    }
    const found = new Map(numbers.units.map(({ unit: id, values }) => [id, values[0]?.records]));
    expect([...found].sort()).to.deep.equal([...wanted].sort());
    expect(of(numbers).outside.records).to.equal(0);
    // A place cuts the hexagons: what is counted in one then lies in the outline of which the area is told.
    const place = { bbox: [-3.3, 13.2, 0.7, 16.9] };
    const inPlace = random.filter(([x, y]) => x >= -3.3 && x <= 0.7 && y >= 13.2 && y <= 16.9);
    const cut = await summarize({ layers: ['events'], hexagons: 4, place });
    for (const { properties, geometry } of cut.features.units?.features ?? []) {
      const inside = inPlace.filter((at) => booleanPointInPolygon(at, geometry as Polygon));
      expect(properties?.records, properties?.unit).to.equal(inside.length);
    }
    expect(of(cut.numbers).total.records).to.equal(inPlace.length);
    expect(of(cut.numbers).outside.records).to.equal(0);
    const lines = await summarize({ layers: ['roads'], hexagons: 3 });
    const roads = of(lines.numbers);
    expect(roads.outside.km).to.be.closeTo(0, 0.01);
    const whole = await summarize({ layers: ['roads'], areas: [{ bbox: [-180, -90, 180, 90] }] });
    expect(roads.total.km).to.be.closeTo(of(whole.numbers).total.km as number, 0.02);
  });

  it('refuses more numbers than one answer can have, before it counts, and names the limit', async () => {
    const grid = Array.from({ length: 225 }, (_, index) => [index % 15, Math.floor(index / 15)] as [number, number]);
    await publishRecords(
      database,
      EVENTS,
      grid.map(([x, y], index) => point(index + 1, x, y)),
    );
    const squares = testLayer('squares', 'polygon', [], { role: 'places', time: null });
    await publishRecords(
      database,
      squares,
      grid.map(([x, y], index) => testRecord(index + 1, boxOf(x, y, x + 1, y + 1))),
    );
    const asked: string[] = [];
    const run: TestDatabase['run'] = (query) => {
      asked.push(query.text);
      return database.run(query);
    };
    for (const by of [{ hexagons: 4 }, { units: 'squares' }]) {
      asked.length = 0;
      const inputs = { layers: ['events'], datetime: '1983-01-01/2022-12-31', step: 'month', ...by };
      const error = await ask({ run }, summary, inputs).then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      expect(error).to.be.instanceOf(InvalidParameter);
      const [fault] = (error as InvalidParameter).faults;
      expect(fault?.pointer).to.equal('/inputs/step');
      expect(fault?.detail).to.match(
        /^Units: 225, collections: 1, steps: 480\. This makes about 110,250 numbers; at most 100,000/,
      );
      expect(asked.filter((text) => text.includes('group_step'))).to.deep.equal([]);
    }
  });

  it('weighs the outlines of units and where they overlap, and asks that one comes back for what takes long', async () => {
    const star = (middle: number, radius: number) => {
      const ring = Array.from({ length: 400 }, (_, index): [number, number] => {
        const angle = (index / 200) * Math.PI;
        return [middle + radius * Math.cos(angle), radius * Math.sin(angle)];
      });
      return { type: 'Polygon', coordinates: [[...ring, ring[0]]] };
    };
    const rings = testLayer('rings', 'polygon', [], { role: 'places', time: null });
    const put = (step: number) =>
      publishRecords(
        database,
        rings,
        Array.from({ length: 120 }, (_, index) => testRecord(index + 1, star(index * step, 0.2))),
      );
    const inputs = { layers: ['events'], units: 'rings' };
    await put(0.5);
    expect((await summarize(inputs)).numbers.units.length).to.equal(120);
    await put(0.001);
    const error = await summarize(inputs).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error).to.be.instanceOf(AnalysisTooLarge);
    // Those that meet a place are fewer.
    const near = await summarize({ ...inputs, place: { bbox: [-0.21, -0.1, -0.18, 0.1] } });
    expect(near.numbers.units.length).to.be.greaterThan(0);
  });
});
