import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import type { TileJson } from '../../server/core/tilejson.ts';
import { json } from '../support/json.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { decodeTile } from '../support/vector-tile.ts';

const COMPOSITE = [
  'attacks',
  'control_areas',
  'corridors',
  'mines',
  'hubs',
  'attacks_modelled',
  'regions',
  'rivers',
  'places',
];
/** Mali at zoom 5. */
const MALI = '5/15/14';

describe('tiles', () => {
  let server: TestServer;
  before(async () => {
    server = await startServer();
  });
  after(() => server.close());

  const fetchTile = async (path: string) => {
    const response = await fetch(`${server.url}${path}`);
    expect(
      response.status,
      await response
        .clone()
        .text()
        .catch(() => ''),
    ).to.equal(200);
    expect(response.headers.get('content-type')).to.equal('application/vnd.mapbox-vector-tile');
    return decodeTile(new Uint8Array(await response.arrayBuffer()));
  };

  it('holds every layer named in a composite tile over Mali', async () => {
    const tile = await fetchTile(`/tiles/${COMPOSITE.join(',')}/${MALI}.mvt`);
    for (const id of COMPOSITE) expect(tile[id], id).to.have.length.above(0);
  });

  it('carries the attributes that TileJSON announces, and no others', async () => {
    const tilejson = await json<TileJson>(fetch(`${server.url}/tiles/${COMPOSITE.join(',')}.json`));
    expect(tilejson).to.include({ tilejson: '3.0.0', minzoom: 0 });
    const generation = COMPOSITE.map((id) => server.context.catalogue().get(id).generation).join('.');
    const address = `${server.url}/tiles/${COMPOSITE.join(',')}/{z}/{x}/{y}.mvt?generation=${generation}`;
    expect(tilejson.tiles).to.deep.equal([address]);
    const tile = await fetchTile(`/tiles/${COMPOSITE.join(',')}/${MALI}.mvt`);
    for (const { id, fields } of tilejson.vector_layers) {
      for (const feature of tile[id] ?? []) {
        expect(Object.keys(fields), id).to.include.members(Object.keys(feature.properties));
        expect(feature.properties, id).to.not.have.any.keys('summary', 'locator', 'source');
      }
    }
  });

  it('says what is modelled in every feature of the modelled layer', async () => {
    const tile = await fetchTile(`/tiles/attacks_modelled/${MALI}.mvt`);
    expect(new Set(tile.attacks_modelled?.map(({ properties }) => properties.confidence))).to.deep.equal(
      new Set(['modelled']),
    );
  });

  it('gives each record the number it has as an item', async () => {
    const tile = await fetchTile(`/tiles/attacks/${MALI}.mvt`);
    const feature = tile.attacks?.[0];
    const item = await json<{ properties: { kind: string } }>(
      fetch(`${server.url}/collections/attacks/items/${feature?.id}`),
    );
    expect(item.properties.kind).to.equal(feature?.properties.kind);
  });

  it('narrows by datetime: the control areas of August 2012 are not those of 2022', async () => {
    const actors = async (datetime: string) => {
      const tile = await fetchTile(`/tiles/control_areas/${MALI}.mvt?datetime=${datetime}`);
      return new Set(tile.control_areas?.map(({ properties }) => properties.actor));
    };
    const [in2012, in2022] = await Promise.all([actors('2012-08-01'), actors('2022-08-01')]);
    expect([...in2012].join()).to.match(/Ansar|MUJAO/);
    expect([...in2022].join()).to.match(/JNIM/);
    expect([...in2022].join()).to.not.match(/MUJAO/);
  });

  it('narrows by filter, also on several layers at once', async () => {
    const tile = await fetchTile(
      `/tiles/attacks_modelled/${MALI}.mvt?filter=${encodeURIComponent("kind = 'ied' AND killed > 3")}`,
    );
    expect(tile.attacks_modelled).to.have.length.above(0);
    expect(new Set(tile.attacks_modelled?.map(({ properties }) => properties.kind))).to.deep.equal(new Set(['ied']));
    await fetchTile(`/tiles/attacks,mines/${MALI}.mvt?filter=${encodeURIComponent("confidence = 'documented'")}`);
  });

  it('gives an empty tile where nothing is', async () => {
    expect(await fetchTile('/tiles/attacks/8/0/0.mvt')).to.deep.equal({});
  });

  it('names a polygon in one place only', async () => {
    const seen = new Map<string, number>();
    for (const x of [14, 15, 16]) {
      for (const y of [13, 14, 15]) {
        const tile = await fetchTile(`/tiles/control_areas/5/${x}/${y}.mvt?datetime=2022-08-01`);
        for (const label of tile.control_areas_label ?? []) {
          const [point] = label.geometry.flat();
          const isInTile = point && point.x >= 0 && point.x < 4096 && point.y >= 0 && point.y < 4096;
          if (isInTile) seen.set(String(label.id), (seen.get(String(label.id)) ?? 0) + 1);
        }
      }
    }
    expect(seen.size).to.be.above(0);
    expect(Math.max(...seen.values())).to.equal(1);
  });
});
