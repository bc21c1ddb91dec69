/**
 * How long a million records take to leave as each format, what memory that takes, and what others notice who ask for
 * `/healthz` and tiles meanwhile, in one process. `docs/bench.md` has the rest:
 *
 *   npm run bench:export
 *   npm run bench:export -- --points 50000
 */
import { spawnSync } from 'node:child_process';
import { get } from 'node:http';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { Run } from '../server/query/sql.ts';
import { startAzalai } from './bench/contenders/azalai.ts';
import { type Watched, watch } from './bench/export/watch.ts';
import { describeMachine } from './bench/machine.ts';
import { toTable } from './bench/report.ts';
import { openStage } from './bench/stage.ts';
import { writeResult } from './bench/write-result.ts';

const SETUP = path.resolve(import.meta.dirname, 'setup.mjs');
const FORMATS = ['geojson', 'ndjson', 'csv', 'fgb', 'gpkg'] as const;
/** Of doing nothing, to compare with. */
const QUIET_MS = 10_000;

/** Records that tiles are prepared of; the others are copies of them. */
const PREPARED = 20_000;

const say = (line: string) => console.error(line);

/** Copies the records until there are so many: an export reads the table, whatever tiles say. */
async function multiply(run: Run, count: number): Promise<void> {
  const columns = await run<{ name: string }>({
    text: `SELECT quote_ident(column_name) AS name FROM information_schema.columns
      WHERE table_schema = 'layer' AND table_name = 'bench_incidents_1' AND column_name <> 'fid'`,
    values: [],
  });
  const names = columns.map(({ name }) => name).join(', ');
  say(`copying records up to ${count.toLocaleString('en')}`);
  for (let from = PREPARED; from < count; from += PREPARED) {
    const text = `INSERT INTO layer.bench_incidents_1 (fid, ${names}) SELECT fid + $1::bigint, ${names} FROM layer.bench_incidents_1 WHERE fid <= $2::bigint`;
    await run({ text, values: [from, Math.min(PREPARED, count - from)] });
  }
  await run({ text: 'ANALYZE layer.bench_incidents_1', values: [] });
}

const { values } = parseArgs({
  options: { points: { type: 'string', default: '1000000' }, out: { type: 'string', default: 'bench-results' } },
});
const points = Number(values.points);

/** Reads and throws away, as fast as it comes; how many bytes there were. */
function download(url: string): Promise<number> {
  return new Promise((resolve, reject) => {
    get(url, { agent: false }, (response) => {
      let bytes = 0;
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
      });
      response.on('error', reject);
      response.on('end', () =>
        response.statusCode === 200 ? resolve(bytes) : reject(new Error(`${response.statusCode} for ${url}`)),
      );
    }).on('error', reject);
  });
}

const built = spawnSync(process.execPath, [SETUP, 'build'], { stdio: 'inherit' });
if (built.status !== 0) throw new Error('The server could not be built.');
const stage = await openStage(Math.min(PREPARED, points), say);
try {
  await multiply(stage.database.run, points);
  const server = await startAzalai(stage, 1, 64);
  let turn = 0;
  const asked = {
    '/healthz': () => '/healthz',
    'stored tiles': () => `/tiles/bench_incidents/5/${14 + (turn++ % 3)}/14.mvt`,
    // Each another window, so that each is made by a query.
    'filtered tiles': () => `/tiles/bench_incidents/8/125/115.mvt?filter=killed%20%3E%20${(turn++ % 100_000) / 1e5}`,
  };
  const rows: (Watched & { readonly format: string; readonly bytes: number })[] = [];
  const quiet = await watch(server, asked, () => delay(QUIET_MS));
  rows.push({ format: 'nothing', bytes: 0, ...quiet });
  for (const format of FORMATS) {
    let bytes = 0;
    const watched = await watch(server, asked, async () => {
      bytes = await download(`${server.url}/collections/bench_incidents/export?f=${format}`);
    });
    rows.push({ format, bytes, ...watched });
    say(`${format}: ${watched.seconds.toFixed(1)} s, ${(bytes / 1e6).toFixed(0)} MB`);
  }
  await server.stop();

  const cell = (value: number) => (value >= 100 ? value.toFixed(0) : value.toPrecision(3));
  const names = Object.keys(asked) as (keyof typeof asked)[];
  const head = ['format', 'asked', 's', 'MB', 'memory MB', 'p50 ms', 'p95 ms', 'p99 ms', 'worst ms'];
  const lines = rows.flatMap(({ format, seconds, bytes, megabytes, others }) =>
    names.map((name) => {
      const { p50 = 0, p95 = 0, p99 = 0, worst = 0 } = others[name] ?? {};
      const memory = `${megabytes.before.toFixed(0)}-${megabytes.most.toFixed(0)}`;
      return [format, name, cell(seconds), cell(bytes / 1e6), memory, cell(p50), cell(p95), cell(p99), cell(worst)];
    }),
  );
  console.log(toTable([head, ...lines]));
  const result = { points, machine: await describeMachine(stage.database.run), rows };
  await writeResult(values.out, 'export.json', result, say);
} finally {
  await stage.close();
}
