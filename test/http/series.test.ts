import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { countInWindow, parseSeries, toSums } from '../../server/core/series.ts';
import { json } from '../support/json.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { decodeTile } from '../support/vector-tile.ts';

interface Hexes {
  total: number;
  cells: { cell: string; count: number }[];
}

const month = (year: number, number: number) => 12 * year + number - 1;

describe('series of hexagons', () => {
  let server: TestServer;
  before(async () => {
    server = await startServer();
  });
  after(() => server.close());

  const fetchSeries = async (path: string) => parseSeries(await (await fetch(`${server.url}${path}`)).arrayBuffer());

  /** Cells by their feature id, from tiles of a zoom that cover the region. */
  async function cellsByOrdinal(z: number, tiles: [number, number][]): Promise<Map<number, string>> {
    const cells = new Map<number, string>();
    for (const [x, y] of tiles) {
      const response = await fetch(`${server.url}/hexes/attacks_modelled/${z}/${x}/${y}.mvt`);
      const tile = decodeTile(new Uint8Array(await response.arrayBuffer()));
      for (const { id, properties } of tile.attacks_modelled_hex ?? []) cells.set(Number(id), String(properties.cell));
    }
    return cells;
  }

  for (const [layer, windows] of [
    [
      'attacks_modelled',
      [
        [2014, 1, 2014, 12],
        [2022, 1, 2022, 12],
        [2016, 3, 2019, 8],
        [2030, 1, 2031, 1],
      ],
    ],
    // Days, months, years and longer spans.
    [
      'attacks',
      [
        [2012, 1, 2012, 12],
        [2015, 6, 2015, 6],
        [2014, 11, 2018, 6],
        [1990, 1, 1991, 1],
      ],
    ],
    [
      'mines',
      [
        [2012, 1, 2012, 12],
        [2022, 6, 2023, 6],
      ],
    ],
  ] as const) {
    it(`count ${layer} in any window of months as the server does, cell by cell`, async () => {
      const sums = toSums(await fetchSeries(`/hexes/${layer}/series?res=2`));
      for (const [y1, m1, y2, m2] of windows) {
        const last = new Date(Date.UTC(y2, m2, 0)).getUTCDate();
        const pad = (n: number) => String(n).padStart(2, '0');
        const datetime = `${y1}-${pad(m1)}-01/${y2}-${pad(m2)}-${last}`;
        const { total, cells } = await json<Hexes>(fetch(`${server.url}/hexes/${layer}?res=2&datetime=${datetime}`));
        const window = { from: month(y1, m1), to: month(y2, m2) + 1 };
        const counts = Array.from(sums.ordinals, (_, cell) => countInWindow(sums, cell, window)).filter((n) => n > 0);
        expect(
          counts.reduce((sum, n) => sum + n, 0),
          datetime,
        ).to.equal(total);
        expect(counts.toSorted(), datetime).to.deep.equal(cells.map(({ count }) => count).toSorted());
      }
    });
  }

  it('have all kinds together when asked for their total, in less', async () => {
    const each = await fetchSeries('/hexes/attacks_modelled/series?res=3');
    const total = await fetchSeries('/hexes/attacks_modelled/series?res=3&kinds=total');
    expect(each.header.kinds.length).to.be.greaterThan(3);
    expect(total.header.kinds).to.deep.equal([null]);
    const [ofEach, ofTotal] = [toSums(each), toSums(total)];
    expect(ofTotal.ordinals).to.deep.equal(ofEach.ordinals);
    expect([ofTotal.began, ofTotal.ended]).to.deep.equal([ofEach.began, ofEach.ended]);
    expect((await fetch(`${server.url}/hexes/attacks_modelled/series?kinds=none`)).status).to.equal(400);
  });

  it('name the hexagons by their feature ids in tiles', async () => {
    const { ordinals, ...series } = await fetchSeries('/hexes/attacks_modelled/series?res=2');
    const sums = toSums({ ordinals, ...series });
    const byOrdinal = await cellsByOrdinal(3, [
      [3, 3],
      [4, 3],
      [3, 4],
      [4, 4],
    ]);
    const { cells } = await json<Hexes>(fetch(`${server.url}/hexes/attacks_modelled?res=2`));
    const counts = new Map(cells.map(({ cell, count }) => [cell, count]));
    expect(ordinals.length).to.equal(counts.size);
    ordinals.forEach((ordinal, index) => {
      expect(countInWindow(sums, index, { from: null, to: null })).to.equal(counts.get(byOrdinal.get(ordinal) ?? ''));
    });
  });

  it('are small, gzipped once, and kept for ever under their generation', async () => {
    const { azalai } = await json<{ azalai: { generation: number } }>(
      fetch(`${server.url}/collections/attacks_modelled`),
    );
    const path = `${server.url}/hexes/attacks_modelled/series?res=3`;
    const named = await fetch(`${path}&generation=${azalai.generation}`);
    expect(named.headers.get('content-encoding')).to.equal('gzip');
    expect(Number(named.headers.get('content-length'))).to.be.below(20_000);
    const bare = await fetch(path, { headers: { 'Accept-Encoding': 'identity' } });
    expect(bare.headers.get('content-encoding')).to.equal(null);
    expect(await bare.arrayBuffer()).to.deep.equal(await named.arrayBuffer());
    const tag = bare.headers.get('etag') ?? '';
    const again = await fetch(path, { headers: { 'If-None-Match': tag, 'Cache-Control': 'max-age=0' } });
    expect(again.status).to.equal(304);
  });

  it('say when there are too many hexagons', async () => {
    const { azalai } = await json<{ azalai: { seriesResolution: number } }>(fetch(`${server.url}/collections/attacks`));
    expect(azalai.seriesResolution).to.equal(8);
    const response = await fetch(`${server.url}/hexes/control_areas/series?res=3`);
    expect(response.status).to.equal(400);
  });
});
