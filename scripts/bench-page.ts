/**
 * How light and how quick the page is, in Chromium with software rendering; `docs/bench.md` has the rest:
 *
 *   npm run bench:page
 *   npm run bench:page -- --points 20000 --seconds 2 --rounds 1 --only repaint
 */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { startAzalai } from './bench/contenders/azalai.ts';
import { INCIDENTS } from './bench/layers.ts';
import { describeMachine } from './bench/machine.ts';
import { openBrowser, openMap } from './bench/page/browser.ts';
import { measureFirstLoad } from './bench/page/first-load.ts';
import { measureInteractions } from './bench/page/interactions.ts';
import { measurePanning } from './bench/page/panning.ts';
import { plainRate } from './bench/page/plain-rate.ts';
import { measureScrubbing } from './bench/page/scrubbing.ts';
import { measureThin } from './bench/page/thin.ts';
import { openStage } from './bench/stage.ts';
import { writeResult } from './bench/write-result.ts';

const PARTS = ['load', 'thin', 'interactions', 'repaint', 'panning'] as const;
const CACHE_MB = 64;

const say = (line: string) => console.error(line);

const { values } = parseArgs({
  options: {
    points: { type: 'string', default: '500000' },
    seconds: { type: 'string', default: '8' },
    rounds: { type: 'string', default: '5' },
    only: { type: 'string', multiple: true, default: [...PARTS] },
    out: { type: 'string', default: 'bench-results' },
  },
});
const [points, seconds, rounds] = [values.points, values.seconds, values.rounds].map(Number) as [
  number,
  number,
  number,
];
const has = (part: (typeof PARTS)[number]) => values.only.includes(part);

const built = spawnSync(process.execPath, [path.resolve(import.meta.dirname, 'setup.mjs'), 'build'], {
  stdio: 'inherit',
});
if (built.status !== 0) throw new Error('The server could not be built.');

/** The layers that are shown without the bench's own, as the page opens for a reader. */
async function shippedAddress(url: string): Promise<string> {
  const answer = await fetch(`${url}/collections`, { headers: { accept: 'application/json' } });
  const { collections } = (await answer.json()) as { collections: { id: string; azalai: { visible: boolean } }[] };
  const shown = collections.filter(({ id, azalai }) => azalai.visible && !id.startsWith('bench_'));
  return `#layers=${shown.map(({ id }) => id).join(',')}`;
}

const stage = await openStage(points, say, 'points');
const closers = [() => stage.close()];
try {
  const server = await startAzalai(stage, 1, CACHE_MB);
  closers.push(() => server.stop());
  const browser = await openBrowser();
  closers.push(() => browser.close());
  const shipped = await shippedAddress(server.url);
  say('first load');
  const load = has('load') ? await measureFirstLoad(server.url, shipped) : undefined;
  say('a thin link');
  const thin = has('thin') ? await measureThin(browser, server.url) : undefined;
  say('interactions');
  const interactions = has('interactions')
    ? await measureInteractions(browser, `${server.url}/${shipped}`, rounds)
    : undefined;
  const page = await openMap(
    browser,
    `${server.url}/#map=5/15.5/-4&layers=${INCIDENTS.id},countries&time=2018-01-01/2018-12-31`,
  );
  say('repainting and scrubbing');
  const plain = has('repaint') ? await plainRate(page, seconds) : undefined;
  const scrubbing = has('repaint') ? await measureScrubbing(page, INCIDENTS.id, seconds) : undefined;
  const repaint = plain && scrubbing && { plain, ...scrubbing, ratio: scrubbing.windows / plain };
  say('panning');
  const panning = has('panning') ? await measurePanning(page, seconds) : undefined;
  const figures = { load, thin, interactions, repaint, panning };
  console.log(JSON.stringify({ ...figures, load: load && { ...load, requests: load.requests.length } }, null, 2));
  const machine = { ...(await describeMachine(stage.database.run)), chromium: browser.version() };
  const given = { ...values, only: values.only.join(' ') };
  await writeResult(values.out, 'page.json', { ...figures, machine, arguments: given }, say);
} finally {
  for (const close of closers.toReversed()) await close();
}
