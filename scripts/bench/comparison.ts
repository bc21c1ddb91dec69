import path from 'node:path';
import type { TileCoord } from '../../server/core/tile.ts';
import type { BenchArguments } from './arguments.ts';
import type { Contender } from './contender.ts';
import { type Azalai, startAzalai } from './contenders/azalai.ts';
import { startBare } from './contenders/bare.ts';
import { httpContender } from './contenders/http.ts';
import { hasMapserver, startMapserver } from './contenders/mapserver.ts';
import { FILES, hasNginx, startNginx, storeTiles } from './contenders/nginx.ts';
import { pgbenchContender } from './contenders/pgbench.ts';
import { rawContender } from './contenders/raw.ts';
import { type Content, readContents } from './content.ts';
import { type ByClass, type Row, ratio } from './figures.ts';
import { type FirstView, loadFirstView } from './first-view.ts';
import { AREAS, INCIDENTS, WAYS } from './layers.ts';
import { measure } from './measure.ts';
import { KIND, WINDOW } from './plain.ts';
import type { Stage } from './stage.ts';
import { type TileList, tileList } from './tile-list.ts';

/** Processes of our server, and of nginx. */
export const WORKERS = 2;
const CACHE_MEGABYTES = 64;
const FIRST_VIEW = '#map=5/15.5/-4';
const FILTER = `datetime=${WINDOW.from}/${WINDOW.to}&filter=${encodeURIComponent(`kind = '${KIND}'`)}`;
const ALL = [INCIDENTS, AREAS, WAYS].map(({ id }) => id).join();

export interface Comparison {
  readonly ratios: Readonly<Record<'cold' | 'filtered' | 'warm' | 'bare' | 'mapserver', ByClass>>;
  readonly rows: readonly Row[];
  readonly contents: readonly Content[];
  readonly workerMegabytes: { readonly cold: number; readonly warm: number };
  readonly firstView: FirstView | null;
}

const tilesOf =
  (server: Azalai, ids: string, query = '') =>
  ({ z, x, y }: TileCoord) =>
    `${server.url}/tiles/${ids}/${z}/${x}/${y}.mvt${query}`;

function contendersOf(cold: Azalai, warm: Azalai, stage: Stage): Contender[] {
  const own = (name: string, server: Azalai, urlOf: (tile: TileCoord) => string, ready: boolean) =>
    httpContender({ name, pids: [server.pid], urlOf, ready });
  const pgbench = [false, true].map((filtered) => pgbenchContender(stage.cluster, filtered));
  return [
    rawContender(stage.cluster.connection, false),
    rawContender(stage.cluster.connection, true),
    ...pgbench.filter((contender) => contender !== undefined),
    own('azalai cold', cold, tilesOf(cold, ALL), true),
    own('azalai filtered', cold, tilesOf(cold, INCIDENTS.id, `?${FILTER}`), true),
    own('azalai warm', warm, tilesOf(warm, ALL), true),
  ];
}

/** Those that are installed; `closers` end them. */
async function othersOf(
  stage: Stage,
  warm: Azalai,
  list: TileList,
  closers: (() => Promise<void>)[],
): Promise<Contender[]> {
  const folder = path.join(stage.folder, 'stored');
  await storeTiles(folder, Object.values(list).flat(), tilesOf(warm, ALL));
  const bare = await startBare(folder, WORKERS);
  closers.push(bare.stop);
  const bareUrl = ({ z, x, y }: TileCoord) => `${bare.url}/${z}/${x}/${y}.mvt`;
  const others = [httpContender({ name: 'bare Node', pids: [bare.pid], urlOf: bareUrl, ready: true })];
  if (hasNginx()) {
    const nginx = await startNginx(path.join(stage.folder, 'nginx'), WORKERS, FILES(folder));
    closers.push(nginx.stop);
    const urlOf = ({ z, x, y }: TileCoord) => `${nginx.url}/${z}/${x}/${y}.mvt`;
    others.push(httpContender({ name: 'nginx', pids: [nginx.pid], urlOf, ready: true }));
  }
  if (hasNginx() && hasMapserver()) {
    const { urlOf, pids, stop } = await startMapserver(path.join(stage.folder, 'mapserver'), stage.cluster, WORKERS);
    closers.push(stop);
    others.push(httpContender({ name: 'mapserver', pids, urlOf, ready: false }));
  }
  return others;
}

/** Everyone over the same tiles. */
export async function compare(stage: Stage, args: BenchArguments, say: (line: string) => void): Promise<Comparison> {
  const list = tileList(stage.places, Math.floor(args.tiles / 3));
  const closers: (() => Promise<void>)[] = [];
  try {
    const start = async (cacheMegabytes: number) => {
      const server = await startAzalai(stage, WORKERS, cacheMegabytes);
      closers.push(server.stop);
      return server;
    };
    const cold = await start(0);
    const warm = await start(CACHE_MEGABYTES);
    const contenders = [...contendersOf(cold, warm, stage), ...(await othersOf(stage, warm, list, closers))];
    const contents: Content[] = [];
    for (const contender of contenders) contents.push(...(await readContents(contender, list)));
    // Each of the two workers has a memory of its own to fill.
    const warming = contenders.find(({ name }) => name === 'azalai warm');
    await warming?.load(Object.values(list).flat(), 2);
    const { rounds, seconds } = args;
    const rows = await measure(contenders, list, { rounds, seconds, postgresPid: stage.cluster.pid }, say);
    const raw = (filtered: boolean) => ['pg', 'pgbench'].map((by) => `raw${filtered ? ' filtered' : ''}, ${by}`);
    return {
      ratios: {
        cold: ratio(rows, 'azalai cold', raw(false)),
        filtered: ratio(rows, 'azalai filtered', raw(true)),
        warm: ratio(rows, 'azalai warm', ['nginx']),
        // What a Node process can reach at best here.
        bare: ratio(rows, 'bare Node', ['nginx']),
        mapserver: ratio(rows, 'mapserver', raw(false)),
      },
      rows,
      contents,
      workerMegabytes: { cold: cold.workerMegabytes(), warm: warm.workerMegabytes() },
      firstView: (await loadFirstView(warm.url, FIRST_VIEW)) ?? null,
    };
  } finally {
    for (const close of closers.toReversed()) await close();
  }
}
