import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import type { Geometry, Position } from 'geojson';
import { after, before, describe, it } from 'mocha';
import sqlite from 'node-sqlite3-wasm';
import { LimitExceeded, UnreadableFile } from '../../../server/ingest/errors.ts';
import { BadGeometry, fromWkb } from '../../../server/ingest/geopackage/wkb.ts';
import { geopackage } from '../../../server/ingest/geopackage.ts';
import { LIMITS, type Limits } from '../../../server/ingest/source.ts';
import { codes, expectNoSurprise, failure, inMemory, readAll } from '../../support/readings.ts';

const KINDS = ['Point', 'LineString', 'Polygon', 'MultiPoint', 'MultiLineString', 'MultiPolygon', 'GeometryCollection'];

/** WKB by the book: `more` is what each position has beyond x and y, `offset` what its type number is raised by. */
function wkb(geometry: Geometry, { little = true, offset = 0, more = [] as number[] } = {}): Buffer {
  const uint = (value: number) => {
    const bytes = Buffer.alloc(4);
    if (little) bytes.writeUInt32LE(value >>> 0);
    else bytes.writeUInt32BE(value >>> 0);
    return bytes;
  };
  const position = (values: Position) => {
    const bytes = Buffer.alloc((values.length + more.length) * 8);
    for (const [index, value] of [...values, ...more].entries()) {
      if (little) bytes.writeDoubleLE(value, index * 8);
      else bytes.writeDoubleBE(value, index * 8);
    }
    return bytes;
  };
  const line = (positions: Position[]) => [uint(positions.length), ...positions.map(position)];
  const rings = (all: Position[][]) => [uint(all.length), ...all.flatMap(line)];
  const write = (one: Geometry): Buffer => {
    const members = (type: string) =>
      'coordinates' in one
        ? (one.coordinates as never[]).map((coordinates) => write({ type, coordinates } as Geometry))
        : [];
    const body = (): Buffer[] => {
      switch (one.type) {
        case 'Point':
          return [position(one.coordinates)];
        case 'LineString':
          return line(one.coordinates);
        case 'Polygon':
          return rings(one.coordinates);
        case 'GeometryCollection':
          return [uint(one.geometries.length), ...one.geometries.map(write)];
        default:
          return [uint(one.coordinates.length), ...members(one.type.slice(5))];
      }
    };
    return Buffer.concat([Buffer.from([Number(little)]), uint(KINDS.indexOf(one.type) + 1 + offset), ...body()]);
  };
  return write(geometry);
}

const blob = (content: Buffer, { srs = 4326, flags = 1, envelope = 0 } = {}): Buffer => {
  const head = Buffer.alloc(8 + envelope);
  head.write('GP');
  head[3] = flags;
  head.writeInt32LE(srs, 4);
  return Buffer.concat([head, content]);
};

const SITE: Geometry = { type: 'Point', coordinates: [-3, 16.8] };
const SCHEMA = `
  PRAGMA page_size = 512;
  CREATE TABLE gpkg_spatial_ref_sys (srs_name, srs_id INTEGER PRIMARY KEY, organization, organization_coordsys_id, definition);
  CREATE TABLE gpkg_contents (table_name, data_type, srs_id);
  CREATE TABLE gpkg_geometry_columns (table_name, column_name, geometry_type_name, srs_id, z, m);
  INSERT INTO gpkg_spatial_ref_sys VALUES ('WGS 84', 4326, 'epsg', 4326, 'GEOGCS'), ('own', 100000, 'me', 1, 'LOCAL_CS["x"]'), ('none', -1, 'NONE', -1, 'undefined');
`;
const list = (name: string, srs = 4326, kind = 'features') => `
  INSERT INTO gpkg_contents VALUES ('${name}', '${kind}', ${srs});
  INSERT INTO gpkg_geometry_columns SELECT '${name}', 'geom', 'GEOMETRY', ${srs}, 0, 0 WHERE '${kind}' = 'features';
`;

describe('GeoPackages', () => {
  let folder: string;
  let made = 0;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'azalai-geopackage-'));
  });
  after(() => rmSync(folder, { recursive: true }));

  /** A new database: statements, then rows with their values. */
  const make = (
    sql: string,
    rows: readonly (readonly [sql: string, values: (Uint8Array | string | number | bigint | null)[]])[] = [],
  ) => {
    const path = join(folder, `${made++}.gpkg`);
    const database = new sqlite.Database(path);
    database.exec(sql);
    for (const [insert, values] of rows) database.run(insert, values);
    database.close();
    return path;
  };
  const read = (path: string, limits: Partial<Limits> = {}) =>
    readAll(geopackage, { ...inMemory(readFileSync(path), 'sent.gpkg'), path } as never, limits);

  it('give each table as a layer, with its reference system, ids and values', async () => {
    const path = make(
      `${SCHEMA}${list('sites')}${list('lakes', 100000)}${list('lost', -1)}${list('notes', 0, 'attributes')}
       CREATE TABLE sites (fid INTEGER PRIMARY KEY, geom BLOB, "na""me" TEXT, alive BOOLEAN, large INTEGER, photo BLOB, day DATE, twice AS (fid * 2));
       CREATE TABLE lakes (geom BLOB, "NA""ME" TEXT); CREATE TABLE lost (geom BLOB); CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT);`,
      [
        [
          'INSERT INTO sites VALUES (7, ?, ?, 1, ?, ?, ?)',
          [blob(wkb(SITE)), 'Ménaka', 2n ** 60n, Buffer.from('x'), '2012-03-31'],
        ],
        ['INSERT INTO sites VALUES (9, NULL, NULL, 0, 5, NULL, NULL)', []],
        ['INSERT INTO lakes VALUES (?, ?)', [blob(wkb(SITE), { srs: 4326, flags: 3, envelope: 32 }), 'Débo']],
        ['INSERT INTO lost VALUES (?)', [blob(wkb(SITE), { srs: -1, flags: 0x11 })]],
        ['INSERT INTO notes VALUES (1, ?)', ['said']],
      ],
    );
    const all = await read(path);
    expect(all.layers).to.deep.equal([
      { name: 'sites', crs: 4326, columns: ['na"me', 'alive', 'large', 'photo', 'day'] },
      { name: 'lakes', crs: 'LOCAL_CS["x"]', columns: ['NA"ME'] },
      { name: 'lost', crs: null, columns: [] },
      { name: 'notes', crs: null, columns: ['text'] },
    ]);
    const large = String(2n ** 60n);
    expect(all.features).to.deep.equal([
      {
        index: 1,
        place: { part: 'sites' },
        id: 7,
        geometry: SITE,
        properties: { 'na"me': 'Ménaka', alive: true, large, day: '2012-03-31' },
      },
      {
        index: 2,
        place: { part: 'sites' },
        id: 9,
        geometry: null,
        properties: { 'na"me': null, alive: false, large: 5, photo: null, day: null },
      },
      { index: 3, place: { part: 'lakes' }, id: null, geometry: SITE, properties: { 'NA"ME': 'Débo' } },
      { index: 4, place: { part: 'lost' }, id: null, geometry: null, properties: {} },
      { index: 5, place: { part: 'notes' }, id: 1, geometry: null, properties: { text: 'said' } },
    ]);
    expect(codes(all)).to.deep.equal(['columns-not-read', 'crs-differs', 'no-crs']);
  });

  it('read every type of WKB, of either byte order, with heights, without measures', () => {
    const ring = [
      [0, 0],
      [1, 0],
      [1, 1],
      [0, 0],
    ];
    const all: Geometry[] = [
      SITE,
      { type: 'LineString', coordinates: ring },
      { type: 'Polygon', coordinates: [ring, ring] },
      { type: 'MultiPoint', coordinates: ring },
      { type: 'MultiLineString', coordinates: [ring, ring] },
      { type: 'MultiPolygon', coordinates: [[ring], [ring, ring]] },
    ];
    const every: Geometry[] = [...all, { type: 'GeometryCollection', geometries: all }];
    for (const geometry of every) {
      for (const little of [true, false]) {
        expect(fromWkb(wkb(geometry, { little }), LIMITS)).to.deep.equal(geometry);
        expect(fromWkb(wkb(geometry, { little, offset: 2000, more: [5] }), LIMITS)).to.deep.equal(geometry);
      }
    }
    const high: Geometry = {
      type: 'LineString',
      coordinates: [
        [0, 0, 9],
        [1, 1, 9],
      ],
    };
    for (const [offset, more] of [
      [1000, [9]],
      [3000, [9, 1]],
      [0x80000000, [9]],
      [0xc0000000, [9, 1]],
    ] as const) {
      expect(
        fromWkb(
          wkb(
            {
              type: 'LineString',
              coordinates: [
                [0, 0],
                [1, 1],
              ],
            },
            { offset, more: [...more] },
          ),
          LIMITS,
        ),
      ).to.deep.equal(high);
    }
    expect(fromWkb(wkb({ type: 'Point', coordinates: [Number.NaN, Number.NaN] }), LIMITS)).to.equal(null);
    expect(fromWkb(wkb({ type: 'GeometryCollection', geometries: [] }), LIMITS)).to.equal(null);
    expect(() => fromWkb(wkb(SITE, { offset: 8 }), LIMITS)).to.throw(BadGeometry, 'curve');
    expect(() => fromWkb(wkb({ type: 'Point', coordinates: [Infinity, 0] }), LIMITS)).to.throw(BadGeometry);
  });

  it('end at the limits of geometry, whatever their counts say', () => {
    let nested: Geometry = SITE;
    for (let depth = 0; depth < 100; depth++) nested = { type: 'GeometryCollection', geometries: [nested] };
    expect(() => fromWkb(wkb(nested), LIMITS)).to.throw(LimitExceeded, 'limit UPLOAD_DEPTH');
    const line: Geometry = {
      type: 'LineString',
      coordinates: [
        [0, 0],
        [1, 1],
        [2, 2],
      ],
    };
    expect(() => fromWkb(wkb(line), { ...LIMITS, vertices: 2 })).to.throw(LimitExceeded, 'limit UPLOAD_VERTICES');
    expect(() => fromWkb(wkb(line).fill(0xff, 5, 9), LIMITS)).to.throw(BadGeometry, 'ask for more');
  });

  it('never fail otherwise on any WKB', () => {
    const good = wkb({
      type: 'GeometryCollection',
      geometries: [
        SITE,
        {
          type: 'MultiPolygon',
          coordinates: [
            [
              [
                [0, 0],
                [1, 0],
                [1, 1],
                [0, 0],
              ],
            ],
          ],
        },
      ],
    });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { maxLength: 5 }),
        fc.nat(good.length),
        (changes, end) => {
          const bytes = Buffer.from(good);
          for (const [at, byte] of changes) bytes[at] = byte;
          try {
            fromWkb(bytes.subarray(0, end), LIMITS);
          } catch (error) {
            if (!(error instanceof BadGeometry || error instanceof LimitExceeded)) throw error;
          }
        },
      ),
      { numRuns: 3000 },
    );
  });

  it('keep a record with a bad geometry or too long a value out, and read on', async () => {
    const path = make(`${SCHEMA}${list('a')} CREATE TABLE a (geom BLOB, text TEXT);`, [
      ['INSERT INTO a VALUES (?, ?)', [Buffer.from('nothing'), 'x']],
      ['INSERT INTO a VALUES (?, ?)', [blob(wkb(SITE).subarray(0, 9)), 'x']],
      ['INSERT INTO a VALUES (?, ?)', [blob(wkb(SITE)), 'x'.repeat(200)]],
      ['INSERT INTO a VALUES (?, ?)', [blob(wkb(SITE)), 'good']],
    ]);
    const all = await read(path, { recordBytes: 100 });
    expect(all.features.map(({ index, properties }) => [index, properties.text])).to.deep.equal([[4, 'good']]);
    expect(all.issues.map(({ code, index }) => [code, index])).to.deep.equal([
      ['bad-geometry', 1],
      ['bad-geometry', 2],
      ['record-too-long', 3],
    ]);
    expect(await failure(read(path, { features: 0 }))).to.be.instanceOf(LimitExceeded);
  });

  it('run no view, whose query may never end, and say what was left out', async () => {
    const endless = 'WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) AS geom FROM n';
    const both = make(
      `${SCHEMA}${list('v')}${list('gone')}${list('good')}${list('p', 4326, 'tiles')} CREATE VIEW v AS ${endless}; CREATE TABLE good (geom BLOB);`,
    );
    const all = await read(both);
    expect(all.layers.map(({ name }) => name)).to.deep.equal(['good']);
    expect(all.issues.map(({ code, place }) => [code, place.part])).to.deep.equal([
      ['table-left-out', 'v'],
      ['table-left-out', 'gone'],
      ['table-left-out', 'p'],
    ]);
    expect((await failure(read(make(`${SCHEMA}${list('v')} CREATE VIEW v AS ${endless}`)))).message).to.contain(
      'v: It is a view',
    );
    expect(await failure(read(make(`CREATE VIEW gpkg_contents AS ${endless}`)))).to.be.instanceOf(UnreadableFile);
  });

  it('that are none, in use, or not on the disk say so', async () => {
    const path = make(`${SCHEMA}${list('a')} CREATE TABLE a (geom BLOB);`);
    const bytes = readFileSync(path);
    expect((await failure(readAll(geopackage, inMemory(bytes)))).message).to.contain('on the disk');
    expect((await failure(readAll(geopackage, inMemory('text', 'a.gpkg')))).message).to.contain(
      '"a.gpkg" is not a GeoPackage',
    );
    expect((await failure(read(make('CREATE TABLE other (a)')))).message).to.contain('no GeoPackage');
    bytes[18] = 2;
    writeFileSync(path, bytes);
    expect((await failure(read(path))).message).to.contain('-wal');
  });

  it('that are spoilt in any way give readings, a limit or a reason', async () => {
    const path = make(
      `${SCHEMA}${list('a')} CREATE TABLE a (fid INTEGER PRIMARY KEY, geom BLOB, text TEXT);`,
      Array.from({ length: 20 }, (_, index) => [
        'INSERT INTO a VALUES (?, ?, ?)',
        [index, blob(wkb(SITE)), 'x'.repeat(index * 40)],
      ]),
    );
    const good = readFileSync(path);
    const onDisk = (bytes: Buffer) => {
      writeFileSync(path, bytes);
      return read(path);
    };
    // Each costs 7 ms of file locks; 2,000 were run when this was written.
    await expectNoSurprise([good], onDisk, 300);
  }).timeout(60_000);

  it('are told by their first bytes', () => {
    expect(geopackage.sniff(Buffer.from('SQLite format 3\0 and more'), 'x')).to.equal(true);
    expect(geopackage.sniff(Buffer.from('SQLite'), 'x.gpkg')).to.equal(false);
  });
});
