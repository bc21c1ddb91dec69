import { booleanPointInPolygon } from '@turf/turf';
import { expect } from 'chai';
import type { Feature, MultiPolygon, Polygon } from 'geojson';
import { cellArea, cellToLatLng, UNITS } from 'h3-js';
import { after, before, describe, it } from 'mocha';
import type { Numbers } from '../../../server/analysis/density/numbers.ts';
import { density } from '../../../server/analysis/density.ts';
import { AnalysisTooLarge } from '../../../server/analysis/estimate.ts';
import { InvalidParameter } from '../../../server/core/errors.ts';
import { LayerSchema } from '../../../server/core/layer.ts';
import { FULL_ACCESS } from '../../../server/query/filter.ts';
import type { Run } from '../../../server/query/sql.ts';
import { ask, boxOf, publishRecords, testLayer, testRecord } from '../../support/analysis.ts';
import { migratedDatabase, type TestDatabase } from '../../support/database.ts';

const EVENTS = testLayer(
  'events',
  'point',
  [
    ['kind', 'string'],
    ['killed', 'integer'],
  ],
  { kind: 'kind', measures: ['killed'] },
);
const at = (id: number, lon: number, lat: number, other: Record<string, unknown> = {}) =>
  testRecord(id, { type: 'Point', coordinates: [lon, lat] }, { kind: 'a', killed: 2, ...other });
/** Two at one place and one far from it, and one that is known to 30 km only. */
const RECORDS = [
  at(1, -4, 14),
  at(2, -4, 14, { killed: null }),
  at(3, -2, 14, { killed: 1 }),
  at(4, -4, 14, { precision_m: 30_000, killed: 7 }),
];
/** Of one event: 3 / (pi r^2), per 1,000 km2. */
const peakOf = (km: number) => 3_000 / (Math.PI * km ** 2);
const INPUTS = { bandwidth_km: 20, events: 'events' };

describe('the density of events', () => {
  let database: TestDatabase;
  before(async () => {
    database = await migratedDatabase();
    await publishRecords(database, EVENTS, RECORDS);
  });
  after(() => database.close());

  async function find(inputs: Record<string, unknown> = {}, by?: Parameters<typeof ask>[3]) {
    const { result } = await ask(database, density, { ...INPUTS, ...inputs }, by);
    return { ...result, numbers: result.numbers as Numbers };
  }
  type Found = Awaited<ReturnType<typeof find>>;
  const codes = ({ caveats }: Found) => caveats.map(({ code }) => code);
  const partOf = <Shape extends Polygon | MultiPolygon>({ features }: Found, name: string) =>
    (features[name]?.features ?? []) as Feature<Shape>[];
  const thrown = (asked: Promise<unknown>) =>
    asked.then(
      () => undefined,
      (error: unknown) => error,
    );

  it('has its peak at two events at one place, which is twice that of one', async () => {
    const { numbers } = await find({ datetime: '2022-01-01/2022-12-31' });
    const { peak } = numbers;
    expect(numbers).to.deep.include({ events: 3, total: 3, places: 2, left_out: { imprecise: 1, without_value: 0 } });
    expect(numbers.bandwidth).to.include({ km: 20, by: 'given', median_precision_km: 1 });
    expect(peak?.density).to.be.closeTo(2 * peakOf(20), 1e-6);
    expect(peak?.monthly).to.be.closeTo((2 * peakOf(20)) / (365 / (365.2425 / 12)), 1e-6);
    expect([peak?.lon, peak?.lat]).to.deep.equal([-4, 14]);
  });

  it('draws contours at shares of the peak: of one event the circles of the kernel, which nest', async () => {
    const found = await find({ levels: [0.25, 0.75, 0.5] });
    const { levels } = found.numbers;
    expect(levels.map(({ share }) => share)).to.deep.equal([0.25, 0.5, 0.75]);
    // The place of one event reaches half of the peak of the place of two, and no more.
    expect(levels.map(({ polygons }) => polygons)).to.deep.equal([2, 1, 1]);
    expect(levels.map(({ events }) => events)).to.deep.equal([3, 2, 2]);
    const circle = (share: number) => Math.PI * 400 * (1 - Math.sqrt(share));
    const expected = [circle(0.25) + circle(0.5), circle(0.5), circle(0.75)];
    for (const [index, { area_km2 }] of levels.entries()) {
      expect(area_km2 / (expected[index] as number)).to.be.closeTo(1, 0.035);
    }
    const drawn = partOf<Polygon | MultiPolygon>(found, 'contours');
    expect(drawn.map(({ properties }) => [properties?.class, properties?.events])).to.deep.equal([
      ['level_1', 3],
      ['level_2', 2],
      ['level_3', 2],
    ]);
    for (const [index, { geometry }] of drawn.entries()) {
      expect(booleanPointInPolygon([-4, 14], geometry)).to.equal(true);
      expect(booleanPointInPolygon([-2, 14], geometry)).to.equal(index === 0);
      const [outer] = geometry.type === 'Polygon' ? geometry.coordinates : (geometry.coordinates[0] ?? []);
      // Counterclockwise, as RFC 7946 has it.
      const ring = outer ?? [];
      const turn = ring.slice(1).reduce((sum, [x = 0, y = 0], nth) => {
        const [fromX = 0, fromY = 0] = ring[nth] ?? [];
        return sum + (fromX * y - x * fromY);
      }, 0);
      expect(turn).to.be.above(0);
    }
  });

  it('draws what is valid, and can be kept as layers in its own colours', async () => {
    const { parts } = await ask(database, density, {
      ...INPUTS,
      levels: [0.1, 0.3, 0.5, 0.7, 0.9],
      imprecise: 'include',
    });
    for (const { id, fields, style, features } of parts) {
      const texts = features.map(({ geometry }) => JSON.stringify(geometry));
      const [row] = await database.run<{ valid: boolean }>({
        text: 'SELECT bool_and(ST_IsValid(ST_GeomFromGeoJSON(shape))) AS valid FROM unnest($1::text[]) AS shape',
        values: [texts],
      });
      expect(row?.valid, id).to.equal(true);
      const kept = LayerSchema.safeParse({ ...testLayer(`kept_${id}`, 'polygon', []), fields, style });
      expect(kept.error?.message, id).to.equal(undefined);
      const classes = fields.find(({ name }) => name === 'class')?.values?.map(({ value }) => value);
      expect(features.filter(({ properties }) => !classes?.includes(properties?.class))).to.deep.equal([]);
    }
  });

  it('has hexagons with the density at their middle, and adds up to the events', async () => {
    const found = await find();
    const hexagons = partOf<Polygon>(found, 'hexagons');
    expect(found.numbers.hexagons).to.deep.include({ drawn: hexagons.length, resolution: 7 });
    const { width_km: width = 0 } = found.numbers.hexagons;
    expect(width).to.be.at.most(20 / 3);
    let sum = 0;
    for (const { properties } of hexagons) {
      const [lat, lon] = cellToLatLng(properties?.hexagon as string);
      const [east, north] = [(lon + 4) * 108.06, (lat - 14) * 110.66];
      const apart2 = Math.min(east ** 2 + north ** 2, 400) / 400;
      if (lon < -3) expect(properties?.density).to.be.closeTo(2 * peakOf(20) * (1 - apart2) ** 2, peakOf(20) * 3e-3);
      sum += (properties?.density as number) * cellArea(properties?.hexagon as string, UNITS.km2);
    }
    expect(sum / 1_000).to.be.closeTo(3, 0.03);
    const coarse = await find({ resolution: 5 });
    expect(coarse.numbers.hexagons.resolution).to.equal(5);
    expect(partOf(coarse, 'hexagons').length).to.be.below(hexagons.length / 20);
  });

  it('draws contours around the densest areas that hold a share of the surface', async () => {
    const { numbers } = await find({ level_of: 'volume', levels: [0.5, 0.9] });
    expect(numbers.levels.map(({ share }) => share)).to.deep.equal([0.9, 0.5]);
    const [wide, dense] = numbers.levels;
    expect(dense?.density).to.be.above(wide?.density as number);
    // Above a height both places hold 2 w and w of (1 - u^2)^3 = mass beyond: half of three events lies where 2 (1 - x^3) + (1 - y^3) = 1.5,
    // with x^2 = t / 2 and y^2 = t the heights over the two peaks: t = 0.6547.
    const t = (dense?.density as number) / peakOf(20);
    expect(2 * (1 - (t / 2) ** 1.5) + (t < 1 ? 1 - t ** 1.5 : 0)).to.be.closeTo(1.5, 0.03);
  });

  it('spreads a measure instead of events, and says of how many it is not known', async () => {
    const found = await find({ measure: 'killed' });
    expect(found.numbers).to.deep.include({ events: 3, total: 3, left_out: { imprecise: 1, without_value: 1 } });
    expect(found.numbers.peak?.density).to.be.closeTo(2 * peakOf(20), 1e-6);
    expect(codes(found)).to.include('without-value');
    expect(found.text.en).to.match(/^Density of “killed”, 3 in 3 events\./);
    const nothing = await find({ measure: 'killed', filter: 'killed IS NULL' });
    expect(nothing.numbers).to.deep.include({ not_defined: 'no-sum', levels: [] }).and.not.have.property('peak');
    expect(nothing.text.en).to.match(/^“killed” is 0 or not known of all 1 event: there is no density\./);
    expect(await thrown(find({ measure: 'kind' })))
      .to.be.instanceOf(InvalidParameter)
      .with.property('message')
      .that.includes('it sums killed');
    await publishRecords(database, EVENTS, [at(1, -4, 14, { killed: -1 })]);
    expect(await thrown(find({ measure: 'killed' })))
      .to.be.instanceOf(InvalidParameter)
      .with.property('message')
      .that.includes('below 0');
    await publishRecords(database, EVENTS, RECORDS);
  });

  it('leaves out what is not known to within the bandwidth, or takes it and says so', async () => {
    const without = await find();
    expect(codes(without)).to.include.members(['imprecise', 'low-count', 'edge', 'reports-not-danger']);
    const included = await find({ imprecise: 'include' });
    expect(included.numbers).to.deep.include({ events: 4, left_out: { imprecise: 0, without_value: 0 } });
    expect(included.numbers.peak?.density).to.be.closeTo(3 * peakOf(20), 1e-6);
    expect(codes(included)).to.include('imprecise-included');
    expect((await find({ bandwidth_km: 30 })).numbers.events).to.equal(4);
  });

  it('recommends a bandwidth by the rule, but none below the median precision, and says why', async () => {
    const spread = Array.from({ length: 32 }, (_, index) =>
      at(index + 1, -4 + (index % 2 === 0 ? 0.5 : -0.5), 14, { precision_m: 100 }),
    );
    await publishRecords(database, EVENTS, spread);
    const rule = await find({ bandwidth_km: undefined });
    // All lie 53.98 km from the middle; 32^(-1/5) is a half.
    const half = 53.99;
    expect(rule.numbers.bandwidth.standard_distance_km).to.be.closeTo(half, 0.05);
    expect(rule.numbers.bandwidth.median_distance_km).to.be.closeTo(half, 0.05);
    expect(rule.numbers.bandwidth).to.include({ by: 'silverman' });
    expect(rule.numbers.bandwidth.km).to.be.closeTo((0.9 * half) / 2, 0.03);
    expect(rule.text.en).to.include(
      'which is recommended: Silverman’s rule, from the standard distance of the events (54 km)',
    );
    // What is recommended can be given back: the same surface.
    const again = await find({ bandwidth_km: rule.numbers.bandwidth.km });
    expect({ ...again.numbers, bandwidth: 0 }).to.deep.equal({ ...rule.numbers, bandwidth: 0 });
    await publishRecords(
      database,
      EVENTS,
      spread.map((record) => ({ ...record, properties: { ...record.properties, precision_m: 40_000 } })),
    );
    const precise = await find({ bandwidth_km: undefined });
    expect(precise.numbers.bandwidth).to.include({ km: 40, by: 'precision', median_precision_km: 40 });
    expect(precise.numbers).to.deep.include({ events: 32 });
    await publishRecords(database, EVENTS, [at(1, -4, 14, { precision_m: 0 }), at(2, -4, 14, { precision_m: 0 })]);
    const one = await find({ bandwidth_km: undefined });
    expect(one.numbers.bandwidth).to.deep.include({ km: 1, by: 'least' }).and.not.have.property('rule_km');
    expect(one.text.en).to.include('Silverman’s rule says nothing here: the events are all at one place');
    await publishRecords(database, EVENTS, RECORDS);
  });

  it('takes what the caller may see, and what lies in the place, and says what is silent there', async () => {
    await publishRecords(database, EVENTS, [...RECORDS, at(5, -4, 14, { handling: 'restricted' })]);
    expect((await find()).numbers.events).to.equal(3);
    expect((await find({}, { access: FULL_ACCESS })).numbers.events).to.equal(4);
    const found = await find({ place: { geometry: boxOf(-5, 13, -3, 15) } });
    expect(found.numbers.events).to.equal(2);
    expect(codes(found)).to.include('no-report');
    expect(found.text.en).to.match(/in ([\d,]+) of ([\d,]+) hexagons nothing was reported/);
    const [, silent = '', all = ''] = /in ([\d,]+) of ([\d,]+) hexagons/.exec(found.text.en) ?? [];
    // Both events and the imprecise one are in one hexagon.
    expect(Number(all.replaceAll(',', '')) - Number(silent.replaceAll(',', ''))).to.equal(1);
    await publishRecords(database, EVENTS, RECORDS);
  });

  it('does not depend on the order of rows', async () => {
    const first = await find({ measure: 'killed', imprecise: 'include' });
    await publishRecords(database, EVENTS, RECORDS.toReversed());
    const again = await find({ measure: 'killed', imprecise: 'include' });
    expect(again.numbers).to.deep.equal(first.numbers);
    expect(again.features).to.deep.equal(first.features);
  });

  it('is cut at the antimeridian, and as large there as elsewhere', async () => {
    await publishRecords(database, testLayer('far', 'point', []), [
      testRecord(1, { type: 'Point', coordinates: [180, -16] }),
    ]);
    const found = await find({ events: 'far', levels: [0.5] });
    expect(found.numbers.levels[0]?.area_km2).to.be.closeTo(Math.PI * 400 * (1 - Math.sqrt(0.5)), 12);
    const [contour] = partOf<MultiPolygon>(found, 'contours');
    expect(contour?.geometry.type).to.equal('MultiPolygon');
    expect(contour?.properties?.polygons).to.equal(2);
    const lons = partOf<Polygon | MultiPolygon>(found, 'hexagons').flatMap(
      ({ geometry }) => (geometry.coordinates as unknown[]).flat(9) as number[],
    );
    expect(Math.max(...lons)).to.be.at.most(180);
    const widths = partOf<Polygon>(found, 'hexagons')
      .filter(({ geometry }) => geometry.type === 'Polygon')
      .map(({ geometry }) => geometry.coordinates.flat().map(([lon = 0]) => lon))
      .map((each) => Math.max(...each) - Math.min(...each));
    expect(Math.max(...widths)).to.be.below(1);
  });

  it('has an honest answer of nothing', async () => {
    const none = await find({ filter: "kind = 'none'" });
    expect(none.numbers).to.deep.include({
      events: 0,
      total: 0,
      not_defined: 'no-events',
      levels: [],
      hexagons: { drawn: 0 },
    });
    expect(none.text.en).to.match(/^There is no event to be spread, and no density\./);
    expect(partOf(none, 'contours')).to.deep.equal([]);
    const timeless = testLayer('timeless', 'point', [], { time: null });
    await publishRecords(database, timeless, [
      testRecord(1, { type: 'Point', coordinates: [0, 0] }, { valid_from: null, valid_to: null }),
    ]);
    expect((await find({ events: 'timeless' })).numbers.peak).not.to.have.property('monthly');
  });

  it('refuses too much before it begins', async () => {
    const read: string[] = [];
    const crowded = (events: number, cells: number): Run =>
      ((query: { readonly text: string }) => {
        if (query.text.includes('AS cells')) return Promise.resolve([{ events, cells }]);
        read.push(query.text);
        return database.run(query as never);
      }) as Run;
    const refused = (events: number, cells: number) => thrown(ask({ run: crowded(events, cells) }, density, INPUTS));
    for (const [events, cells, said] of [
      [2_000_001, 1, '2,000,001'],
      [600_000, 500_001, '500,001 places'],
    ] as const) {
      const error = await refused(events, cells);
      expect(error).to.be.instanceOf(AnalysisTooLarge).with.property('message').that.includes(said);
    }
    // Nothing of the events themselves.
    expect(read.filter((text) => text.includes('GROUP BY 1, 2, 3'))).to.deep.equal([]);
    // To be weighed it takes how they lie, and none of them.
    const weighed = {
      ...density,
      estimate: async (...asked: Parameters<typeof density.estimate>) => {
        const { comparisons, seconds } = await density.estimate(...asked);
        throw new RangeError(`${comparisons} ${seconds}`);
      },
    } as typeof density;
    const texts: string[] = [];
    const run = ((query: { readonly text: string }) => {
      texts.push(query.text);
      return database.run(query as never);
    }) as Run;
    const told = async (inputs: Record<string, unknown>) =>
      String(await thrown(ask({ run }, weighed, { ...INPUTS, ...inputs })))
        .replace('RangeError: ', '')
        .split(' ')
        .map(Number) as [number, number];
    const [few, quick] = await told({ bandwidth_km: 20, resolution: 4 });
    const [many, slow] = await told({ bandwidth_km: 300, resolution: 7 });
    expect(many).to.be.above(100 * few);
    expect(slow).to.be.at.least(quick);
    expect((await told({}))[1]).to.be.within(0.1, 20);
    expect(texts.filter((text) => text.includes('GROUP BY 1, 2, 3'))).to.deep.equal([]);
    await publishRecords(
      database,
      testLayer('wide', 'point', []),
      [at(1, -60, -40), at(2, 60, 50)].map(({ id, geometry }) => testRecord(id, geometry)),
    );
    expect(await thrown(find({ events: 'wide', bandwidth_km: 1 })))
      .to.be.instanceOf(AnalysisTooLarge)
      .with.property('message')
      .that.includes('nodes');
    // Hexagons of 8 km, between whose middles there is room for an event and all that is 5 km around it.
    expect(await thrown(find({ bandwidth_km: 5, resolution: 5 })))
      .to.be.instanceOf(InvalidParameter)
      .with.property('message')
      .that.includes('bandwidth of 5 km');
    expect(await thrown(find({ bandwidth_km: 300, resolution: 8 })))
      .to.be.instanceOf(AnalysisTooLarge)
      .with.property('message')
      .that.includes('hexagons');
  });
});
