import { expect } from 'chai';
import geodesic from 'geographiclib-geodesic';
import { after, before, describe, it } from 'mocha';
import type { Numbers } from '../../../server/analysis/association/numbers.ts';
import { association } from '../../../server/analysis/association.ts';
import { AnalysisTooLarge } from '../../../server/analysis/estimate.ts';
import { InvalidParameter, RequestAborted } from '../../../server/core/errors.ts';
import type { LayerRecord } from '../../../server/core/record.ts';
import { FULL_ACCESS } from '../../../server/query/filter.ts';
import { seededRandom } from '../../../server/stats/random.ts';
import { ask, boxOf, publishRecords, testLayer, testRecord } from '../../support/analysis.ts';
import { migratedDatabase, type TestDatabase } from '../../support/database.ts';
import { leastDistance } from '../../support/geodesic.ts';

/** A study area of about 430 by 440 km. */
const AREA = { west: 0, south: 14, east: 4, north: 18 };
const PLACE = { geometry: boxOf(AREA.west, AREA.south, AREA.east, AREA.north) };
const TOWNS = [
  [0.7, 16],
  [2.1, 16],
  [3.4, 16],
  [1.2, 17.3],
  [2.8, 14.8],
] as const;
/** Through the three towns in the middle. */
const WAY = [
  [0, 16],
  [4, 16],
] as const;

const point = ([lon, lat]: readonly [number, number]) => ({ type: 'Point', coordinates: [lon, lat] });
const inverse = ([lon, lat]: readonly [number, number], [toLon, toLat]: readonly [number, number]) =>
  geodesic.Geodesic.WGS84.Inverse(lat, lon, toLat, toLon).s12 as number;

const anywhere = (random: () => number) => [AREA.west + 4 * random(), AREA.south + 4 * random()] as [number, number];

/** Made once: they are looked at again. */
const made = new Map<number, [number, number][]>();

/** Places of the study area, each kept with a chance by where it lies: metres to the nearest town, metres to the way. */
function scattered(count: number, seed: number, chance: (town: number, way: number) => number) {
  const before = made.get(seed);
  if (before) return before;
  const random = seededRandom(seed);
  const found: [number, number][] = [];
  made.set(seed, found);
  while (found.length < count) {
    const place = anywhere(random);
    const town = Math.min(...TOWNS.map((each) => inverse(place, each)));
    // The way runs along a parallel, nearly: a degree of latitude is 110.6 km here.
    const way = Math.abs(place[1] - 16) * 110_600;
    if (random() < chance(town, way)) found.push(place);
  }
  return found;
}

const strikes = (places: readonly (readonly [number, number])[], more: Record<string, unknown> = {}): LayerRecord[] =>
  places.map((place, index) => testRecord(index + 1, point(place), { precision_m: 500, ...more }));

const caught = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );

describe('the process association', () => {
  let database: TestDatabase;
  const events = (id: string) => testLayer(id, 'point', [], { role: 'events' });
  const asked = async (inputs: Record<string, unknown>, by = {}) => {
    const whole = { place: PLACE, to: 'way', places: 'towns', samples: 8_000, permutations: 99, ...inputs };
    const { result } = await ask(database, association, whole, by);
    return { ...result, found: result.numbers as unknown as Numbers };
  };
  const first = ({ bands: [band] }: Numbers) => band as NonNullable<typeof band>;

  before(async () => {
    database = await migratedDatabase();
    const towns = testLayer('towns', 'point', [['name', 'string']], { role: 'places', time: null });
    await publishRecords(
      database,
      towns,
      TOWNS.map((place, index) => testRecord(index + 1, point(place), { name: `Town ${index}` })),
    );
    const way = testLayer('way', 'line', [], { role: 'corridors', time: null });
    await publishRecords(database, way, [testRecord(1, { type: 'LineString', coordinates: WAY.map((at) => [...at]) })]);
    const zone = testLayer('zone', 'polygon', [], { role: 'control', time: null });
    await publishRecords(database, zone, [testRecord(1, boxOf(1, 15, 2, 16))]);
    await publishRecords(database, events('of_towns'), strikes(scattered(500, 10, (town) => Math.exp(-town / 12_000))));
    await publishRecords(
      database,
      events('of_way'),
      strikes(scattered(400, 2, (_, metres) => (metres < 10_000 ? 1 : 0.1))),
    );
    await publishRecords(database, events('of_nothing'), strikes(scattered(400, 30, () => 1)));
  });
  after(() => database.close());

  it('sees that towns explain why events go with a way through them', async () => {
    const fine = { samples: 60_000, permutations: 199, places_km: [4, 8, 12, 16, 20, 25, 30, 40, 50] };
    const { found, text } = await asked({ events: 'of_towns', ...fine });
    const { ratio_lower: crude, adjusted } = first(found);
    expect(crude).to.be.above(3);
    expect(adjusted?.ratio_lower).to.be.below(1);
    expect(adjusted?.ratio_upper).to.be.above(1);
    expect(found.verdict).to.equal('may-be-explained');
    expect(text.en).to.include('The places may explain it').and.include('[0, 10) km from “Events”');
    expect(text.fr).to.include('Les localités peuvent l’expliquer').and.include('«\u00a0Événements\u00a0»');
    // Moved at their own distance from towns they lie as near.
    expect(first(found).p_in_strata).to.be.above(0.05);
    expect(first(found).expected_in_strata).to.be.closeTo(first(found).events, 40);
  });

  it('sees that towns do not explain events that follow the way itself', async () => {
    const { found } = await asked({ events: 'of_way' });
    const { ratio, adjusted } = first(found);
    // Ten times as dense within 10 km, by how they were made.
    expect(ratio).to.be.within(7, 14);
    expect(adjusted?.ratio).to.be.within(7, 14);
    expect(found.verdict).to.equal('remains');
    expect(first(found).p_in_strata).to.equal(0.01);
    expect(found.shifts?.p_nearer).to.be.at.most(0.05);
    expect(found.shifts?.within[0]).to.include({ to_km: 10 });
  });

  it('finds nothing in what lies anywhere, and says where nothing is reported', async () => {
    const { found, caveats } = await asked({ events: 'of_nothing' });
    expect(found.verdict).to.equal('no-difference');
    expect(caveats.find(({ code }) => code === 'no-report')?.text.en).to.match(/in [\d,]+ of [\d,]+ hexagons/);
    const { ratio_lower: lower = 9, ratio_upper: upper = 0, ratio } = first(found);
    expect([lower < 1, upper > 1, (ratio ?? 9) > 0.5 && (ratio ?? 9) < 2]).to.deep.equal([true, true, true]);
    expect(found.shifts?.p_nearer).to.be.above(0.05);
  });

  it('counts by distance as PostGIS and a slow search do, each event and each cell once', async () => {
    const { found, features } = await asked({ events: 'of_nothing', limit: 10_000 });
    const places = scattered(400, 30, () => 1);
    const near = features.events?.features ?? [];
    expect(near).to.have.length(400);
    for (const { properties } of near.filter((_, index) => index % 40 === 0)) {
      const exact = leastDistance(WAY, places[(properties?.item as number) - 1] as [number, number]);
      // An edge of 430 km is cut along a great circle, which lies up to 7 m off the geodesic.
      expect(Math.abs((properties?.distance_km as number) - exact / 1_000)).to.be.below(0.01);
    }
    const [row] = await database.run<{ within: number; wide: number; whole: number }>({
      text: `SELECT (SELECT count(*) FROM layer.of_nothing_1 WHERE ST_DWithin(geom::geography, way::geography, 10000)) AS within,
        ST_Area(ST_Intersection(ST_Buffer(way::geography, 10000, 'quad_segs=32')::geometry, area)::geography) / 1e6 AS wide,
        ST_Area(ST_Segmentize(area, 0.1)::geography) / 1e6 AS whole
        FROM (SELECT geom AS way, ST_MakeEnvelope(0, 14, 4, 18, 4326) AS area FROM layer.way_1) AS given`,
      values: [],
    });
    expect(first(found).events).to.equal(row?.within);
    const { bands, strata, study_area } = found;
    expect(study_area.area_km2).to.be.closeTo(row?.whole ?? 0, 1);
    expect(Math.abs(first(found).area_km2 - (row?.wide ?? 0))).to.be.below(first(found).area_error_km2);
    const total = (values: readonly number[]) => values.reduce((sum, each) => sum + each, 0);
    expect(total(bands.map((band) => band.events))).to.equal(400);
    expect(total(strata.flatMap((each) => each.events))).to.equal(400);
    expect(total(bands.map((band) => band.area_km2)) / study_area.area_km2).to.be.closeTo(1, 1e-3);
    expect(total(strata.flatMap((each) => each.area_km2)) / study_area.area_km2).to.be.closeTo(1, 1e-3);
  });

  it('measures the ground around towns as closely as the narrowest band asks, however few the samples', async () => {
    const { found } = await asked({ events: 'of_nothing', samples: 1_000, places_km: [1, 4] });
    const [row] = await database.run<{ one: number; four: number }>({
      text: `SELECT sum(ST_Area(ST_Buffer(geom::geography, 1000, 'quad_segs=64'))) / 1e6 AS one,
        sum(ST_Area(ST_Buffer(geom::geography, 4000, 'quad_segs=64'))) / 1e6 AS four FROM layer.towns_1`,
      values: [],
    });
    const sizes = found.strata.map(({ area_km2 }) => area_km2.reduce((sum, each) => sum + each, 0));
    expect((sizes[0] ?? 0) / (row?.one ?? 0)).to.be.closeTo(1, 0.1);
    expect((sizes[1] ?? 0) / ((row?.four ?? 0) - (row?.one ?? 0))).to.be.closeTo(1, 0.03);
  });

  it('counts events and ground of a study area that is no box', async () => {
    const corners = [
      [0.5, 14.5],
      [3.5, 14.5],
      [2, 17.5],
      [0.5, 14.5],
    ];
    const geometry = { type: 'Polygon', coordinates: [corners] };
    const { found } = await asked({ events: 'of_nothing', place: { geometry } });
    const [row] = await database.run<{ within: number; size: number }>({
      text: `SELECT count(*) AS within, max(ST_Area(ST_Segmentize(area, 0.1)::geography)) / 1e6 AS size
        FROM layer.of_nothing_1, ST_SetSRID(ST_GeomFromGeoJSON($1), 4326) AS area WHERE ST_Intersects(geom, area)`,
      values: [JSON.stringify(geometry)],
    });
    const total = (values: readonly number[]) => values.reduce((sum, each) => sum + each, 0);
    expect(total(found.bands.map(({ events: count }) => count))).to.equal(row?.within);
    expect(total(found.bands.map(({ area_km2 }) => area_km2)) / (row?.size ?? 0)).to.be.closeTo(1, 0.01);
    expect(found.verdict).to.equal('no-difference');
  });

  it('has a band of its own for what lies inside polygons', async () => {
    const { found, text } = await asked({ events: 'of_nothing', to: 'zone' });
    const [inside, near] = found.bands;
    expect(inside).to.include({ is_inside: true });
    expect(near).to.include({ from_km: 0, to_km: 10 });
    const [row] = await database.run<{ within: number; size: number }>({
      text: `SELECT count(*) AS within, max(size) AS size FROM layer.of_nothing_1 AS event, LATERAL (SELECT geom AS zone,
        ST_Area(ST_Segmentize(geom, 0.1)::geography) / 1e6 AS size FROM layer.zone_1) AS zones WHERE ST_Intersects(geom, zone)`,
      values: [],
    });
    expect(inside?.events).to.equal(row?.within);
    expect((inside?.area_km2 ?? 0) / (row?.size ?? 1)).to.be.closeTo(1, 0.01);
    expect(text.en).to.include('Inside “Events”');
  });

  it('knows the ground inside of a polygon that is smaller than a cell', async () => {
    const small = testLayer('small', 'polygon', [], { role: 'control', time: null });
    await publishRecords(database, small, [testRecord(1, boxOf(1.013, 15.017, 1.041, 15.044))]);
    const { found } = await asked({ events: 'of_nothing', to: 'small' });
    const [row] = await database.run<{ size: number }>({
      text: 'SELECT ST_Area(ST_Segmentize(geom, 0.1)::geography) / 1e6 AS size FROM layer.small_1',
      values: [],
    });
    // About 9 km2 in cells of 24.
    const [inside] = found.bands;
    expect((inside?.area_km2 ?? 0) / (row?.size ?? 1)).to.be.closeTo(1, 0.06);
  });

  it('holds mines, and what else lasts, against ground that is held, without rates by the month', async () => {
    const mines = testLayer('pits', 'point', [], { role: 'sites', time: 'interval' });
    await publishRecords(database, mines, strikes(scattered(60, 9, () => 1)));
    const { found } = await asked({ events: 'pits', to: 'zone' });
    expect(found.events).to.equal(60);
    expect(found).not.to.have.property('months');
    expect(found.bands[0]).not.to.have.property('rate');
    expect(found.bands[0]?.is_inside).to.equal(true);
  });

  it('says why nothing is said by shifts, and what is counted though it is not known well enough', async () => {
    const river = [
      [0, 14],
      [0.05, 14],
      [4, 17.95],
      [4, 18],
      [3.95, 18],
      [0, 14.05],
      [0, 14],
    ];
    const place = { geometry: { type: 'Polygon', coordinates: [river] } };
    await publishRecords(
      database,
      events('river'),
      strikes(
        Array.from({ length: 30 }, (_, index) => [1 + index / 1_000, 15 + index / 1_000] as const),
        { precision_m: 20_000 },
      ),
    );
    const { found, text, caveats } = await asked({ events: 'river', place, imprecise: 'include' });
    expect(found).to.include({ events: 30, shifts_not_defined: 'too-thin' }).and.not.have.property('shifts');
    expect(text.en).to.include('not held against random shifts');
    expect(text.fr).to.include('ne sont pas comparés à des décalages aléatoires');
    const included = caveats.find(({ code }) => code === 'imprecise-included');
    expect(included?.text.en).to.include('30 events are counted').and.include('within 10 km');
  });

  it('stops when nobody waits for it any more', async () => {
    const controller = new AbortController();
    const progress = (share: number) => {
      if (share >= 0.3) controller.abort();
    };
    const error = await caught(
      asked({ events: 'of_nothing', samples: 100_000 }, { signal: controller.signal, progress }),
    );
    expect(error).to.be.instanceOf(RequestAborted);
  });

  it('says that nothing is allowed for where there are no places', async () => {
    const { found, text } = await asked({ events: 'of_towns', places: [] });
    expect(found.verdict).to.equal('crude-only');
    expect(first(found).adjusted).to.equal(undefined);
    expect(found.strata).to.deep.equal([]);
    expect(text.en).to.include('no places to allow for');
  });

  it('says why nothing can be said', async () => {
    const none = await asked({ events: 'of_nothing', place: { bbox: [20, 14, 24, 18] } });
    expect(none.found).to.deep.include({ events: 0, not_defined: 'no-events', verdict: 'cannot-tell' });
    const noShapes = await asked({ events: 'of_nothing', to: { collection: 'way', filter: "record_id = 'none'" } });
    expect(noShapes.found).to.deep.include({ shapes: 0, not_defined: 'no-shapes', bands: [] });
    const everywhere = await asked({ events: 'of_nothing', within_km: [2_000] });
    expect(everywhere.found).to.deep.include({ not_defined: 'no-reference' });
    for (const { text } of [none, noShapes, everywhere]) expect(text.en).to.include('Nothing can be said');
  });

  it('leaves out what is not precise enough, and counts what the caller may see', async () => {
    const places = scattered(30, 5, () => 1);
    const records = strikes(places).map((record, index) => {
      const more = index < 20 ? { precision_m: 11_000 } : index < 25 ? { handling: 'restricted' } : {};
      return { ...record, properties: { ...record.properties, ...more } } as LayerRecord;
    });
    await publishRecords(database, events('mixed'), records);
    const { found, caveats } = await asked({ events: 'mixed' });
    expect([found.events, found.left_out.imprecise]).to.deep.equal([5, 20]);
    expect(caveats.map(({ code }) => code)).to.include.members(['imprecise', 'mostly-left-out', 'low-count']);
    expect((await asked({ events: 'mixed', imprecise: 'include' })).found.events).to.equal(25);
    expect((await asked({ events: 'mixed' }, { access: FULL_ACCESS })).found.events).to.equal(10);
  });

  it('leaves out flows, and says what shapes are known less well than the first band', async () => {
    const drawn = testLayer('drawn', 'line', [['drawn', 'string']], { role: 'corridors', time: null });
    const line = (lat: number) => ({
      type: 'LineString',
      coordinates: [
        [0, lat],
        [4, lat],
      ],
    });
    await publishRecords(database, drawn, [
      testRecord(1, line(16), { drawn: 'route', precision_m: 50_000 }),
      testRecord(2, line(15), { drawn: 'flow' }),
    ]);
    const { found, caveats } = await asked({ events: 'of_nothing', to: 'drawn' });
    expect(found.shapes).to.equal(1);
    expect(caveats.map(({ code }) => code)).to.include.members(['imprecise-shapes', 'flows-left-out']);
    const both = await asked({ events: 'of_nothing', to: 'drawn', flows: true });
    expect(both.found.shapes).to.equal(2);
    expect(first(both.found).area_km2 / first(found).area_km2).to.be.within(1.9, 2.1);
    expect(both.caveats.map(({ code }) => code)).not.to.include('flows-left-out');
  });

  it('is the same for records in another order, and for the same seed', async () => {
    const { found } = await asked({ events: 'of_towns' });
    const records = strikes(scattered(500, 10, (town) => Math.exp(-town / 12_000)).toReversed());
    await publishRecords(database, events('turned'), records);
    expect((await asked({ events: 'turned' })).found).to.deep.equal(found);
    const other = (await asked({ events: 'of_towns', seed: 2 })).found;
    expect(other.shifts).not.to.deep.equal(found.shifts);
    expect(other.strata).to.deep.equal(found.strata);
  });

  it('works where the study area goes over the antimeridian', async () => {
    const random = seededRandom(8);
    const places = Array.from({ length: 60 }, (): [number, number] => {
      const lon = 179 + 2 * random();
      return [lon > 180 ? lon - 360 : lon, -17 + 2 * random()];
    });
    await publishRecords(database, events('over'), strikes(places));
    const island = testLayer('island', 'point', [], { role: 'sites', time: null });
    await publishRecords(database, island, [testRecord(1, point([179.99, -16]))]);
    const bbox = [179, -17, -179, -15];
    const { found } = await asked({ events: 'over', to: 'island', place: { bbox }, places: [] });
    expect(found.events).to.equal(60);
    const within = places.filter((place) => inverse(place, [179.99, -16]) < 50_000).length;
    const counted = found.bands.slice(0, 3).reduce((sum, band) => sum + band.events, 0);
    expect(counted).to.equal(within);
  });

  it('refuses what cannot be asked', async () => {
    expect(await caught(asked({ events: 'of_way', to: 'of_way' }))).to.be.instanceOf(InvalidParameter);
    expect(await caught(asked({ events: 'of_way', to: [] }))).to.be.instanceOf(InvalidParameter);
    expect(await caught(asked({ events: 'of_way', within_km: [10, 5] }))).to.be.instanceOf(InvalidParameter);
    expect(await caught(asked({ events: 'of_way', place: { collection: 'way', item: 1 } }))).to.be.instanceOf(
      InvalidParameter,
    );
    // Across the world and back seventy times: more pieces than are held.
    const turns = Array.from({ length: 70 }, (_, turn) => [turn % 2 === 0 ? -179 : 179, turn - 35]);
    const zigzag = testLayer('zigzag', 'line', [], { role: 'roads', time: null });
    await publishRecords(database, zigzag, [testRecord(1, { type: 'LineString', coordinates: turns })]);
    expect(await caught(asked({ events: 'of_way', to: 'zigzag' }))).to.be.instanceOf(AnalysisTooLarge);
  });

  it('answers of the whole world', async () => {
    const world = { bbox: [-180, -80, 180, 80] };
    const { found } = await asked({
      events: 'of_way',
      place: world,
      within_km: [0.1],
      samples: 2_000,
      imprecise: 'include',
    });
    expect(found.events).to.equal(400);
    // All but the caps around the poles.
    expect(found.study_area.area_km2).to.be.closeTo(502_000_000, 2_000_000);
    // 428 km of way, 100 m on each side: one cell in a million of those of the world.
    expect(first(found).area_error_km2).to.be.below(120);
    expect(first(found).area_km2).to.be.closeTo(86, first(found).area_error_km2);
  });
});
