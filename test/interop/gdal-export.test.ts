import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import type { PublishedLayer } from '../../server/core/catalogue.ts';
import { type Field, recordFields } from '../../server/core/layer.ts';
import { asInSqlite, ogr, readTable, recordsInSql, summary } from '../support/ogr.ts';
import { startServer, type TestServer } from '../support/server.ts';

/** One of each geometry, with lists, truths, days, sums and empty values among their fields. */
const COLLECTIONS = ['mines', 'camps', 'corridors', 'control_areas'] as const;

const MULTI = { point: 'Point', line: 'Multi Line String', polygon: 'Multi Polygon' } as const;

/** As GDAL sees the types of a GeoPackage. */
const IN_GEOPACKAGE: Readonly<Record<Field['type'], string>> = {
  string: 'String',
  integer: 'Integer64',
  number: 'Real',
  boolean: 'Integer(Boolean)',
  date: 'Date',
  datetime: 'DateTime',
  strings: 'String(JSON)',
};
/** FlatGeobuf knows no days, and GDAL shows its lists as text. */
const IN_FLATGEOBUF = { ...IN_GEOPACKAGE, date: 'DateTime', strings: 'String' };

describe('GDAL opens every export', function () {
  this.timeout(120_000);
  let server: TestServer;
  let folder: string;
  before(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'azalai-gdal-export-'));
    server = await startServer();
  });
  after(async () => {
    await server?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function download(id: string, f: string, extension = f): Promise<string> {
    const response = await fetch(`${server.url}/collections/${id}/export?f=${f}`);
    expect(response.status, `${id} ${f}`).to.equal(200);
    const file = path.join(folder, `${id}-${f}.${extension}`);
    writeFileSync(file, Buffer.from(await response.arrayBuffer()));
    return file;
  }
  /** What GDAL makes of a file when it turns it into a GeoPackage. */
  async function converted(id: string, source: string, options: readonly string[] = [], key = 'fid') {
    const target = `${source}.out.gpkg`;
    await ogr('ogr2ogr', ['-f', 'GPKG', target, source, '-nln', id, ...options]);
    return readTable(target, id, key);
  }
  const typesOf = (layer: PublishedLayer, types: Readonly<Record<Field['type'], string>>) =>
    Object.fromEntries(recordFields(layer).map(({ name, type }) => [name, types[type]]));

  for (const id of COLLECTIONS) {
    it(`${id} as GeoPackage: tables, types, numbers, shapes, index and provenance`, async () => {
      const layer = server.context.catalogue().get(id);
      const wanted = asInSqlite(await recordsInSql(server.database, layer), layer);
      const file = await download(id, 'gpkg');
      const { count, geometry, fields, text } = await summary([file]);
      expect({ count, geometry, fields }).to.deep.equal({
        count: wanted.length,
        geometry: MULTI[layer.geometry],
        fields: typesOf(layer, IN_GEOPACKAGE),
      });
      expect(text).to.include(`Layer name: ${id}`).and.include('ID["EPSG",4326]').and.include('FID Column = fid');
      expect(text).to.include(`IDENTIFIER=${layer.title.en}`).and.include(layer.licence.name);
      expect(text)
        .to.match(/"disclaimer":\{/)
        .and.include(`"generation":${layer.generation}`);
      // Of GDAL's own making, so that its reading is held against SQL, not our writing against itself.
      const { records } = await converted(id, file);
      expect(records).to.deep.equal(wanted);
      const indexed = `SELECT HasSpatialIndex('${id}', 'geom')`;
      expect(await ogr('ogrinfo', ['-ro', '-q', file, '-dialect', 'SQLITE', '-sql', indexed])).to.match(/= 1/);
      const check = `SELECT rtreecheck('rtree_${id}_geom')`;
      expect(await ogr('ogrinfo', ['-ro', '-q', file, '-sql', check])).to.match(/= ok/);
    });

    it(`${id} as FlatGeobuf: types, numbers, shapes and provenance`, async () => {
      const layer = server.context.catalogue().get(id);
      const wanted = await recordsInSql(server.database, layer);
      const file = await download(id, 'fgb');
      const { count, geometry, fields, text } = await summary([file]);
      expect({ count, geometry, fields }).to.deep.equal({
        count: wanted.length,
        geometry: MULTI[layer.geometry],
        fields: { fid: 'Integer64', ...typesOf(layer, IN_FLATGEOBUF) },
      });
      expect(text).to.include(`Layer name: ${id}`).and.include('ID["EPSG",4326]');
      const { records } = await converted(id, file);
      const days = recordFields(layer).filter(({ type }) => type === 'date');
      const dated = asInSqlite(wanted, layer).map((record) => {
        const properties: Record<string, unknown> = { ...record.properties };
        for (const { name } of days) if (properties[name]) properties[name] = `${properties[name]}T00:00:00.000`;
        return { ...record, properties };
      });
      expect(records).to.deep.equal(dated);
    });

    it(`${id} as GeoJSON, as a sequence and by lines: the same records`, async () => {
      const layer = server.context.catalogue().get(id);
      const wanted = asInSqlite(await recordsInSql(server.database, layer), layer, 'counted');
      for (const [f, extension] of [
        ['geojson', 'geojson'],
        ['geojsonseq', 'geojsons'],
        ['ndjson', 'geojsonl'],
      ] as const) {
        const file = await download(id, f, extension);
        const { count, fields } = await summary([file]);
        expect(count, f).to.equal(wanted.length);
        expect(Object.keys(fields), f).to.deep.equal(recordFields(layer).map(({ name }) => name));
        const { records } = await converted(id, file, ['-preserve_fid']);
        expect(records, f).to.deep.equal(wanted);
      }
    });

    it(`${id} as CSV: the same records, every value as text`, async () => {
      const layer = server.context.catalogue().get(id);
      const wanted = asInSqlite(await recordsInSql(server.database, layer), layer);
      const file = await download(id, 'csv');
      const place = [
        '-oo',
        'X_POSSIBLE_NAMES=longitude',
        '-oo',
        'Y_POSSIBLE_NAMES=latitude',
        '-oo',
        'KEEP_GEOM_COLUMNS=NO',
      ];
      const { count } = await summary([...place, file]);
      expect(count).to.equal(wanted.length);
      const { records } = await converted(id, file, [...place, '-lco', 'FID=row'], 'row');
      const booleans = new Set(recordFields(layer).flatMap(({ name, type }) => (type === 'boolean' ? [name] : [])));
      const origin = { collection: id, generation: String(layer.generation), collection_nature: layer.nature };
      for (const [index, { geometry, properties }] of records.entries()) {
        const { fid, geometry: shape, properties: own } = wanted[index] as (typeof wanted)[number];
        expect(geometry).to.deep.equal(shape);
        expect(properties).to.include({ ...origin, fid: String(fid), attribution: layer.attribution.en });
        for (const [name, value] of Object.entries(own)) {
          const text = value === null ? '' : booleans.has(name) ? String(value === 1) : String(value);
          expect(properties[name], name).to.be.oneOf([text, `'${text}`]);
        }
      }
    });
  }
});
