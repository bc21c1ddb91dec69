import { after, before, describe, it } from 'mocha';
import { expectGolden } from '../support/golden.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { printTile } from '../support/vector-tile.ts';

/** Tiles over Mali as text: a change in what the map gets is seen in the difference of these files. */
const TILES = {
  'records-z5.txt': '/tiles/control_areas,corridors,attacks,mines,hubs/5/15/14.mvt?datetime=2022-01-01/2023-12-31',
  'records-2012-z5.txt': '/tiles/control_areas,attacks/5/15/14.mvt?datetime=2012-08-01',
  'base-z4.txt': '/tiles/boundaries,regions,rivers,roads,places/4/7/7.mvt',
  'hexes-z4.txt': '/hexes/attacks_modelled/4/7/7.mvt?datetime=2022-01-01/2022-12-31',
  'mines-z7.txt': '/tiles/mines/7/60/59.mvt',
};

describe('golden tiles', () => {
  let server: TestServer;
  before(async () => {
    server = await startServer();
  });
  after(() => server.close());

  for (const [name, address] of Object.entries(TILES)) {
    it(name, async () => {
      const bytes = new Uint8Array(await (await fetch(server.url + address)).arrayBuffer());
      expectGolden(name, printTile(bytes));
    });
  }
});
