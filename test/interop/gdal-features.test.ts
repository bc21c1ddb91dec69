import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { type Field, recordFields } from '../../server/core/layer.ts';
import { asInSqlite, ogr, readTable, recordsInSql } from '../support/ogr.ts';
import { requestLog } from '../support/request-log.ts';
import { startServer, type TestServer } from '../support/server.ts';

/** Small enough that most collections have several. */
const PAGE = 40;

/** As GDAL's GeoPackage has the types that its OAPIF driver reads of the schema. */
const TYPES: Readonly<Record<Field['type'], string>> = {
  string: 'TEXT',
  integer: 'MEDIUMINT',
  number: 'REAL',
  boolean: 'BOOLEAN',
  date: 'DATE',
  datetime: 'DATETIME',
  strings: 'TEXT',
};

describe('GDAL reads collections by OGC API Features', function () {
  this.timeout(120_000);
  let server: TestServer;
  let folder: string;
  const { log, addresses } = requestLog();
  before(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'azalai-gdal-features-'));
    server = await startServer({ log });
  });
  after(async () => {
    await server?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  let files = 0;
  /** Reads with ogr2ogr into a new GeoPackage; numbers of records are kept. */
  async function read(options: readonly string[], ...collections: string[]): Promise<string> {
    files += 1;
    const target = path.join(folder, `${files}.gpkg`);
    const source = [`OAPIF:${server.url}`, ...collections];
    addresses.splice(0);
    await ogr('ogr2ogr', ['-f', 'GPKG', target, ...source, '-preserve_fid', '-oo', `PAGE_SIZE=${PAGE}`, ...options]);
    return target;
  }
  const itemsAsked = (id: string) =>
    addresses
      .map((address) => new URL(address, server.url))
      .filter(({ pathname }) => pathname === `/collections/${id}/items`);

  it('lists every collection', async () => {
    const listed = await ogr('ogrinfo', ['-ro', `OAPIF:${server.url}`]);
    const ids = [...listed.matchAll(/^\d+: (\w+) \(title: (.*?)\)( \(|$)/gm)].map(([, id]) => id);
    expect(ids.toSorted()).to.deep.equal(
      server.context
        .catalogue()
        .layers.map(({ id }) => id)
        .toSorted(),
    );
  });

  it('reads every collection whole, page after page: numbers, fields, types, values and shapes are those of SQL', async () => {
    const file = await read([]);
    for (const layer of server.context.catalogue().layers) {
      const { id } = layer;
      const wanted = asInSqlite(await recordsInSql(server.database, layer), layer, 'counted');
      const { records, types } = readTable(file, id);
      expect(
        records.map(({ fid }) => fid),
        id,
      ).to.deep.equal(wanted.map(({ fid }) => fid));
      expect(types, id).to.deep.equal({
        fid: 'INTEGER',
        geom: types.geom,
        ...Object.fromEntries(recordFields(layer).map(({ name, type }) => [name, TYPES[type]])),
      });
      for (const [index, record] of records.entries()) {
        expect(record, `${id} ${record.fid}`).to.deep.equal(wanted[index]);
      }
      const pages = new Set(itemsAsked(id).map(({ search }) => search));
      expect(pages.size, `pages of ${id}`).to.equal(Math.max(1, Math.ceil(wanted.length / PAGE)));
      expect([...pages].every((search) => search.includes(`limit=${PAGE}`))).to.equal(true);
    }
    expect(itemsAsked('attacks_modelled')).to.have.length.above(50);
  });

  for (const [id, west, south, east, north] of [
    ['attacks_modelled', -5, 14, 0, 17],
    ['corridors', -1, 15, 3, 18],
    ['control_areas', -4.5, 13.5, -3.5, 14.5],
  ] as const) {
    it(`asks for a box of ${id} and gets what SQL finds there`, async () => {
      const layer = server.context.catalogue().get(id);
      const box = `ST_MakeEnvelope(${west}, ${south}, ${east}, ${north}, 4326)`;
      const wanted = await recordsInSql(server.database, layer, `ST_Intersects(geom, ${box})`);
      const file = await read(['-spat', ...[west, south, east, north].map(String)], id);
      expect(readTable(file, id).records.map(({ fid }) => fid)).to.deep.equal(wanted.map(({ fid }) => fid));
      expect(wanted).to.have.length.above(0);
      const asked = itemsAsked(id).slice(1);
      expect(asked.length).to.be.above(0);
      for (const { searchParams } of asked) {
        expect(searchParams.get('bbox')?.split(',').map(Number)).to.deep.equal([west, south, east, north]);
      }
    });
  }

  // What was asked, what must have come to the server, and the same in SQL.
  const FILTERS = [
    ['mines', "kind = 'artisanal'", { kind: 'artisanal' }, "kind = 'artisanal'"],
    ['attacks', 'killed = 5', { killed: '5' }, 'killed = 5'],
    ['mines', 'armed_presence = 1', { armed_presence: '1' }, 'armed_presence'],
    ['hubs', "name = 'Ménaka' AND role = 'hub'", { name: 'Ménaka', role: 'hub' }, "name = 'Ménaka' AND role = 'hub'"],
    [
      'attacks_modelled',
      "target = 'civilians' AND killed > 3",
      { target: 'civilians' },
      "target = 'civilians' AND killed > 3",
    ],
    // One day of validity is the box of time that GDAL 3.6 has for it.
    [
      'attacks',
      "kind = 'other' AND valid_from >= '2012-01-01'",
      { kind: 'other', datetime: '2012-01-01T/..' },
      "kind = 'other' AND lower(valid) >= '2012-01-01'",
    ],
  ] as const;
  for (const [id, where, params, condition] of FILTERS) {
    it(`sends the filter ${where} of ${id} to the server`, async () => {
      const layer = server.context.catalogue().get(id);
      const wanted = await recordsInSql(server.database, layer, condition);
      const file = await read(['-where', where], id);
      expect(readTable(file, id).records.map(({ fid }) => fid)).to.deep.equal(wanted.map(({ fid }) => fid));
      const { length } = await recordsInSql(server.database, layer);
      expect(wanted.length, 'a filter that leaves some').to.be.within(id === 'hubs' ? 0 : 1, length - 1);
      const last = itemsAsked(id).at(-1)?.searchParams;
      for (const [name, value] of Object.entries(params)) expect(last?.get(name), name).to.equal(value);
    });
  }

  it('asks for one record by its number', async () => {
    addresses.splice(0);
    const text = await ogr('ogrinfo', ['-ro', '-q', '-fid', '3', `OAPIF:${server.url}`, 'attacks', '-geom=NO']);
    expect(text).to.include('OGRFeature(attacks):3');
    expect(addresses).to.include('/collections/attacks/items/3');
  });

  it('hears the reason when the server refuses', async () => {
    const source = `OAPIF:${server.url}/collections/nowhere`;
    const refusal = await ogr('ogrinfo', ['-ro', source]).then(
      () => 'none',
      (error: Error) => error.message,
    );
    expect(refusal).to.include('There is no collection \\"nowhere\\"');
  });
});
