import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { tileFields } from '../../server/core/layer.ts';
import { ogr, readTable, recordsInSql } from '../support/ogr.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { decodeTile } from '../support/vector-tile.ts';

const MERCATOR = 20_037_508.342789244;

/** In metres, west, south, east, north. */
function boxOf(z: number, x: number, y: number): readonly [number, number, number, number] {
  const side = (2 * MERCATOR) / 2 ** z;
  return [-MERCATOR + x * side, MERCATOR - (y + 1) * side, -MERCATOR + (x + 1) * side, MERCATOR - y * side];
}

describe('GDAL reads vector tiles', function () {
  this.timeout(120_000);
  let server: TestServer;
  let folder: string;
  before(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'azalai-gdal-tiles-'));
    server = await startServer();
  });
  after(async () => {
    await server?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  let files = 0;
  /** What GDAL's driver finds in one layer of a source of tiles. */
  async function read(source: string, layer: string, options: readonly string[] = []) {
    files += 1;
    const target = path.join(folder, `${files}.gpkg`);
    await ogr('ogr2ogr', ['-f', 'GPKG', target, `MVT:${source}`, layer, '-nln', layer, '-lco', 'FID=row', ...options]);
    return readTable(target, layer, 'row');
  }

  /** Records whose point lies in a tile: those of its own, without the ones in its margin. */
  async function pointsIn(id: string, z: number, x: number, y: number) {
    const box = `ST_MakeEnvelope(${boxOf(z, x, y).join(', ')}, 3857)`;
    return recordsInSql(server.database, server.context.catalogue().get(id), `geom_3857 && ${box}`);
  }

  for (const [id, z, x, y] of [
    ['mines', 5, 15, 14],
    ['mines', 0, 0, 0],
    ['camps', 4, 7, 7],
  ] as const) {
    it(`reads ${id}/${z}/${x}/${y} by HTTP: the records of SQL, their attributes and places`, async () => {
      const layer = server.context.catalogue().get(id);
      const { records } = await read(`${server.url}/tiles/${id}/${z}/${x}/${y}.mvt`, id, ['-t_srs', 'EPSG:4326']);
      const wanted = new Map((await pointsIn(id, z, x, y)).map((record) => [record.fid, record]));
      const found = new Map(records.map((record) => [Number(record.properties.mvt_id), record]));
      expect(wanted.size).to.be.above(0);
      for (const [fid, { geometry, properties }] of wanted) {
        const record = found.get(fid);
        if (!record) expect.fail(`record ${fid} is missing`);
        for (const { name, type } of tileFields(layer)) {
          // Days since 1970 in tiles; a name that a tile needs not is left out.
          const value = properties[name] ?? null;
          const own = type === 'date' && value !== null ? Date.parse(`${value}Z`) / 86_400_000 : value;
          const given = record.properties[name] ?? null;
          if (given !== null || type === 'date') expect(given, `${fid} ${name}`).to.equal(own);
        }
        const [lon, lat] = (record.geometry as unknown as { coordinates: [number, number] }).coordinates;
        const [ownLon, ownLat] = (geometry as unknown as { coordinates: [number, number] }).coordinates;
        // Half a unit of the grid of a tile.
        const unit = 360 / 2 ** z / 4096;
        expect(Math.abs(lon - ownLon)).to.be.at.most(unit);
        expect(Math.abs(lat - ownLat)).to.be.at.most(unit);
      }
    });
  }

  it('reads a saved tile as our own reader of tiles does: layers, numbers and attributes', async () => {
    const response = await fetch(`${server.url}/tiles/control_areas,corridors/5/15/14.mvt`);
    const bytes = Buffer.from(await response.arrayBuffer());
    const plain = bytes[0] === 0x1f ? gunzipSync(bytes) : bytes;
    const file = path.join(folder, '14.mvt');
    writeFileSync(file, plain);
    const layers = decodeTile(plain);
    for (const id of ['control_areas', 'corridors']) {
      const own = layers[id] ?? [];
      expect(own, id).to.have.length.above(0);
      // Whole, also what lies in the margin of the tile only.
      const { records } = await read(file, id, ['-oo', 'CLIP=NO']);
      expect(records.map(({ properties }) => properties.mvt_id)).to.deep.equal(own.map((feature) => feature.id));
      for (const [index, feature] of own.entries()) {
        for (const [name, value] of Object.entries(feature.properties)) {
          expect(records[index]?.properties[name], `${id} ${feature.id} ${name}`).to.equal(value);
        }
      }
    }
  });

  it('reads a whole zoom by TileJSON: every record, once its copies in neighbouring tiles are taken for one', async () => {
    const layer = server.context.catalogue().get('mines');
    const options = ['-oo', 'TILE_EXTENSION=mvt', '-oo', `METADATA_FILE=${server.url}/tiles/mines.json`];
    const { records } = await read(`${server.url}/tiles/mines/5`, 'mines', options);
    const numbers = new Set(records.map(({ properties }) => Number(properties.mvt_id)));
    expect([...numbers].toSorted((a, b) => a - b)).to.deep.equal(
      (await recordsInSql(server.database, layer)).map(({ fid }) => fid),
    );
    const text = await ogr('ogrinfo', ['-ro', '-so', `MVT:${server.url}/tiles/mines/5`, 'mines', ...options]);
    for (const { name } of tileFields(layer)) expect(text).to.match(new RegExp(`^${name}: `, 'm'));
  });
});
