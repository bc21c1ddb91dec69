import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import type { PublishedLayer } from '../../server/core/catalogue.ts';
import { LayerSchema } from '../../server/core/layer.ts';
import { readCatalogue } from '../../server/db/catalogue.ts';
import { publish } from '../../server/jobs/publish.ts';
import { GEODATA, migratedDatabase, type TestDatabase } from '../support/database.ts';
import { eventRecord } from '../support/layers.ts';
import { check, codes, layerWith, point, type Staged, stageFile, stageRows } from '../support/staging.ts';

const SHARED = path.resolve(import.meta.dirname, '../../../shared/data');
const REGIONS = path.join(SHARED, 'mli_adm1.geojson');
const SETTLEMENTS = path.join(SHARED, 'mli_settlements.csv');

const TIMELESS = layerWith({ time: null });
const definition = JSON.parse(readFileSync(path.join(GEODATA, 'layers/regions.json'), 'utf8'));
const BOUNDARIES = LayerSchema.parse(definition);

interface Shape {
  name: string;
  pcode: string;
  geometry: { type: string; coordinates: unknown };
  /** 1 when it is not given. */
  level?: number;
}

/** `precision`: metres to which the outlines are good. */
async function publishRegions(
  database: TestDatabase,
  shapes: readonly Shape[],
  generation: number,
  precision = 0,
): Promise<PublishedLayer> {
  const records = shapes.map(({ name, pcode, geometry, level = 1 }, n) => {
    const { kind: _, killed: __, tags: ___, ...carried } = eventRecord(n + 1, 0, 0).properties;
    const own = {
      name,
      name_fr: name,
      pcode,
      country: 'ML',
      level,
      precision_m: precision,
      valid_from: null,
      valid_to: null,
    };
    return { type: 'Feature', id: n + 1, geometry, properties: { ...carried, ...own } };
  });
  await database.transaction((run) => publish(run, BOUNDARIES, records as never, { generation, seedHash: null }));
  return (await readCatalogue(database.run)).get('regions');
}

const box = (west: number, south: number, east: number, north: number) => ({
  type: 'Polygon',
  coordinates: [
    [
      [west, south],
      [east, south],
      [east, north],
      [west, north],
      [west, south],
    ],
  ],
});

describe('places of staged records', () => {
  let database: TestDatabase;
  let regions: PublishedLayer;
  before(async () => {
    database = await migratedDatabase();
    regions = await publishRegions(
      database,
      [
        { name: 'Gao', pcode: 'ML07', geometry: box(-2, 15, 4, 19) },
        { name: 'Ségou', pcode: 'ML04', geometry: box(-7, 12, -4, 16) },
      ],
      1,
    );
  });
  after(() => database.close());

  const NAMED = { regions: [{ column: 'region', level: 1 }] };

  it('holds records against the regions that they name, by name or P-code', async () => {
    const rows = [
      point(0, 16, { region: 'gao' }),
      point(-5, 13, { region: 'SEGOU ' }),
      point(-5, 13, { region: 'ML07', n: 1 }),
      point(-5, 20, { region: 'Ségou' }),
      point(-5, 13, { region: 'Atlantis' }),
      point(-5, 13, { region: 'Atlantis', n: 1 }),
      point(-5, 13, { region: '' }),
    ];
    const { issues, account } = await check(database, await stageRows(database, rows), {
      layer: TIMELESS,
      mapping: NAMED,
      regions,
    });
    expect(codes(issues)).to.deep.equal([
      [null, 'region-unknown', 'note'],
      [3, 'region-outside', 'warning'],
      [4, 'region-outside', 'warning'],
    ]);
    expect(issues.map(({ value }) => value)).to.deep.equal(['Atlantis', 'ML07: 392.4 km', 'Ségou: 442.7 km']);
    expect(account).to.include({ read: 7, unchanged: 7 });
  });

  it('does not hold them against a boundary more closely than that is known', async () => {
    const blurred = await publishRegions(
      database,
      [{ name: 'Gao', pcode: 'ML07', geometry: box(-2, 15, 4, 19) }],
      2,
      9000,
    );
    const rows = [point(-2.05, 16, { region: 'Gao' }), point(-2.1, 16, { region: 'Gao' })];
    const { issues } = await check(database, await stageRows(database, rows), {
      layer: TIMELESS,
      mapping: NAMED,
      regions: blurred,
    });
    expect(codes(issues)).to.deep.equal([[2, 'region-outside', 'warning']]);
  });

  it('holds areas against them too: one that reaches into its region is in it', async () => {
    const areas = layerWith({ time: null, geometry: 'polygon' });
    const rows = [box(3, 18, 5, 20), box(5, 16, 6, 17), box(-4, 15, -3, 16)].map((geometry) => ({
      geometry,
      properties: { region: 'Gao' },
    }));
    const { issues } = await check(database, await stageRows(database, rows), {
      layer: areas,
      mapping: NAMED,
      regions,
    });
    expect(codes(issues)).to.deep.equal([
      [2, 'region-outside', 'warning'],
      [3, 'region-outside', 'warning'],
    ]);
  });

  it('tells a record once that names regions of two levels and is in neither', async () => {
    const two = await publishRegions(
      database,
      [
        { name: 'Gao', pcode: 'ML07', geometry: box(-2, 15, 4, 19) },
        { name: 'Ansongo', pcode: 'ML0701', geometry: box(0, 15, 2, 16), level: 2 },
      ],
      4,
    );
    const rows = [
      point(1, 15.5, { region: 'Gao', cercle: 'Ansongo' }),
      point(1, 18, { region: 'Gao', cercle: 'Ansongo' }),
      point(1, 40, { region: 'Gao', cercle: 'Ansongo' }),
      // Each level would explain it by the latitude's sign.
      point(1, -15.5, { region: 'Gao', cercle: 'Ansongo' }),
    ];
    const mapping = {
      regions: [
        { column: 'region', level: 1 },
        { column: 'cercle', level: 2 },
      ],
    };
    const staged = await stageRows(database, rows);
    const { issues } = await check(database, staged, { layer: TIMELESS, mapping, regions: two });
    const told = issues.map(({ idx, code, pointer }) => [idx, code, pointer]);
    expect(told.filter(([, code]) => code === 'region-outside')).to.deep.equal([
      [3, 'region-outside', 'region'],
      [4, 'region-outside', 'region'],
      [2, 'region-outside', 'cercle'],
    ]);
    expect(told.filter(([, code]) => code === 'sign-flipped').map(([idx]) => idx)).to.deep.equal([4]);
    const mended = await check(database, staged, {
      layer: TIMELESS,
      mapping: { ...mapping, repairs: ['sign-flipped'] },
      regions: two,
    });
    expect(mended.issues.map(({ idx, code, severity }) => [idx, code, severity])).to.deep.equal([
      [3, 'region-outside', 'warning'],
      [4, 'sign-flipped', 'note'],
      [2, 'region-outside', 'warning'],
    ]);
  });

  it('says that there is nothing to hold them against', async () => {
    const staged = await stageRows(database, [point(0, 16, { region: 'gao', cercle: 'x' })]);
    const without = await check(database, staged, { layer: TIMELESS, mapping: NAMED });
    expect(codes(without.issues)).to.deep.equal([[null, 'region-unknown', 'note']]);
    const deeper = await check(database, staged, {
      layer: TIMELESS,
      mapping: { regions: [{ column: 'cercle', level: 2 }] },
      regions,
    });
    expect(codes(deeper.issues)).to.deep.equal([[null, 'region-unknown', 'note']]);
  });

  it('offers to change a sign or to exchange the axes where that explains the place, and does it when asked to', async () => {
    const rows = [
      point(-3.5, 16, { region: 'Gao' }),
      point(-5, -13, { region: 'Ségou' }),
      point(16, 1, { region: 'Gao' }),
      point(0, 16, { region: 'Gao' }),
      // A little over the border: no wrong sign, though the other side fits too.
      point(-2.05, 16, { region: 'Gao' }),
    ];
    const staged = await stageRows(database, rows);
    const asked = await check(database, staged, { layer: TIMELESS, mapping: { ...NAMED, repairs: [] }, regions });
    expect(codes(asked.issues).toSorted()).to.deep.equal([
      [1, 'region-outside', 'warning'],
      [1, 'sign-flipped', 'warning'],
      [2, 'region-outside', 'warning'],
      [2, 'sign-flipped', 'warning'],
      [3, 'axes-swapped', 'warning'],
      [3, 'region-outside', 'warning'],
      [5, 'region-outside', 'warning'],
    ]);
    expect(asked.account).to.include({ read: 5, unchanged: 5 });
    const repairs = ['sign-flipped', 'axes-swapped'];
    const mended = await check(database, staged, { layer: TIMELESS, mapping: { ...NAMED, repairs }, regions });
    expect(codes(mended.issues).toSorted()).to.deep.equal([
      [1, 'sign-flipped', 'note'],
      [2, 'sign-flipped', 'note'],
      [3, 'axes-swapped', 'note'],
      [5, 'region-outside', 'warning'],
    ]);
    expect(mended.records.map(({ geom, geom_before }) => [geom, geom_before])).to.deep.equal([
      ['POINT(3.5 16)', 'POINT(-3.5 16)'],
      ['POINT(-5 13)', 'POINT(-5 -13)'],
      ['POINT(1 16)', 'POINT(16 1)'],
      ['POINT(0 16)', null],
      ['POINT(-2.05 16)', null],
    ]);
    expect(mended.account).to.include({ read: 5, unchanged: 2, repaired: 3 });
    expect(mended.issues.find(({ idx }) => idx === 1)).to.include({
      value: '-3.50000, 16.00000 → 3.50000, 16.00000',
      done: 'the sign of the longitude changed',
    });
  });

  it('judges points that name no region by the others, and asks only', async () => {
    const cluster = Array.from({ length: 40 }, (_, n) => point(-6 + (n % 8) / 2, 12 + Math.floor(n / 8), { n }));
    const rows = [
      ...cluster,
      point(13.5, -5, { n: 'swapped' }),
      point(-5, -13, { n: 'south' }),
      point(30, 50, { n: 'elsewhere' }),
    ];
    const staged = await stageRows(database, rows);
    const { issues, account } = await check(database, staged, { layer: TIMELESS, mapping: {} });
    expect(codes(issues)).to.deep.equal([
      [41, 'axes-swapped', 'warning'],
      [42, 'sign-flipped', 'warning'],
    ]);
    expect(account).to.include({ read: 43, unchanged: 43 });
    // A little beyond the others is not far off, though the other sign would fit.
    const eastern = cluster.map((row, n) => point(-1 + (n % 8) / 2, 12 + Math.floor(n / 8), row.properties));
    const beside = await stageRows(database, [
      ...eastern,
      point(-2.4, 14, { n: 'beside' }),
      point(-1, 14.5, { n: 'inside' }),
    ]);
    expect(codes((await check(database, beside, { layer: TIMELESS, mapping: {} })).issues)).to.deep.equal([]);
    const few = await check(database, await stageRows(database, rows.slice(30)), { layer: TIMELESS, mapping: {} });
    expect(codes(few.issues)).to.deep.equal([]);
  });

  it('judges them by the area of the layer, and says what lies outside of it', async () => {
    const layer = layerWith({ time: null, area: [-12.5, 10, 4.5, 25] });
    const rows = [point(-4, 14), point(14, -4, { n: 1 }), point(30, 50)];
    const { issues, records } = await check(database, await stageRows(database, rows), { layer, mapping: {} });
    expect(codes(issues)).to.deep.equal([
      [2, 'axes-swapped', 'note'],
      [3, 'area-outside', 'warning'],
    ]);
    expect(records[1]).to.include({ geom: 'POINT(-4 14)', outcome: 'repaired' });
    const pacific = layerWith({ time: null, area: [170, -20, -170, 0] });
    const around = [point(175, -5), point(-175, -5), point(0, -5)];
    const there = await check(database, await stageRows(database, around), { layer: pacific, mapping: {} });
    expect(codes(there.issues)).to.deep.equal([[3, 'area-outside', 'warning']]);
  });

  describe('of real settlements', () => {
    let staged: Staged;
    let adm1: PublishedLayer;
    const mapping = {
      record: { record_id: { column: 'pcode' }, note: { column: 'featureNam' } },
      regions: [{ column: 'admin1Name', level: 1 }],
    };
    before(async function () {
      if (!existsSync(SETTLEMENTS)) {
        console.log('      (skipped: ../shared/data is not there)');
        return this.skip();
      }
      const { features } = JSON.parse(readFileSync(REGIONS, 'utf8'));
      const shapes = features.map((feature: { properties: Record<string, string>; geometry: Shape['geometry'] }) => ({
        name: feature.properties.admin1Name,
        pcode: feature.properties.admin1Pcod,
        geometry: feature.geometry,
      }));
      adm1 = await publishRegions(database, shapes, 3);
      staged = await stageFile(database, SETTLEMENTS);
    });

    it('finds those outside of the region that they name, and those with a wrong sign', async () => {
      const { account, issues, records } = await check(database, staged, { layer: TIMELESS, mapping, regions: adm1 });
      expect(account.read).to.equal(18_769);
      const outside = issues.filter(({ code }) => code === 'region-outside');
      const far = outside.filter(({ value }) => Number(/: ([\d.]+) km/.exec(value ?? '')?.[1]) > 10);
      const flipped = issues.filter(({ code }) => code === 'sign-flipped');
      expect([outside.length, far.length]).to.deep.equal([146, 36]);
      const names = flipped.map(({ idx }) => records[(idx ?? 0) - 1]?.note);
      expect(names).to.have.length(7);
      expect(names).to.include.members(['Menaka', 'Anderamboukane']);
      const repairs = ['sign-flipped'];
      const mended = await check(database, staged, {
        layer: TIMELESS,
        mapping: { ...mapping, repairs },
        regions: adm1,
      });
      expect(mended.account).to.include({ read: 18_769, unchanged: 18_762, repaired: 7 });
      expect(mended.issues.filter(({ code }) => code === 'region-outside')).to.have.length(139);
    });
  });
});
