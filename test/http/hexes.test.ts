import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { hexLayerName } from '../../server/core/layer.ts';
import { json } from '../support/json.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { decodeTile } from '../support/vector-tile.ts';

const HEXAGONS = hexLayerName('attacks_modelled');

interface Hexes {
  total: number;
  resolution: number;
  nature: string;
  cells: { cell: string; count: number; killed: number; injured: number; kinds: Record<string, number> }[];
}

describe('hexes', () => {
  let server: TestServer;
  before(async () => {
    server = await startServer();
  });
  after(() => server.close());

  const fetchHexes = (query: string) => json<Hexes>(fetch(`${server.url}/hexes/attacks_modelled?${query}`));
  const countRows = async (where: string) => {
    const table = await server.database.tableOf('attacks_modelled');
    const [row] = await server.database.run<{ count: number; killed: number }>({
      text: `SELECT count(*) AS count, sum(killed) AS killed FROM ${table} WHERE ${where}`,
      values: [],
    });
    return row;
  };

  it('counts every record at every resolution', async () => {
    const expected = await countRows('TRUE');
    for (let res = 0; res <= 8; res++) {
      const { total, cells } = await fetchHexes(`res=${res}`);
      expect(total).to.equal(expected?.count);
      expect(cells.reduce((sum, { killed }) => sum + killed, 0)).to.equal(expected?.killed);
      for (const { count, kinds } of cells) expect(Object.values(kinds).reduce((sum, n) => sum + n, 0)).to.equal(count);
    }
  });

  it('counts what a window and a filter leave', async () => {
    const { total } = await fetchHexes(
      `res=4&datetime=2022-01-01/2022-12-31&filter=${encodeURIComponent("kind = 'ied'")}`,
    );
    expect(total).to.equal((await countRows("kind = 'ied' AND valid && '[2022-01-01,2023-01-01)'"))?.count);
  });

  it('gives a hexagon at the edge of a box its whole count', async () => {
    const whole = new Map((await fetchHexes('res=3')).cells.map(({ cell, count }) => [cell, count]));
    const { cells } = await fetchHexes('res=3&bbox=-4.5,14,-3.5,15');
    expect(cells).to.have.length.within(1, 20);
    for (const { cell, count } of cells) expect(count).to.equal(whole.get(cell));
  });

  it('says what it is', async () => {
    expect(await fetchHexes('')).to.include({ nature: 'modelled', resolution: 4, collection: 'attacks_modelled' });
  });

  for (const z of [0, 3, 5, 6]) {
    it(`conserves the count over the distinct hexagons of all tiles of zoom ${z}`, async () => {
      const cells = new Map<unknown, number>();
      const last = 2 ** z;
      const [x0, x1, y0, y1] = [
        Math.floor(last * 0.44),
        Math.ceil(last * 0.54),
        Math.floor(last * 0.4),
        Math.ceil(last * 0.5),
      ];
      for (let x = x0; x < Math.max(x1, 1); x++) {
        for (let y = y0; y < Math.max(y1, 1); y++) {
          const response = await fetch(`${server.url}/hexes/attacks_modelled/${z}/${x}/${y}.mvt`);
          const tile = decodeTile(new Uint8Array(await response.arrayBuffer()));
          for (const { properties } of tile[HEXAGONS] ?? []) cells.set(properties.cell, Number(properties.count));
        }
      }
      expect([...cells.values()].reduce((sum, count) => sum + count, 0)).to.equal((await countRows('TRUE'))?.count);
    });
  }

  it('has a TileJSON that names its attributes', async () => {
    const tilejson = await json<{ vector_layers: [{ fields: object }] }>(
      fetch(`${server.url}/hexes/attacks_modelled.json`),
    );
    expect(Object.keys(tilejson.vector_layers[0].fields)).to.have.members([
      'cell',
      'resolution',
      'count',
      'killed',
      'injured',
      'dominant',
    ]);
    const tile = decodeTile(
      new Uint8Array(await (await fetch(`${server.url}/hexes/attacks_modelled/5/15/14.mvt`)).arrayBuffer()),
    );
    expect(Object.keys(tile[HEXAGONS]?.[0]?.properties ?? {})).to.have.members([
      'cell',
      'resolution',
      'count',
      'killed',
      'injured',
      'dominant',
    ]);
  });
});
