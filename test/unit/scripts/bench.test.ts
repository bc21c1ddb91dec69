import { expect } from 'chai';
import { InvalidArguments, parseArguments } from '../../../scripts/bench/arguments.ts';
import { readLog } from '../../../scripts/bench/contenders/pgbench.ts';
import { median, percentile, type Row, ratio, toLoad } from '../../../scripts/bench/figures.ts';
import { kindOf, toFirstView } from '../../../scripts/bench/first-view.ts';
import { runPasses } from '../../../scripts/bench/load/passes.ts';
import { readSummary } from '../../../scripts/bench/load/wrk.ts';
import { toTable } from '../../../scripts/bench/report.ts';
import { tileAt, tileList } from '../../../scripts/bench/tile-list.ts';
import { parseCpuSeconds } from '../../../scripts/bench/usage.ts';

const row = (contender: string, perSecond: number, round = 1): Row => ({
  ...toLoad([1], 1),
  contender,
  zooms: 'low',
  round,
  perSecond,
  cpuSecondsPer1000: { own: 0, postgres: 0 },
});

describe('the bench', () => {
  it('finds the tile of a position', () => {
    // https://wiki.openstreetmap.org/wiki/Slippy_map_tilenames
    expect(tileAt(18, 139.7006793, 35.6590699)).to.deep.equal({ z: 18, x: 232798, y: 103246 });
    expect(tileAt(4, -0.1, -0.1)).to.deep.equal({ z: 4, x: 7, y: 8 });
  });

  it('asks for the same tiles in every run, each of them over a place and of the zooms of its class', () => {
    const places = Array.from({ length: 500 }, (_, k) => [-11 + (k % 28) / 2, 11 + (k % 17) / 2] as const);
    const list = tileList(places, 40);
    expect(tileList(places, 40)).to.deep.equal(list);
    expect(list.low.slice(0, 3).map(({ z, x, y }) => `${z}/${x}/${y}`)).to.deep.equal(['6/30/29', '6/31/29', '4/7/7']);
    for (const [zooms, [first, last]] of Object.entries({ low: [4, 6], mid: [7, 9], high: [10, 12] } as const)) {
      const tiles = list[zooms as keyof typeof list];
      expect(tiles).to.have.length(40);
      for (const { z, x, y } of tiles) {
        expect(z).to.be.within(first, last);
        expect(places.map(([lon, lat]) => tileAt(z, lon, lat))).to.deep.include({ z, x, y });
      }
    }
  });

  it('does not ask for a tile again while it may still be under way', () => {
    const places = Array.from({ length: 500 }, (_, k) => [-60 + (k % 121), -40 + (k % 83)] as const);
    const keys = tileList(places, 60).low.map(({ z, x, y }) => `${z}/${x}/${y}`);
    keys.forEach((key, index) => {
      expect(keys.slice(index + 1, index + 17)).not.to.include(key);
    });
  });

  it('ends also when there are fewer tiles than may be asked for at once', () => {
    expect(tileList([[0, 10]], 30).low).to.have.length(30);
  });

  it('takes percentiles by nearest rank', () => {
    const values = Array.from({ length: 100 }, (_, index) => index + 1);
    expect([0.5, 0.95, 0.99, 1].map((share) => percentile(values, share))).to.deep.equal([50, 95, 99, 100]);
    expect(percentile([7], 0.5)).to.equal(7);
    expect(toLoad([3, 1, 2], 0.5)).to.deep.equal({ perSecond: 6, requests: 3, p50: 2, p95: 3, p99: 3 });
    expect([median([9, 1, 5]), median([1, 2, 3, 10])]).to.deep.equal([5, 2.5]);
  });

  it('compares medians of the rounds, with the fastest of the others', () => {
    const rows = [row('a', 10, 1), row('a', 1000, 2), row('a', 20, 3), row('b', 4), row('c', 5)];
    expect(ratio(rows, 'a', ['b', 'c', 'absent'])).to.deep.equal({ low: 4, mid: null, high: null });
    expect(ratio(rows, 'a', ['absent']).low).to.equal(null);
    expect(ratio(rows, 'absent', ['a']).low).to.equal(null);
  });

  it('goes through whole lists', async () => {
    const seen: string[] = [];
    const load = await runPasses(['a', 'b', 'c'], 0, async (item) => seen.push(item));
    expect(seen).to.deep.equal(['a', 'b', 'c']);
    expect(load.requests).to.equal(3);
    const again = await runPasses(['a', 'b', 'c'], 0.05, () => new Promise((resolve) => setTimeout(resolve, 5)));
    expect(again.requests % 3).to.equal(0);
    expect(again.requests).to.be.greaterThan(3);
  });

  it('reads what other programs say', () => {
    const summary = 'Running\n{"requests":200,"duration":2000000,"errors":0,"p50":1500,"p95":2500,"p99":3000}\n';
    expect(readSummary(summary)).to.deep.equal({ perSecond: 100, requests: 200, p50: 1.5, p95: 2.5, p99: 3 });
    expect(() => readSummary('{"requests":200,"duration":2000000,"errors":3}')).to.throw('3 errors');
    expect(readLog('0 1 2500 0 1700000000 5\n1 1 500 3 1700000000 9\n')).to.deep.equal([2.5, 0.5]);
    const stat = `7 (a (b) c) S 1 1 1 0 -1 0 0 0 0 0 100 50 25 5 20 0 ${'0 '.repeat(30)}`;
    expect(parseCpuSeconds(stat)).to.equal(1.8);
  });

  it('adds up the first view', () => {
    const sized = (path: string, bytes: number) => ({ path, bytes, encoding: 'br' });
    const view = toFirstView([
      sized('/', 1),
      sized('/assets/a.js', 10),
      sized('/tiles/a/5/1/2.mvt', 100),
      sized('/collections', 1000),
    ]);
    expect(view).to.include({ total: 1111, data: 1100 });
    expect(view.byKind).to.deep.equal({ code: 11, tiles: 100, 'other data': 1000 });
    expect(['/style.json', '/sprite.png', '/fonts/a.woff2', '/hexes/a/series'].map(kindOf)).to.deep.equal([
      'style',
      'style',
      'fonts',
      'tiles',
    ]);
  });

  it('writes a table', () => {
    expect(
      toTable([
        ['name', 'zooms', 'per s'],
        ['a', 'low', '12'],
      ]),
    ).to.equal('name  zooms  per s\na     low       12');
  });

  it('reads its arguments', () => {
    expect(parseArguments([])).to.include({ points: 500_000, tiles: 300, rounds: 3, growth: false });
    expect(parseArguments(['--points', '20000', '--growth'])).to.include({ points: 20_000, growth: true });
    for (const wrong of [['--points', 'many'], ['--rounds', '0'], ['--unknown'], ['extra']]) {
      expect(() => parseArguments(wrong)).to.throw(InvalidArguments);
    }
  });
});
