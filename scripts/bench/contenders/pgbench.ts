import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { TileCoord } from '../../../server/core/tile.ts';
import type { Cluster } from '../../../server/db/cluster.ts';
import { findPostgres } from '../../../server/db/postgres-binaries.ts';
import { CONCURRENCY, type Contender } from '../contender.ts';
import { type Load, toLoad } from '../figures.ts';
import { rawTileSql } from '../plain.ts';
import { rawContender, SETTINGS } from './raw.ts';

const run = promisify(execFile);

/** It draws by chance, and the fullest tiles take seconds: it needs longer until its mean is that of the list. */
const TIMES_LONGER = 4;
/** pgbench takes no more scripts than this. */
const MOST_SCRIPTS = 128;

/** The time of each transaction, microseconds, is the third field of a line of its log. */
export function readLog(log: string): number[] {
  return log
    .trim()
    .split('\n')
    .filter(Boolean)
    .map((line) => Number(line.split(' ')[2]) / 1000);
}

/** The same tiles by pgbench: a prepared statement for each tile, drawn by chance (seeded). */
async function loadByPgbench(
  program: string,
  cluster: Cluster,
  filtered: boolean,
  tiles: readonly TileCoord[],
  seconds: number,
): Promise<Load> {
  const folder = await mkdtemp(path.join(tmpdir(), 'azalai-pgbench-'));
  try {
    const scripts = tiles
      .slice(0, MOST_SCRIPTS)
      .map((tile, index) => ({ file: path.join(folder, `${index}.sql`), tile }));
    for (const { file, tile } of scripts)
      await writeFile(file, `${rawTileSql(tile, filtered).replaceAll('\n', ' ')};\n`);
    const { host, port, user, database } = cluster.connection;
    const env = {
      ...process.env,
      PGHOST: host,
      PGPORT: String(port),
      PGUSER: user,
      PGDATABASE: database,
      PGOPTIONS: SETTINGS,
    };
    const load = [
      '-n',
      '-M',
      'prepared',
      '-c',
      String(CONCURRENCY),
      '-j',
      '2',
      '-T',
      String(seconds * TIMES_LONGER),
      '--random-seed=300',
    ];
    const files = scripts.flatMap(({ file }) => ['-f', file]);
    const log = ['-l', `--log-prefix=${path.join(folder, 'log')}`];
    const start = performance.now();
    const { stdout } = await run(program, [...load, ...log, ...files], { env, maxBuffer: 1e8 });
    const elapsed = (performance.now() - start) / 1000;
    const logs = (await readdir(folder)).filter((name) => name.startsWith('log'));
    const texts = await Promise.all(logs.map((name) => readFile(path.join(folder, name), 'utf8')));
    const figures = toLoad(texts.flatMap(readLog), elapsed);
    const perSecond = Number(/^tps = ([\d.]+)/m.exec(stdout)?.[1] ?? figures.perSecond);
    return { ...figures, perSecond };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Undefined where pgbench is not installed. */
export function pgbenchContender(cluster: Cluster, filtered: boolean): Contender | undefined {
  const bin = findPostgres()?.bin;
  const program = bin && path.join(bin, 'pgbench');
  if (!program || !existsSync(program)) return undefined;
  const { fetch } = rawContender(cluster.connection, filtered);
  return {
    name: filtered ? 'raw filtered, pgbench' : 'raw, pgbench',
    pids: [process.pid],
    fetch,
    load: (tiles, seconds) => loadByPgbench(program, cluster, filtered, tiles, seconds),
  };
}
