import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import type { TileJson } from '../../server/core/tilejson.ts';
import { json } from '../support/json.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { decodeTile } from '../support/vector-tile.ts';

/**
 * OGC API Tiles, Part 1 (20-057) and Two Dimensional Tile Matrix Set 2.0 (17-083r4). Each block is a conformance class,
 * each test a requirement of it, named as the standard names it.
 */
const REL = 'http://www.opengis.net/def/rel/ogc/1.0';
const MVT = 'application/vnd.mapbox-vector-tile';
/** Mali: zoom 5, row 14, column 15. In XYZ the column comes first. */
const [MALI, MALI_XYZ] = ['5/14/15', '5/15/14'];

interface Link {
  readonly href: string;
  readonly rel: string;
  readonly type: string;
  readonly templated?: boolean;
}
interface Head {
  readonly title: string;
  readonly dataType: string;
  readonly crs: string;
  readonly tileMatrixSetURI: string;
  readonly links: readonly Link[];
}
interface Tileset extends Head {
  readonly layers: readonly {
    readonly id: string;
    readonly geometryDimension: number;
    readonly propertiesSchema: { readonly properties: object };
  }[];
  readonly boundingBox: { readonly lowerLeft: number[]; readonly upperRight: number[] };
}
interface Matrix {
  readonly id: string;
  readonly scaleDenominator: number;
  readonly cellSize: number;
  readonly pointOfOrigin: readonly [number, number];
  readonly matrixWidth: number;
  readonly tileWidth: number;
}

const linkOf = ({ links }: { readonly links: readonly Link[] }, rel: string) => links.find((link) => link.rel === rel);

describe('OGC API Tiles', () => {
  let server: TestServer;
  before(async () => {
    server = await startServer();
  });
  after(() => server.close());

  const get = (path: string, headers: Record<string, string> = {}) => fetch(server.url + path, { headers });
  const getTile = async (path: string) => {
    const response = await get(path);
    expect(response.status, path).to.equal(200);
    return decodeTile(new Uint8Array(await response.arrayBuffer()));
  };
  const tilesetOf = (id: string) => json<Tileset>(get(`/collections/${id}/tiles/WebMercatorQuad`));

  describe('ogcapi-tiles-1/1.0/conf/core', () => {
    it('/req/core/tc-op: a tile at .../{tileMatrix}/{tileRow}/{tileCol}', async () => {
      const tile = await getTile(`/collections/control_areas/tiles/WebMercatorQuad/${MALI}`);
      expect(tile.control_areas).to.have.length.above(0);
    });

    it('/req/core/tc-tilerow-definition, tc-tilecol-definition: the row comes before the column', async () => {
      const there = await getTile(`/collections/attacks/tiles/WebMercatorQuad/${MALI}`);
      const mirrored = await getTile(`/collections/attacks/tiles/WebMercatorQuad/${MALI_XYZ}`);
      expect(there.attacks?.map(({ id }) => id)).to.not.deep.equal(mirrored.attacks?.map(({ id }) => id));
    });

    it('/req/core/tc-success: the very tile of the plain address, byte for byte, by the same ETag', async () => {
      for (const query of ['', '?datetime=2022-01-01/2022-12-31', '?filter=killed%20%3E%201']) {
        for (const form of ['gzip', 'identity']) {
          const headers = { 'Accept-Encoding': form };
          const ogc = await get(`/collections/attacks/tiles/WebMercatorQuad/${MALI}${query}`, headers);
          const xyz = await get(`/tiles/attacks/${MALI_XYZ}.mvt${query}`, headers);
          for (const name of ['etag', 'content-type', 'cache-control', 'content-encoding', 'content-length']) {
            expect(ogc.headers.get(name), `${name} ${query}`).to.equal(xyz.headers.get(name));
          }
          const bytes = [await ogc.arrayBuffer(), await xyz.arrayBuffer()].map((part) => Buffer.from(part));
          expect(bytes[0]?.equals(bytes[1] as Buffer)).to.equal(true);
        }
      }
    });

    it('/req/core/tc-success: by content negotiation, or by f=mvt', async () => {
      const address = `/collections/mines/tiles/WebMercatorQuad/${MALI}`;
      const plain = await get(address);
      for (const response of [
        await get(`${address}?f=mvt`),
        await get(address, { Accept: MVT }),
        await get(address, { Accept: 'application/x-protobuf' }),
      ]) {
        expect(response.headers.get('content-type')).to.equal(MVT);
        expect(response.headers.get('etag')).to.equal(plain.headers.get('etag'));
      }
      expect((await get(address, { Accept: 'image/png' })).status).to.equal(406);
      expect((await get(`${address}?f=png`)).status).to.equal(400);
    });

    it('/req/core/tc-error: 404 outside the matrix, 400 for what is no tile, an empty one where nothing is', async () => {
      const tiles = '/collections/attacks/tiles';
      for (const [address, status] of [
        [`${tiles}/WebMercatorQuad/0/0/1`, 404],
        [`${tiles}/WebMercatorQuad/23/0/0`, 404],
        [`${tiles}/WebMercatorQuad/a/0/0`, 400],
        [`${tiles}/WebMercatorQuad/0/0/-1`, 400],
        [`${tiles}/WorldCRS84Quad/0/0/0`, 404],
        [`/collections/nowhere/tiles/WebMercatorQuad/0/0/0`, 404],
        [`/collections/attacks,mines/tiles/WebMercatorQuad/0/0/0`, 404],
        [`${tiles}/WebMercatorQuad/0/0/0?limit=1`, 400],
      ] as const) {
        const response = await get(address);
        expect(response.status, address).to.equal(status);
        expect(response.headers.get('content-type')).to.match(/^application\/problem\+json/);
      }
      expect(await getTile(`${tiles}/WebMercatorQuad/8/0/0`)).to.deep.equal({});
    });
  });

  describe('ogcapi-tiles-1/1.0/conf/tileset', () => {
    it('/req/tileset/description: what the metadata must say, with a template for tiles', async () => {
      const tileset = await tilesetOf('attacks');
      expect(tileset).to.include({
        dataType: 'vector',
        crs: 'http://www.opengis.net/def/crs/EPSG/0/3857',
        tileMatrixSetURI: 'http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad',
      });
      const scheme = await json<{ id: string }>(fetch(linkOf(tileset, `${REL}/tiling-scheme`)?.href ?? ''));
      expect(scheme.id).to.equal('WebMercatorQuad');
      const item = linkOf(tileset, 'item');
      expect(item).to.include({ type: MVT, templated: true });
      expect(item?.href).to.match(/\/tiles\/WebMercatorQuad\/\{tileMatrix\}\/\{tileRow\}\/\{tileCol\}$/);
      const address = item?.href.replace('{tileMatrix}', '5').replace('{tileRow}', '14').replace('{tileCol}', '15');
      expect((await fetch(String(address))).headers.get('content-type')).to.equal(MVT);
    });

    it('names the layers and attributes that its tiles have, no fewer than TileJSON does', async () => {
      for (const id of ['attacks', 'control_areas', 'corridors']) {
        const { layers } = await tilesetOf(id);
        const { vector_layers } = await json<TileJson>(get(`/tiles/${id}.json`));
        expect(layers.map((layer) => layer.id)).to.deep.equal(vector_layers.map((layer) => layer.id));
        const tile = await getTile(`/collections/${id}/tiles/WebMercatorQuad/${MALI}`);
        for (const { id: name, propertiesSchema, geometryDimension } of layers) {
          const names = Object.keys(propertiesSchema.properties);
          for (const { properties, type } of tile[name] ?? []) {
            expect(names, name).to.include.members(Object.keys(properties));
            // A shape below a pixel comes as a point.
            expect(['Point', 'LineString', 'Polygon'][properties.small ? 0 : geometryDimension], name).to.equal(type);
          }
        }
      }
    });

    it('says where the records are', async () => {
      const { bbox } = server.context.catalogue().get('attacks');
      const { boundingBox } = await tilesetOf('attacks');
      expect(boundingBox.lowerLeft).to.deep.equal([bbox?.west, bbox?.south]);
      expect(boundingBox.upperRight).to.deep.equal([bbox?.east, bbox?.north]);
    });
  });

  describe('ogcapi-tiles-1/1.0/conf/tilesets-list', () => {
    it('/req/tilesets-list/tileset-links, tileset-path: each with its own address below .../tiles', async () => {
      const { tilesets } = await json<{ tilesets: Head[] }>(get('/collections/attacks/tiles'));
      expect(tilesets).to.have.lengthOf(1);
      for (const head of tilesets) {
        expect(head.dataType).to.equal('vector');
        expect(linkOf(head, `${REL}/tiling-scheme`)?.href).to.equal(`${server.url}/tileMatrixSets/WebMercatorQuad`);
        const self = linkOf(head, 'self')?.href;
        expect(self).to.equal(`${server.url}/collections/attacks/tiles/WebMercatorQuad`);
        const whole = await json<Tileset>(fetch(String(self)));
        expect(whole).to.deep.include({ title: head.title, crs: head.crs, tileMatrixSetURI: head.tileMatrixSetURI });
      }
    });
  });

  describe('ogcapi-tiles-1/1.0/conf/geodata-tilesets', () => {
    it('/req/geodata-tilesets/desc-links, operation: every collection leads to its tilesets', async () => {
      const { collections } = await json<{ collections: { id: string; links: Link[] }[] }>(get('/collections'));
      expect(collections).to.have.length.above(10);
      for (const collection of collections) {
        const { href } = linkOf(collection, `${REL}/tilesets-vector`) ?? {};
        expect(href, collection.id).to.equal(`${server.url}/collections/${collection.id}/tiles`);
        expect((await fetch(String(href))).status).to.equal(200);
      }
    });
  });

  describe('ogcapi-tiles-1/1.0/conf/mvt', () => {
    it('/req/mvt/content: the media type, and tiles that decode', async () => {
      const response = await get(`/collections/places/tiles/WebMercatorQuad/${MALI}`, { Accept: MVT });
      expect(response.headers.get('content-type')).to.equal(MVT);
      expect(decodeTile(new Uint8Array(await response.arrayBuffer())).places).to.have.length.above(0);
    });
  });

  describe('ogcapi-tiles-1/1.0/conf/oas30', () => {
    it('/req/oas30/operation-id: the names that the standard gives to operations', async () => {
      const { paths } = await json<{ paths: Record<string, { get: { operationId: string } }> }>(get('/api'));
      for (const [path, suffix] of [
        ['/tileMatrixSets', 'getTileMatrixSetsList'],
        ['/tileMatrixSets/{tileMatrixSetId}', 'getTileMatrixSet'],
        ['/collections/{id}/tiles', '.collection.vector.getTileSetsList'],
        ['/collections/{id}/tiles/{tileMatrixSetId}', '.collection.vector.getTileSet'],
        ['/collections/{id}/tiles/{tileMatrixSetId}/{tileMatrix}/{tileRow}/{tileCol}', '.collection.vector.getTile'],
      ] as const) {
        expect(paths[path]?.get.operationId.endsWith(suffix), path).to.equal(true);
      }
    });
  });

  describe('tms/2.0/conf/tilematrixset, tms/2.0/conf/json-tilematrixset', () => {
    it('WebMercatorQuad is the square of EPSG:3857, halved at each zoom, as annex D.1 has it', async () => {
      const set = await json<{ uri: string; crs: string; tileMatrices: Matrix[] }>(
        get('/tileMatrixSets/WebMercatorQuad'),
      );
      expect(set.crs).to.equal('http://www.opengis.net/def/crs/EPSG/0/3857');
      expect(set.tileMatrices.map(({ id }) => id)).to.deep.equal(Array.from({ length: 23 }, (_, z) => String(z)));
      for (const [zoom, matrix] of set.tileMatrices.entries()) {
        // Figures of the standard's table, for zoom 0.
        expect(matrix.scaleDenominator * 2 ** zoom).to.be.closeTo(559_082_264.028_717, 1e-3);
        expect(matrix.cellSize * 2 ** zoom).to.be.closeTo(156_543.033_928_041, 1e-6);
        expect(matrix.pointOfOrigin[0]).to.be.closeTo(-20_037_508.342_789_2, 1e-6);
        expect(matrix.pointOfOrigin[1]).to.be.closeTo(20_037_508.342_789_2, 1e-6);
        expect([matrix.tileWidth, matrix.matrixWidth]).to.deep.equal([256, 2 ** zoom]);
      }
    });

    it('the list names what is there, and no more', async () => {
      const { tileMatrixSets } = await json<{ tileMatrixSets: { id: string; links: Link[] }[] }>(
        get('/tileMatrixSets'),
      );
      expect(tileMatrixSets.map(({ id }) => id)).to.deep.equal(['WebMercatorQuad']);
      for (const set of tileMatrixSets) expect((await fetch(linkOf(set, 'self')?.href ?? '')).status).to.equal(200);
      expect((await get('/tileMatrixSets/WorldMercatorWGS84Quad')).status).to.equal(404);
    });
  });
});
