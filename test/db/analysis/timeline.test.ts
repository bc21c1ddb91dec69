import { expect } from 'chai';
import fc from 'fast-check';
import geodesic from 'geographiclib-geodesic';
import { after, before, describe, it } from 'mocha';
import { AnalysisTooLarge } from '../../../server/analysis/estimate.ts';
import { timeline } from '../../../server/analysis/timeline.ts';
import type { Fault } from '../../../server/core/errors.ts';
import type { LayerRecord } from '../../../server/core/record.ts';
import { readCatalogue } from '../../../server/db/catalogue.ts';
import { FULL_ACCESS } from '../../../server/query/filter.ts';
import { insertRecords } from '../../../server/query/record-table.ts';
import { ask, boxOf, faultsOf, publishRecords, testLayer, testRecord } from '../../support/analysis.ts';
import { migratedDatabase, seededDatabase, type TestDatabase } from '../../support/database.ts';

const CONTROL = testLayer(
  'control',
  'polygon',
  [
    ['actor', 'string'],
    ['alignment', 'string'],
    ['control', 'string'],
  ],
  { role: 'control', time: 'interval', nature: 'approximate' },
);
const TOWNS = testLayer('towns', 'point', [['name', 'string']], { role: 'places', time: null });

type Geometry = LayerRecord['geometry'];
const held = (
  id: number,
  actor: string | null,
  from: string | null,
  to: string | null,
  geometry: Geometry,
  more = {},
) =>
  testRecord(id, geometry, {
    ...{ actor, alignment: null, control: 'holds', valid_from: from, valid_to: to, precision_m: 0 },
    ...more,
  });

interface Areas {
  actor?: string;
  before_km2: number;
  after_km2: number;
  kept_km2: number;
  gained_km2: number;
  lost_km2: number;
  no_longer_recorded_km2: number;
  newly_contested_km2: number;
}
interface Numbers {
  place?: { kind: string; precision_km?: number; area_km2?: number };
  spans: {
    from?: string;
    to?: string;
    days?: number;
    status: string;
    actors: string[];
    shares?: { actors: string[]; unnamed?: boolean; share: number }[];
    claims: { record: string; certainty?: string; outline_away_km?: number; source: string; locator: string }[];
  }[];
  days?: { recorded: number; uncertain: number; not_recorded: number };
  compare?: { actors: Areas[]; all: Areas & { shared_before_km2: number; shared_after_km2: number } };
}

/** km2 of the cell between whole degrees, its sides straight in degrees: by GeographicLib, at steps of 1/16 degree. */
function cellKm2(lon: number, lat: number): number {
  const polygon = geodesic.Geodesic.WGS84.Polygon(false);
  const step = (from: [number, number], to: [number, number]) => {
    for (let k = 0; k < 16; k += 1) {
      polygon.AddPoint(from[1] + ((to[1] - from[1]) * k) / 16, from[0] + ((to[0] - from[0]) * k) / 16);
    }
  };
  step([lon, lat], [lon + 1, lat]);
  step([lon + 1, lat], [lon + 1, lat + 1]);
  step([lon + 1, lat + 1], [lon, lat + 1]);
  step([lon, lat + 1], [lon, lat]);
  return (polygon.Compute(false, true).area ?? 0) / 1e6;
}

/** Puts other records in the place of those that are served: publishing anew for every trial takes too long. */
async function replaceRecords(database: TestDatabase, records: readonly LayerRecord[]): Promise<void> {
  const [served] = (await readCatalogue(database.run)).layers.filter(({ id }) => id === CONTROL.id);
  if (!served) throw new Error('nothing is published yet');
  await database.run({ text: `DELETE FROM ${await database.tableOf(CONTROL.id)}`, values: [] });
  await database.run(insertRecords(CONTROL, served.table, records, []));
}

const SIZE = 4;
const CELLS = Array.from({ length: SIZE * SIZE }, (_, n) => ({ x: n % SIZE, y: Math.floor(n / SIZE) }));
const AREA = new Map(CELLS.map(({ x, y }) => [`${x},${y}`, cellKm2(x, 14 + y)]));

interface Box {
  actor: string;
  control: string;
  x: number;
  y: number;
  w: number;
  h: number;
  before: boolean;
  after: boolean;
}
const box: fc.Arbitrary<Box> = fc.record({
  actor: fc.constantFrom('A', 'B', 'C'),
  control: fc.constantFrom('holds', 'holds', 'contested', 'influence'),
  x: fc.nat(SIZE - 1),
  y: fc.nat(SIZE - 1),
  w: fc.integer({ min: 1, max: SIZE }),
  h: fc.integer({ min: 1, max: SIZE }),
  before: fc.boolean(),
  after: fc.boolean(),
});
const toRecord = ({ actor, control, x, y, w, h, before, after }: Box, index: number) =>
  held(
    index + 1,
    actor,
    before ? '2014-01-01' : '2015-06-01',
    after ? '2017-01-01' : '2015-09-01',
    boxOf(x, 14 + y, Math.min(SIZE, x + w), 14 + Math.min(SIZE, y + h)),
    { control },
  );
const isIn = (each: Box, { x, y }: { x: number; y: number }) =>
  x >= each.x && x < each.x + each.w && y >= each.y && y < each.y + each.h;

describe('who held this place when', () => {
  let database: TestDatabase;
  before(async () => {
    database = await migratedDatabase();
    await publishRecords(database, TOWNS, [
      testRecord(1, { type: 'Point', coordinates: [0.5, 14.5] }, { name: 'Inner', precision_m: 2_000 }),
      testRecord(2, { type: 'Point', coordinates: [1.01, 14.5] }, { name: 'Edge', precision_m: 5_000 }),
    ]);
  });
  after(() => database.close());

  const asked = async (inputs: Record<string, unknown>, options = {}) => {
    const answer = await ask(database, timeline, inputs, options);
    return { ...answer, numbers: answer.result.numbers as unknown as Numbers };
  };

  const refusal = async (inputs: Record<string, unknown>) => (await faultsOf(asked(inputs)))[0] as Fault;

  describe('at a point', () => {
    before(() =>
      publishRecords(database, CONTROL, [
        held(1, 'A', '2012-01-01', '2013-01-01', boxOf(0, 14, 1, 15), { locator: 'p. 1' }),
        held(2, 'B', '2012-07-01', '2014-01-01', boxOf(0, 14, 2, 15), { control: 'influence' }),
        held(3, 'C', '2015-01-01', null, boxOf(0, 14, 1, 15), { precision_m: 60_000 }),
        held(4, 'D', '2015-01-01', null, boxOf(1, 14, 2, 15)),
        held(5, 'secret', '2012-01-01', null, boxOf(0, 14, 2, 15), { handling: 'restricted' }),
      ]),
    );

    it('tells spans in order, several actors and gaps as such, with sources', async () => {
      const { numbers, result } = await asked({ place: { collection: 'towns', item: 1 } });
      expect(numbers.place).to.deep.equal({ kind: 'point', precision_km: 2 });
      expect(
        numbers.spans.map(({ from, to, days, status, actors }) => [from, to, days, status, actors.join('+')]),
      ).to.deep.equal([
        ['2012-01-01', '2012-07-01', 182, 'one', 'A'],
        ['2012-07-01', '2013-01-01', 184, 'several', 'A+B'],
        ['2013-01-01', '2014-01-01', 365, 'one', 'B'],
        ['2014-01-01', '2015-01-01', 365, 'not_recorded', ''],
        ['2015-01-01', undefined, undefined, 'one', 'C'],
      ]);
      expect(numbers.days, 'open at the end').to.equal(undefined);
      expect(numbers.spans[0]?.claims[0]).to.include({
        record: '1',
        certainty: 'inside',
        source: 'a test',
        locator: 'p. 1',
      });
      expect(numbers.spans[4]?.claims[0], 'its outline is known less well than it is far').to.include({
        certainty: 'as_drawn',
      });
      expect(result.text.en).to.contain(
        'Inner – from 1 January 2012 to 30 June 2012: A (holds); from 1 July 2012 to 31 December 2012: A (holds) and B (influence)',
      );
      expect(result.text.en).to.contain(
        'from 1 January 2014 to 31 December 2014: not recorded; since 1 January 2015: C (holds)',
      );
      expect(result.text.fr).to.contain('non renseigné');
      expect(result.caveats.map(({ code }) => code)).to.have.members([
        'approximate',
        'outlines',
        'not-recorded',
        'several',
      ]);
      expect(result.features.claims?.features.map(({ properties }) => properties?.item)).to.deep.equal([1, 2, 3]);
    });

    it('says how long each lasts in a window that has ends, and adds up', async () => {
      const { numbers } = await asked({ place: { collection: 'towns', item: 1 }, datetime: '2012-07-01/2015-12-31' });
      expect(numbers.spans.map(({ from, to }) => [from, to])).to.deep.equal([
        ['2012-07-01', '2013-01-01'],
        ['2013-01-01', '2014-01-01'],
        ['2014-01-01', '2015-01-01'],
        ['2015-01-01', '2016-01-01'],
      ]);
      expect(numbers.days).to.deep.equal({ recorded: 184 + 365 + 365, uncertain: 0, not_recorded: 365 });
    });

    it('says uncertain where the disc of the place reaches an outline, and by how much', async () => {
      const window = { datetime: '2016-01-01/2016-12-31' };
      const { numbers, result } = await asked({ place: { collection: 'towns', item: 2 }, ...window });
      expect(numbers.spans).to.have.length(1);
      expect(numbers.spans[0]?.status).to.equal('uncertain');
      expect(numbers.spans[0]?.claims.map(({ record, certainty }) => [record, certainty])).to.deep.equal([
        ['3', 'uncertain'],
        ['4', 'uncertain'],
      ]);
      // The meridian of 1 E is the nearest outline.
      const away = geodesic.Geodesic.WGS84.Inverse(14.5, 1.01, 14.5, 1).s12 ?? 0;
      expect(numbers.spans[0]?.claims[0]?.outline_away_km).to.be.closeTo(away / 1000, 0.001);
      expect(numbers.days).to.deep.equal({ recorded: 0, uncertain: 366, not_recorded: 0 });
      expect(result.text.en).to.contain('perhaps C (holds) and perhaps D (holds)');
      expect(result.text.fr).to.contain('peut-être C');
      const sure = await asked({ place: { collection: 'towns', item: 2 }, place_precision_m: 500, ...window });
      expect(sure.numbers.spans[0]).to.include({ status: 'one' });
      expect(sure.numbers.spans[0]?.actors).to.deep.equal(['D']);
      const onIt = { geometry: { type: 'Point', coordinates: [1, 14.5] } };
      const border = await asked({ place: onIt, ...window });
      expect(border.numbers.spans[0]?.status, 'on the outline itself').to.equal('uncertain');
    });

    it('shows withheld records only to those who may see them', async () => {
      const { numbers, result } = await asked({ place: { collection: 'towns', item: 1 } });
      expect(JSON.stringify([numbers, result.text])).not.to.contain('secret');
      const cleared = await asked({ place: { collection: 'towns', item: 1 } }, { access: FULL_ACCESS });
      expect(JSON.stringify(cleared.numbers)).to.contain('secret');
    });

    it('counts what a ceiling on the precision leaves out', async () => {
      const { numbers, result } = await asked({ place: { collection: 'towns', item: 1 }, max_precision_m: 1000 });
      expect(numbers.spans.at(-1), 'C is not known well enough').to.include({
        from: '2014-01-01',
        status: 'not_recorded',
      });
      expect(result.text.en).to.contain('1 record is left out: the position is not known to within 1 km.');
    });

    it('says so where nothing is recorded at all', async () => {
      const { numbers, result } = await asked({
        place: { geometry: { type: 'Point', coordinates: [40, 40] } },
        filter: "actor = 'nobody'",
      });
      expect(numbers.spans).to.deep.equal([]);
      expect(result.text.en).to.contain('nobody is recorded at any time');
    });

    it('refuses what it cannot tell, and says why', async () => {
      const line = {
        geometry: {
          type: 'LineString',
          coordinates: [
            [0, 14],
            [1, 15],
          ],
        },
      };
      const points = {
        geometry: {
          type: 'MultiPoint',
          coordinates: [
            [0, 14],
            [1, 15],
          ],
        },
      };
      const point = { geometry: { type: 'Point', coordinates: [0, 14] } };
      const area = { bbox: [0, 14, 1, 15] };
      const dates = ['2014-01-01', '2015-01-01'];
      expect(await refusal({})).to.deep.include({ pointer: '/inputs/place' });
      expect((await refusal({ place: line })).detail).to.contain('corridor');
      expect((await refusal({ place: points })).detail).to.contain('2 points');
      expect(await refusal({ place: point, compare: dates })).to.deep.include({ pointer: '/inputs/compare' });
      expect((await refusal({ compare: dates.toReversed() })).detail).to.contain('2015-01-01 is not before 2014-01-01');
      expect((await refusal({ compare: ['2014-01-01', '2014-01-01'] })).detail).to.contain('not before');
      expect((await refusal({ compare: ['2014-01-01/2015-01-01', '2016-01-01'] })).pointer).to.equal(
        '/inputs/compare/0',
      );
      expect(await refusal({ place: area, place_precision_m: 5 })).to.deep.include({
        pointer: '/inputs/place_precision_m',
      });
      expect((await refusal({ place: area, place_precision_m: 2e6 })).detail).to.contain('1000000');
      expect(await refusal({ place: area, control: 'towns' })).to.deep.include({ pointer: '/inputs/control' });
    });

    it('answers the same receipt with the same bytes', async () => {
      const first = await asked({ place: { bbox: [0, 14, 2, 15] }, compare: ['2012-02-01', '2016-01-01'] });
      const again = await asked(first.result.receipt.inputs);
      expect(JSON.stringify(again.result)).to.equal(JSON.stringify(first.result));
    });
  });

  it('refuses a place with more records than spans can tell', async () => {
    const many = Array.from({ length: 501 }, (_, k) => held(k + 1, 'A', '2012-01-01', null, boxOf(0, 14, 1, 15)));
    await publishRecords(database, CONTROL, many);
    const attempt = asked({ place: { geometry: { type: 'Point', coordinates: [0.5, 14.5] } } });
    const error = await attempt.then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error).to.be.instanceOf(AnalysisTooLarge);
    expect(String(error)).to.contain('501 records');
  });

  it('tells shares of an area and changes as counting cells does', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(box, { minLength: 1, maxLength: 7 }), async (boxes) => {
        await replaceRecords(database, boxes.map(toRecord));
        const inputs = { place: { bbox: [0, 14, SIZE, 14 + SIZE] }, compare: ['2014-06-01', '2016-01-01'] };
        const { numbers, result } = await asked({ ...inputs, datetime: '2014-06-01' });
        const total = [...AREA.values()].reduce((sum, area) => sum + area, 0);
        const areaOf = (wanted: (cell: { x: number; y: number }) => boolean) =>
          CELLS.filter(wanted).reduce((sum, { x, y }) => sum + (AREA.get(`${x},${y}`) ?? 0), 0);
        const who = (cell: { x: number; y: number }, then: 'before' | 'after') =>
          boxes.filter((each) => each[then] && isIn(each, cell));
        const near = (told: number | undefined, expected: number, what: string) =>
          expect(told, what).to.be.closeTo(expected, total * 1e-6);
        // One day: the shares by who is there together.
        expect(numbers.spans).to.have.length(1);
        for (const { actors, share } of numbers.spans[0]?.shares ?? []) {
          const isThis = (cell: { x: number; y: number }) =>
            [...new Set(who(cell, 'before').map(({ actor }) => actor))].sort().join() === actors.join();
          expect(share, actors.join()).to.be.closeTo(areaOf(isThis) / total, 2e-6);
        }
        const shares = numbers.spans[0]?.shares ?? [];
        expect(shares.reduce((sum, { share }) => sum + share, 0)).to.be.closeTo(1, 1e-9);
        for (const actor of ['A', 'B', 'C']) {
          const is = (cell: { x: number; y: number }, then: 'before' | 'after') =>
            who(cell, then).some((each) => each.actor === actor);
          const told = numbers.compare?.actors.find((each) => each.actor === actor);
          const expected = {
            before_km2: areaOf((cell) => is(cell, 'before')),
            after_km2: areaOf((cell) => is(cell, 'after')),
            gained_km2: areaOf((cell) => is(cell, 'after') && !is(cell, 'before')),
            lost_km2: areaOf((cell) => is(cell, 'before') && !is(cell, 'after')),
            no_longer_recorded_km2: areaOf((cell) => is(cell, 'before') && who(cell, 'after').length === 0),
            newly_contested_km2: areaOf(
              (cell) =>
                who(cell, 'after').some((each) => each.actor === actor && each.control === 'contested') &&
                !who(cell, 'before').some(({ control }) => control === 'contested'),
            ),
          };
          for (const [name, area] of Object.entries(expected)) {
            near(told?.[name as keyof typeof expected] ?? 0, area, `${actor} ${name}`);
          }
        }
        const shared = (then: 'before' | 'after') =>
          areaOf((cell) => new Set(who(cell, then).map(({ actor }) => actor)).size > 1);
        near(numbers.compare?.all.shared_before_km2, shared('before'), 'shared before');
        near(numbers.compare?.all.shared_after_km2, shared('after'), 'shared after');
        for (const { properties, geometry } of result.features.changes?.features ?? []) {
          expect(properties?.area_km2).to.be.greaterThan(0);
          expect(geometry.type).to.be.oneOf(['Polygon', 'MultiPolygon']);
        }
      }),
      { numRuns: 25 },
    );
  });

  it('accounts for every km2 of shapes that cross themselves, and draws what it counts', async () => {
    const star = fc
      .tuple(
        fc.integer({ min: -20_000, max: 20_000 }).map((n) => n / 9_999),
        fc.integer({ min: 140_000, max: 180_000 }).map((n) => n / 9_999),
        fc.array(
          fc.integer({ min: 500, max: 20_000 }).map((n) => n / 9_999),
          { minLength: 3, maxLength: 12 },
        ),
        fc.constantFrom(1, 2, 5),
      )
      // Round and round, but not along one line to and fro: that has no area.
      .filter(([, , { length }, turns]) => (2 * turns) % length !== 0)
      .map(([lon, lat, radii, turns]) => {
        const ring = radii.map((radius, k) => {
          const angle = (2 * Math.PI * turns * k) / radii.length;
          return [lon + radius * Math.cos(angle), lat + radius * Math.sin(angle)];
        });
        return { type: 'Polygon', coordinates: [[...ring, ring[0]]] };
      });
    const record = fc.tuple(star, fc.constantFrom('A', 'B', null), fc.boolean(), fc.boolean());
    await fc.assert(
      fc.asyncProperty(fc.array(record, { minLength: 1, maxLength: 6 }), async (drawn) => {
        const records = drawn.map(([geometry, actor, early, late], index) =>
          held(index + 1, actor, early ? '2014-01-01' : '2015-06-01', late ? '2017-01-01' : '2015-09-01', geometry),
        );
        await replaceRecords(database, records);
        const { numbers, result } = await asked({ compare: ['2014-06-01', '2016-01-01'] });
        const { actors, all } = numbers.compare as NonNullable<Numbers['compare']>;
        for (const each of [...actors, all]) {
          expect(each.after_km2).to.be.closeTo(each.before_km2 + each.gained_km2 - each.lost_km2, 1e-9 * 4e6);
          expect(each.before_km2).to.be.closeTo(each.kept_km2 + each.lost_km2, 1e-9 * 4e6);
          expect(each.no_longer_recorded_km2).to.be.at.most(each.lost_km2 + 1e-9);
        }
        const changes = result.features.changes?.features ?? [];
        const table = await database.tableOf('control');
        for (const { actor, before_km2 } of actors) {
          const text = `SELECT coalesce(ST_Area(ST_Segmentize(ST_Union(ST_MakeValid(geom)), 0.1)::geography), 0) / 1e6 AS km2
            FROM ${table} WHERE actor IS NOT DISTINCT FROM $1 AND valid @> '2014-06-01'::timestamptz`;
          const [row] = await database.run<{ km2: number }>({ text, values: [actor ?? null] });
          expect(before_km2).to.be.closeTo(row?.km2 ?? 0, 0.01 + 1e-5 * (row?.km2 ?? 0));
        }
        const text = `SELECT ST_IsValid(geom) AS valid, ST_Area(ST_Segmentize(geom, 0.1)::geography) / 1e6 AS km2
          FROM jsonb_array_elements($1::jsonb) WITH ORDINALITY AS f (feature, nth), ST_GeomFromGeoJSON(feature) AS geom ORDER BY nth`;
        const values = [JSON.stringify(changes.map(({ geometry }) => geometry))];
        const drawnRows = await database.run<{ valid: boolean; km2: number }>({ text, values });
        for (const [index, { valid, km2 }] of drawnRows.entries()) {
          expect(valid).to.equal(true);
          expect(km2).to.be.closeTo(changes[index]?.properties?.area_km2 as number, 0.01 + 1e-5 * km2);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('leaves out what has no area, as a line to and fro that is called a polygon', async () => {
    await replaceRecords(database, [held(1, 'A', '2012-01-01', null, boxOf(0, 14, 1, 15))]);
    const flat = `UPDATE ${await database.tableOf('control')} SET geom = 'SRID=4326;POLYGON((0 14,1 15,2 16,0 14))'`;
    await database.run({ text: flat, values: [] });
    const dates = { compare: ['2014-06-01', '2016-01-01'], datetime: '2014-06-01' };
    const { numbers } = await asked({ ...dates, place: { bbox: [0, 14, 2, 16] } });
    expect(numbers.compare?.actors).to.deep.equal([]);
    expect(numbers.compare?.all.before_km2).to.equal(0);
    expect(numbers.spans[0]).to.deep.include({ status: 'not_recorded', shares: [{ actors: [], share: 1 }] });
    const onIt = await asked({ place: { geometry: { type: 'Point', coordinates: [1, 15] } }, datetime: '2014-06-01' });
    expect(onIt.numbers.spans.map(({ status }) => status)).to.deep.equal(['not_recorded']);
  });

  it('reads the documented areas: who held Kidal, and what changed', async () => {
    const seeded = await seededDatabase();
    try {
      const { result } = await ask(seeded, timeline, { place: { collection: 'places', item: 'places/ml-kidal' } });
      const { spans } = result.numbers as unknown as Numbers;
      expect(spans.slice(0, 5).map(({ from, actors }) => [from, ...actors])).to.deep.equal([
        ['2012-04-06', 'MNLA'],
        ['2012-06-28', 'Ansar Eddine'],
        ['2013-01-26', 'State'],
        ['2014-05-21', 'MNLA-HCUA'],
        ['2015-06-20', 'CMA'],
      ]);
      expect(result.text.en).to.contain('Shapes are approximate').and.to.contain('about here');
      const changed = await ask(seeded, timeline, { compare: ['2012-05-01', '2012-07-01'] });
      const { actors } = (changed.result.numbers as unknown as Numbers).compare as NonNullable<Numbers['compare']>;
      const mnla = actors.find(({ actor }) => actor === 'MNLA');
      expect(mnla).to.include({ after_km2: 0, gained_km2: 0 });
      expect(mnla?.lost_km2).to.be.greaterThan(500_000);
      expect(mnla?.lost_km2).to.equal(mnla?.before_km2);
    } finally {
      await seeded.close();
    }
  });
});
