import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import geodesic from 'geographiclib-geodesic';
import type { Feature, FeatureCollection, Point } from 'geojson';
import { after, before, describe, it } from 'mocha';
import type { z } from 'zod';
import type { TRACE_NUMBERS } from '../../../server/analysis/trace/numbers.ts';
import { trace } from '../../../server/analysis/trace.ts';
import { InvalidParameter } from '../../../server/core/errors.ts';
import { LayerSchema, RECORD_FIELDS, RESERVED_NAMES } from '../../../server/core/layer.ts';
import { FULL_ACCESS } from '../../../server/query/filter.ts';
import { ask, boxOf, publishRecords, testLayer, testRecord } from '../../support/analysis.ts';
import { GEODATA, migratedDatabase, seededDatabase, type TestDatabase } from '../../support/database.ts';
import { leastDistance } from '../../support/geodesic.ts';
import { expectGolden } from '../../support/golden.ts';

type Numbers = z.output<typeof TRACE_NUMBERS>;
type Stop = Numbers['lots'][number]['stops'][number];

const FACTS = path.resolve(GEODATA, '../../shared/geodata/facts.jsonl');

const at = (lon: number, lat: number) => ({ type: 'Point', coordinates: [lon, lat] });
const days = (from: string | null, to: string | null) => ({ valid_from: from, valid_to: to });

describe('tracing materiel', () => {
  describe('over a made-up country', () => {
    let database: TestDatabase;
    const materiel = testLayer(
      'finds',
      'point',
      [
        ['lot', 'string'],
        ['event', 'string'],
        ['place', 'string'],
      ],
      { role: 'materiel' },
    );
    const control = testLayer(
      'areas',
      'polygon',
      [
        ['actor', 'string'],
        ['control', 'string'],
      ],
      { role: 'control', time: 'interval', nature: 'approximate' },
    );
    const rivers = testLayer('streams', 'line', [['name', 'string']], { role: 'rivers', time: null });
    const line = (...coordinates: [number, number][]) => ({ type: 'LineString', coordinates });

    before(async () => {
      database = await migratedDatabase();
      let item = 0;
      const found = (lot: string | null, event: string, lon: number, lat: number, other: Record<string, unknown>) => {
        item += 1;
        return testRecord(item, at(lon, lat), {
          lot,
          event,
          place: null,
          precision_m: 0,
          record_id: `f${item}`,
          ...other,
        });
      };
      await publishRecords(database, materiel, [
        // Along the equator: one degree is 111.319491 km.
        found('equator', 'diversion', 0, 0, days('2016-01-01', '2016-02-01')),
        found('equator', 'recovery', 1, 0, { ...days('2016-02-01', '2016-02-02'), precision_m: 10_000 }),
        found('equator', 'seizure', 3, 0, {
          ...days('2016-03-01', '2016-03-02'),
          precision_m: 150_000,
          note: 'Read this.',
        }),
        found('equator', 'recovery', 3, 0, { ...days(null, null), precision_m: 1_000 }),
        found('equator', 'recovery', 5, 0, days('2015-12-01', '2016-01-01')),
        found('equator', 'recovery', 9, 0, { ...days('2017-01-01', '2017-01-02'), handling: 'restricted' }),
        found('finds only', 'recovery', 0, 1, days('2016-01-01', '2016-01-02')),
        found('finds only', 'recovery', 0, 1, days('2016-01-01', '2016-01-02')),
        found('two origins', 'diversion', 0, 2, days('2014-01-01', '2014-01-02')),
        found('two origins', 'diversion', 1, 2, days('2013-01-01', '2013-01-02')),
        found('over the line', 'diversion', 179, 10, days('2014-01-01', '2014-01-02')),
        found('over the line', 'recovery', -179, 12, days('2015-01-01', '2015-01-02')),
        found('secret', 'diversion', 0, 0, { ...days('2015-01-01', '2015-01-02'), handling: 'restricted' }),
        found(null, 'seizure', 0, 0, days('2015-01-01', '2015-01-02')),
      ]);
      const area = (id: number, west: number, actor: string | null, valid: Record<string, unknown>) =>
        testRecord(id, boxOf(west, -1, west + 1, 0), { actor, control: 'holds', ...valid });
      await publishRecords(database, control, [
        // The equator is their northern edge; the first two share the edge on which the point at 1 0 lies.
        area(1, 0, 'West', days('2010-01-01', '2016-01-10')),
        area(2, 1, 'East', days('2010-01-01', null)),
        area(3, 0, 'Later', days('2016-01-10', null)),
        area(4, 4, null, days('2010-01-01', null)),
        area(5, 2.5, 'Ended', days('2010-01-01', '2016-03-01')),
      ]);
      await publishRecords(database, rivers, [
        testRecord(1, line([0.5, -5], [0.5, 5]), { name: 'Straight', precision_m: 1_000 }),
        testRecord(2, line([0.5, -1], [1.5, 0], [0.5, 1]), { name: 'Straight (arms)', precision_m: 1_000 }),
        testRecord(3, line([10, 0], [11, 0]), { name: 'Twice' }),
        testRecord(4, line([10, 1], [11, 1]), { name: 'twice' }),
        testRecord(
          5,
          {
            type: 'MultiLineString',
            coordinates: [
              [
                [0, 8],
                [1, 8],
              ],
              [
                [2, 8],
                [3, 8],
              ],
            ],
          },
          { name: 'Torn' },
        ),
      ]);
    });
    after(() => database.close());

    const traced = async (inputs: Record<string, unknown> = {}, by: Parameters<typeof ask>[3] = {}) => {
      const { result } = await ask(database, trace, { river: 'Straight', ...inputs }, by);
      return { ...result, numbers: result.numbers as Numbers, codes: result.caveats.map(({ code }) => code) };
    };
    const lotOf = ({ lots }: Numbers, name: string) => {
      const lot = lots.find((each) => each.lot === name);
      if (!lot) throw new Error(`no lot ${name}`);
      return lot;
    };
    const stopOf = (numbers: Numbers, record: string): Stop => {
      const stop = numbers.lots.flatMap(({ stops }) => stops).find((each) => each.record === record);
      if (!stop) throw new Error(`no stop ${record}`);
      return stop;
    };

    it('measures the path, its steps and the days, each with its bounds', async () => {
      const { numbers } = await traced({ lots: ['equator'] });
      const lot = lotOf(numbers, 'equator');
      expect(lot.stops.map(({ record, place_in_path }) => [record, place_in_path])).to.deep.equal([
        ['f1', 'origin'],
        ['f2', 'find'],
        ['f3', 'find'],
        ['f5', 'before_diversion'],
        ['f4', 'undated'],
      ]);
      const [, first, second, tooEarly, undated] = lot.stops;
      expect(first?.leg).to.deep.equal({ km: 111.3, km_min: 101.3, km_max: 121.3, order_known: true });
      expect(first?.days).to.deep.equal({ min: 1, max: 31 });
      expect(second?.leg).to.deep.equal({ km: 222.6, km_min: 62.6, km_max: 382.6, order_known: true });
      expect(second?.from_origin).to.deep.equal({ km: 334, km_min: 184, km_max: 484 });
      expect(second?.days).to.deep.equal({ min: 30, max: 60 });
      expect(lot.path).to.deep.equal({ km: 334, km_min: 164, km_max: 504 });
      expect(lot.days).to.deep.equal({ min: 30, max: 60 });
      expect(undated?.from_origin).to.deep.equal({ km: 334, km_min: 333, km_max: 335 });
      for (const each of [undated, tooEarly]) expect([each?.leg, each?.days]).to.deep.equal([undefined, undefined]);
      const { diversions, finds, order_unknown } = lot;
      expect({ diversions, finds, order_unknown }).to.deep.equal({ diversions: 1, finds: 4, order_unknown: 0 });
    });

    it('adds up: the path is the sum of its steps', async () => {
      const { numbers } = await traced();
      for (const { path: whole, stops, lot } of numbers.lots) {
        const sum = stops.reduce((total, { leg }) => total + (leg?.km ?? 0), 0);
        expect(whole?.km ?? 0, lot).to.be.closeTo(sum, 0.1 * stops.length);
      }
    });

    it('says who is recorded on the ground at that time, on an outline both, and who else may be within the precision', async () => {
      const { numbers } = await traced();
      const holders = (record: string) => {
        const { held_by, perhaps_held_by } = stopOf(numbers, record);
        const told = (list: Stop['held_by']) => list.map(({ actor, throughout }) => `${actor}${throughout ? '' : '*'}`);
        return [told(held_by), told(perhaps_held_by)];
      };
      expect(holders('f1')).to.deep.equal([['Later*', 'West*'], []]);
      expect(holders('f2')).to.deep.equal([['East', 'Later'], []]);
      // What ended on its day is no more, and what has no name is said to have none.
      expect(holders('f3')).to.deep.equal([[], ['East', 'not named']]);
      expect(holders('f5')).to.deep.equal([['not named'], []]);
      // Of no day nobody can say who held the ground.
      expect(holders('f4')).to.deep.equal([[], []]);
      expect(holders('f9')).to.deep.equal([[], []]);
    });

    it('says on which bank a place lies, and whether that is certain', async () => {
      const { numbers } = await traced();
      const bank = (record: string) => {
        const { river } = stopOf(numbers, record);
        return river && [river.bank, river.bank_known, river.km, river.towards];
      };
      expect(bank('f1')).to.deep.equal(['left', true, 55.7, 'W']);
      // Between the river and its arm, which is 0.35 degrees away.
      expect(bank('f2')).to.deep.equal(['between', true, 55.7, 'E']);
      expect(bank('f3')).to.deep.equal(['right', true, 278.3, 'E']);
      expect(bank('f11')).to.equal(undefined);
      const far = await traced({ river_reach_km: 200 });
      expect(stopOf(far.numbers, 'f3').river).to.equal(undefined);
      const alone = await traced({ river_arms: 'none' });
      expect(stopOf(alone.numbers, 'f2').river?.bank).to.equal('right');
    });

    it('is not certain of a bank within the precision of the place and the river together', async () => {
      const near = { ...materiel, id: 'near_finds' };
      const place = (id: number, precision_m: number) =>
        testRecord(id, at(0.4, 3), {
          ...days('2016-01-01', '2016-01-02'),
          lot: 'near',
          event: 'recovery',
          place: null,
          precision_m,
        });
      await publishRecords(database, near, [place(1, 10_000), place(2, 10_200)]);
      const { numbers } = await traced({ materiel: 'near_finds' });
      const { s12 = 0 } = geodesic.Geodesic.WGS84.Inverse(3, 0.4, 3, 0.5);
      expect(s12).to.be.within(11_000, 11_200);
      expect(numbers.lots[0]?.stops.map(({ river }) => river?.bank_known)).to.deep.equal([true, false]);
      expect(lotOf(numbers, 'near').first_on_left_bank).to.deep.equal({
        ...{ record: '1', first_day: '2016-01-01', last_day: '2016-01-01', bank_known: true, perhaps_earlier: 0 },
      });
      await publishRecords(database, near, []);
    });

    it('says what it does not know', async () => {
      const { codes, text, numbers } = await traced();
      expect(codes).to.deep.equal([
        ...['approximate', 'no-route', 'order', 'alike', 'no-diversion', 'several-diversions', 'undated'],
        ...['before-diversion', 'not-recorded', 'remarks', 'without-lot', 'no-lots'].filter(
          (code) => code !== 'no-lots',
        ),
      ]);
      expect(numbers.without_lot).to.equal(1);
      expect(text.en).to.include('No diversion is recorded of finds only');
      expect(text.en).to.include('Several diversions are recorded of two origins');
      expect(text.en).to.include('Lot two origins: diverted at “f10” (1 January 2013). No find of it is recorded.');
      expect(text.fr).to.include('Lot two origins\u00a0: détournement à «\u00a0f10\u00a0» (1er janvier 2013).');
      const { codes: without } = await traced({ river: 'Nowhere', control: [], lots: ['equator', 'unheard of'] });
      expect(without).to.include.members(['no-river', 'no-control', 'lot-not-found']);
    });

    it('gives lines and points, all of whose properties are described and may be kept', async () => {
      const { parts } = await ask(database, trace, { river: 'Straight' });
      const names = new Set([...RESERVED_NAMES, ...RECORD_FIELDS.map(({ name }) => name)]);
      for (const { fields, features, geometry } of parts) {
        const known = new Set(fields.map(({ name }) => name));
        expect([...known].filter((name) => names.has(name))).to.deep.equal([]);
        for (const { properties, geometry: shape } of features) {
          expect(Object.keys(properties ?? {}).filter((name) => !known.has(name))).to.deep.equal([]);
          expect(Object.values(properties ?? {})).not.to.include(null);
          expect(shape.type.toLowerCase()).to.include(geometry);
        }
        const style = geometry === 'point' ? { type: 'circle', color: '#112233' } : { type: 'line', color: '#112233' };
        const kept = { ...materiel, id: 'kept', geometry, style, fields };
        expect(LayerSchema.safeParse(kept).error?.message).to.equal(undefined);
      }
      const [points, lines] = parts;
      expect(points?.features).to.have.length(11);
      // Of two finds of one place there is no line between.
      expect(lines?.features.map(({ properties }) => properties?.lot)).to.deep.equal([
        'equator',
        'equator',
        'over the line',
      ]);
    });

    it('cuts a line over the antimeridian there, and measures the short way', async () => {
      const { features, numbers } = await traced({ lots: ['over the line'] });
      expect(features.path?.features[0]?.geometry).to.deep.equal({
        type: 'MultiLineString',
        coordinates: [
          [
            [179, 10],
            [180, 11],
          ],
          [
            [-180, 11],
            [-179, 12],
          ],
        ],
      });
      const { s12 = 0 } = geodesic.Geodesic.WGS84.Inverse(10, 179, 12, -179);
      expect(lotOf(numbers, 'over the line').path?.km).to.be.closeTo(s12 / 1e3, 0.051);
    });

    it('shows nothing of what the caller may not see, and answers as if it were not there', async () => {
      const { numbers, text } = await traced({ lots: ['secret', 'equator'] });
      expect(numbers.lots.map(({ lot }) => lot)).to.deep.equal(['equator']);
      expect(JSON.stringify(numbers)).not.to.include('f6');
      expect(text.en).to.include('No record of secret was found.');
      const { numbers: all } = await traced({ lots: ['secret', 'equator'] }, { access: FULL_ACCESS });
      expect(all.lots.map(({ lot }) => lot)).to.deep.equal(['equator', 'secret']);
      expect(lotOf(all, 'equator').finds).to.equal(5);
    });

    it('is narrowed by place, time, filter and precision, and counts what is too imprecise', async () => {
      const records = async (inputs: object) => {
        const { numbers } = await traced({ lots: ['equator'], ...inputs });
        return numbers.lots.flatMap(({ stops }) => stops.map(({ record }) => record));
      };
      expect(await records({ place: { bbox: [-1, -1, 2, 1] } })).to.deep.equal(['f1', 'f2']);
      // What has no days may have been then.
      expect(await records({ datetime: '2016-02-01/..' })).to.deep.equal(['f2', 'f3', 'f4']);
      expect(await records({ filter: "event = 'diversion'" })).to.deep.equal(['f1']);
      expect(await records({ max_precision_m: 50_000 })).to.deep.equal(['f1', 'f2', 'f5', 'f4']);
      const { text } = await traced({ lots: ['equator'], max_precision_m: 50_000 });
      expect(text.en).to.include('1 record is left out: the position is not known to within 50 km.');
    });

    it('refuses a river that is not one line, and collections of another role', async () => {
      const faults = async (inputs: object): Promise<string> => {
        try {
          await traced({ ...inputs });
        } catch (error) {
          expect(error).to.be.instanceOf(InvalidParameter);
          const [fault] = (error as InvalidParameter).faults;
          return `${fault?.pointer}: ${fault?.detail}`;
        }
        throw new Error('it was taken');
      };
      expect(await faults({ river: 'Twice' }))
        .to.include('/inputs/river')
        .and.include('several records');
      expect(await faults({ river: 'Torn' }))
        .to.include('/inputs/river')
        .and.include('2 parts');
      expect(await faults({ materiel: 'areas' })).to.include('/inputs/materiel');
      expect(await faults({ river_reach_km: 0 })).to.include('>=1');
      expect(await faults({ lots: [] })).to.include('/inputs/lots');
    });

    it('gives the same bytes to its receipt', async () => {
      const { result } = await ask(database, trace, { river: 'Straight' });
      const again = await ask(database, trace, JSON.parse(JSON.stringify(result.receipt.inputs)));
      expect(JSON.stringify(again.result)).to.equal(JSON.stringify(result));
    });

    it('finds who may hold the ground within any precision, up to the poles and over the antimeridian', async () => {
      const [spots, held] = [
        { ...materiel, id: 'any_finds' },
        { ...control, id: 'any_areas' },
      ];
      const inside = fc.double({ min: 0, max: 1, noNaN: true });
      const any = fc.record({
        ...{ lon: fc.constantFrom(-178, -3, 178.5), lat: fc.constantFrom(-83, 15, 60, 83) },
        spots: fc.array(fc.tuple(inside, inside, fc.integer({ min: 0, max: 300_000 })), { minLength: 1, maxLength: 6 }),
        areas: fc.array(fc.tuple(inside, inside), { minLength: 1, maxLength: 6 }),
      });
      await fc.assert(
        fc.asyncProperty(any, async (given) => {
          const boxes = given.areas.map(([x, y]) => {
            const [west, south] = [given.lon - 2 + 3 * x, given.lat - 2 + 3 * y];
            return [west, south, west + 0.3, south + 0.3] as const;
          });
          const points = given.spots.map(([x, y]) => {
            const lon = given.lon + 4 * (x - 0.5);
            return [lon > 180 ? lon - 360 : lon < -180 ? lon + 360 : lon, given.lat + 4 * (y - 0.5)] as const;
          });
          const clear = boxes.every(([west, , east]) => west >= -180 && east <= 180);
          fc.pre(clear);
          await publishRecords(
            database,
            held,
            boxes.map((box, index) =>
              testRecord(index + 1, boxOf(...box), {
                actor: `a${index}`,
                control: 'holds',
                ...days('2010-01-01', null),
              }),
            ),
          );
          await publishRecords(
            database,
            spots,
            points.map(([x, y], index) =>
              testRecord(index + 1, at(x, y), {
                ...{ lot: 'any', event: 'recovery', place: null, precision_m: given.spots[index]?.[2] ?? 0 },
                ...days(`${2011 + index}-01-01`, `${2011 + index}-01-02`),
              }),
            ),
          );
          const { numbers } = await traced({ materiel: 'any_finds', control: 'any_areas', river: 'Nowhere' });
          for (const [index, [x, y]] of points.entries()) {
            const stop = numbers.lots[0]?.stops[index];
            const told = [...(stop?.held_by ?? []), ...(stop?.perhaps_held_by ?? [])].map(({ actor }) => actor);
            for (const [nth, [west, south, east, north]] of boxes.entries()) {
              const isWithin = x >= west && x <= east && y >= south && y <= north;
              const ring = boxOf(west, south, east, north).coordinates[0] as [number, number][];
              const away = leastDistance(ring, [x, y]);
              const off = given.spots[index]?.[2] ?? 0;
              if (!isWithin && Math.abs(away - off) < Math.max(10, away * 1e-4)) continue;
              expect(told.includes(`a${nth}`), `${x} ${y} ${off} ${away} ${boxes[nth]}`).to.equal(
                isWithin || away < off,
              );
            }
          }
        }),
        {
          numRuns: 15,
          // Smaller ones take a publication each.
          endOnFailure: true,
          // A find just beyond the antimeridian, and an area just before it.
          examples: [[{ lon: 178.5, lat: 15, spots: [[0.95, 0.5, 200_000]], areas: [[1, 0.7]] }]],
        },
      );
    });

    it('measures any path as GeographicLib does', async () => {
      const random = { ...materiel, id: 'random_finds' };
      const lon = fc.double({ min: -180, max: 180, noNaN: true });
      const lat = fc.double({ min: -80, max: 80, noNaN: true });
      const any = fc.array(fc.tuple(lon, lat, fc.integer({ min: 0, max: 500_000 })), { minLength: 2, maxLength: 12 });
      await fc.assert(
        fc.asyncProperty(any, async (places) => {
          const records = places.map(([x, y, precision_m], index) => {
            const year = 2000 + index;
            const own = { lot: 'any', event: index === 0 ? 'diversion' : 'recovery', place: null, precision_m };
            return testRecord(index + 1, at(x, y), { ...own, ...days(`${year}-01-01`, `${year}-01-02`) });
          });
          await publishRecords(database, random, records);
          const { numbers } = await traced({ materiel: 'random_finds', river: 'Nowhere' });
          let whole = 0;
          for (const [index, [x, y, precision]] of places.entries()) {
            const before = places[index - 1];
            if (!before) continue;
            const { s12 = Number.NaN } = geodesic.Geodesic.WGS84.Inverse(before[1], before[0], y, x);
            whole += s12;
            const leg = numbers.lots[0]?.stops[index]?.leg;
            expect(leg?.km).to.be.closeTo(s12 / 1e3, 0.06);
            expect(leg?.km_max).to.be.closeTo((s12 + precision + before[2]) / 1e3, 0.06);
            expect(leg?.km_min).to.be.closeTo(Math.max(0, s12 - precision - before[2]) / 1e3, 0.06);
          }
          expect(numbers.lots[0]?.path?.km).to.be.closeTo(whole / 1e3, 0.06);
        }),
        { numRuns: 15, endOnFailure: true },
      );
    });
  });

  describe('over the documented finds', () => {
    let database: TestDatabase;
    before(async () => {
      database = await seededDatabase();
    });
    after(() => database.close());

    it('is what UNIDIR has in Box 4 and Map 3, as far as the records go', async () => {
      const { result } = await ask(database, trace, { lots: ['youwarou-2016'] });
      expectGolden('trace-youwarou.txt', written(result.numbers as Numbers, result.text, result.features));
    });

    it('has the places and days of the facts', async function () {
      if (!existsSync(FACTS)) {
        console.log('        skipped: ../shared/geodata/facts.jsonl is not there');
        return this.skip();
      }
      const facts = new Map(
        readFileSync(FACTS, 'utf8')
          .trim()
          .split('\n')
          .map((text) => JSON.parse(text) as { id: string; lon: number; lat: number; date: string; locator: string })
          .map((fact) => [fact.id, fact]),
      );
      const { result } = await ask(database, trace, { lots: ['youwarou-2016'] });
      const [lot] = (result.numbers as Numbers).lots;
      const features = result.features.points?.features ?? [];
      expect(lot?.stops.map(({ record }) => record.split('/')[1])).to.deep.equal([
        'D059',
        'D058',
        'D060',
        'D061',
        'D062',
      ]);
      for (const [index, stop] of (lot?.stops ?? []).entries()) {
        const fact = facts.get(stop.record.split('/')[1] ?? '');
        const { geometry } = features[index] as Feature<Point>;
        expect(geometry.coordinates).to.deep.equal([fact?.lon, fact?.lat]);
        const [from = '', to = from] = (fact?.date ?? '').split('/');
        expect(stop.first_day?.startsWith(from), `${stop.record} from ${from}`).to.equal(true);
        expect(stop.last_day?.startsWith(to), `${stop.record} until ${to}`).to.equal(true);
        expect(String(features[index]?.properties?.cited)).to.include(fact?.locator.split(';')[0] ?? '-');
      }
      // "North of the Niger only from 2021": the first find that is set on the left bank, and none of that before.
      expect(lot?.first_on_left_bank?.first_day).to.equal('2021-01-01');
      const before2021 = lot?.stops.filter(
        ({ event, first_day }) => event !== 'diversion' && (first_day ?? '') < '2021',
      );
      expect(before2021?.map(({ river }) => river?.bank)).to.deep.equal(['right', 'right', 'right']);
    });

    it('traces every lot of the layer, and says of each what is missing', async () => {
      const { result } = await ask(database, trace, {});
      const documented = JSON.parse(readFileSync(path.join(GEODATA, 'documented/materiel.geojson'), 'utf8'));
      const records = (documented as FeatureCollection).features.map(
        ({ properties }) => properties?.lot as string | null,
      );
      const numbers = result.numbers as Numbers;
      expect(numbers.records).to.equal(records.filter((lot) => lot !== null).length);
      expect(numbers.without_lot).to.equal(records.filter((lot) => lot === null).length);
      expect(numbers.lots.map(({ lot }) => lot)).to.deep.equal(
        [...new Set(records)].filter((lot) => lot !== null).sort(),
      );
      expect(result.caveats.map(({ code }) => code)).to.include.members([
        'no-diversion',
        'several-diversions',
        'remarks',
      ]);
    });
  });
});

/** As a person reads it. */
function written(
  numbers: Numbers,
  text: { en: string; fr: string },
  features: Record<string, { features: readonly Feature[] }>,
): string {
  const [lot] = numbers.lots;
  const range = (value: { min?: number; max?: number } | undefined, unit: string) =>
    value ? `${value.min} to ${value.max} ${unit}` : '-';
  const km = (value: Stop['from_origin']) => (value ? `${value.km} km (${value.km_min} to ${value.km_max})` : '-');
  const held = (list: Stop['held_by']) =>
    list
      .map(({ actor, control, throughout }) => `${actor}, ${control}${throughout ? '' : ' (part of the time)'}`)
      .join('; ') || '-';
  const stops = (lot?.stops ?? []).map((stop, index) =>
    [
      `${index}  ${stop.site}  [${stop.record}, ${stop.event}]`,
      `   days              ${stop.first_day} to ${stop.last_day}`,
      `   since diversion   ${range(stop.days, 'days')}`,
      `   from diversion    ${km(stop.from_origin)}`,
      `   from the last     ${km(stop.leg)}${stop.leg && !stop.leg.order_known ? ', order not known' : ''}`,
      `   held by           ${held(stop.held_by)}`,
      `   within precision  ${held(stop.perhaps_held_by)}`,
      `   river             ${stop.river ? `${stop.river.bank} bank, ${stop.river.km} km to the ${stop.river.towards}${stop.river.bank_known ? '' : ', not certain'}` : '-'}`,
      `   known to          ${features.points?.features[index]?.properties?.within_m} m`,
      `   cited             ${features.points?.features[index]?.properties?.cited}`,
      `   remark            ${features.points?.features[index]?.properties?.remark ?? '-'}`,
    ].join('\n'),
  );
  const first = lot?.first_on_left_bank;
  return `${[
    `Lot ${lot?.lot}: ${lot?.diversions} diversion, ${lot?.finds} finds`,
    `path ${km(lot?.path)}, ${lot?.order_unknown} step of unknown order; ${range(lot?.days, 'days')} in all`,
    `first find on the left bank: ${first?.record}, ${first?.first_day} to ${first?.last_day}, ${first?.bank_known ? 'certain' : 'not certain'}; ${first?.perhaps_earlier} earlier finds are of no certain bank`,
    `lines: ${features.path?.features.length}`,
    '',
    ...stops,
    '',
    text.en.replaceAll('. ', '.\n'),
    '',
    text.fr.replaceAll('. ', '.\n'),
  ].join('\n')}\n`;
}
