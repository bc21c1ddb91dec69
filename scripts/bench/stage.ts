import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Layer } from '../../server/core/layer.ts';
import { type Cluster, openCluster } from '../../server/db/cluster.ts';
import { type Database, openDatabase } from '../../server/db/database.ts';
import { migrate } from '../../server/db/migrate.ts';
import { publishTable } from '../../server/jobs/publish.ts';
import type { Run } from '../../server/query/sql.ts';
import { fillAreas, fillIncidents, fillWays } from './fill.ts';
import { AREAS, INCIDENTS, WAYS } from './layers.ts';
import { createPlainTables } from './plain.ts';

const MIGRATIONS = path.resolve(import.meta.dirname, '../../geodata/migrations');

/** What became of preparing a layer: seconds of each step, in order. */
export interface Preparation {
  readonly layer: string;
  readonly fillSeconds: number;
  readonly publishSeconds: number;
  readonly steps: Readonly<Record<string, number>>;
}

/** A cluster of the bench's own with the seeded data in it, published and plain. */
export interface Stage {
  /** World readable; gone after `close`. */
  readonly folder: string;
  readonly cluster: Cluster;
  readonly database: Database;
  readonly preparations: readonly Preparation[];
  /** Of the first records, which are the same however many follow: lon/lat degrees. None where only points were filled. */
  readonly places: readonly (readonly [number, number])[];
  close(): Promise<void>;
}

const secondsSince = (start: number) => (performance.now() - start) / 1000;

async function fillAndPublish(database: Database, layer: Layer, count: number, fill: (run: Run) => Promise<void>) {
  const steps: Record<string, number> = {};
  let fillSeconds = 0;
  let published = 0;
  await database.transaction(async (run) => {
    const begun = performance.now();
    await fill(run);
    fillSeconds = secondsSince(begun);
    published = performance.now();
    let last = published;
    const progress = (step: string) => {
      steps[step] = (steps[step] ?? 0) + secondsSince(last);
      last = performance.now();
    };
    await publishTable(run, layer, count, { generation: 1, seedHash: null, progress });
    progress('swap');
  });
  return { layer: layer.id, fillSeconds, publishSeconds: secondsSince(published), steps };
}

async function readPlaces(run: Run): Promise<(readonly [number, number])[]> {
  const text = 'SELECT ST_X(geom) AS lon, ST_Y(geom) AS lat FROM bench.points WHERE fid <= 20000 ORDER BY fid';
  const rows = await run<{ lon: number; lat: number }>({ text, values: [] });
  return rows.map(({ lon, lat }) => [lon, lat] as const);
}

async function fillPoints(database: Database, points: number, say: (line: string) => void): Promise<Preparation[]> {
  await migrate(database.transaction, MIGRATIONS);
  say(`filling and publishing ${INCIDENTS.id} (${points.toLocaleString('en')})`);
  return [await fillAndPublish(database, INCIDENTS, points, (run) => fillIncidents(run, points))];
}

async function fillAll(database: Database, points: number, say: (line: string) => void): Promise<Preparation[]> {
  const preparations = await fillPoints(database, points, say);
  const layers = [
    { layer: AREAS, count: 400, fill: fillAreas },
    { layer: WAYS, count: 300, fill: fillWays },
  ];
  for (const { layer, count, fill } of layers) {
    say(`filling and publishing ${layer.id} (${count.toLocaleString('en')})`);
    preparations.push(await fillAndPublish(database, layer, count, fill));
  }
  say('making the plain tables');
  for (const statement of createPlainTables()) await database.transaction((run) => run(statement));
  await database.transaction((run) => run({ text: 'ANALYZE', values: [] }));
  return preparations;
}

/** Makes the cluster in a temp folder and fills it: with all, or with the published points alone, which is quicker. */
export async function openStage(
  points: number,
  say: (line: string) => void,
  parts: 'all' | 'points' = 'all',
): Promise<Stage> {
  const folder = mkdtempSync(path.join(tmpdir(), `azalai-bench-${process.pid}-`));
  // As root the database and nginx run under other users, which must be able to pass.
  chmodSync(folder, 0o755);
  const log = { info: () => undefined, warn: say };
  const cluster = await openCluster({ dataDir: folder, log, fsync: false });
  const statementMs = 3_600_000;
  const database = openDatabase(cluster.connection, (error) => say(error.message), {
    limits: { jobs: { statementMs }, queries: { statementMs } },
  });
  const close = async () => {
    await database.close();
    await cluster.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  // The servers that run on it hear of the terminal's Ctrl-C by themselves.
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => close().finally(() => process.exit(130)));
  try {
    const preparations = await (parts === 'all' ? fillAll : fillPoints)(database, points, say);
    const places = parts === 'all' ? await readPlaces(database.run) : [];
    return { folder, cluster, database, preparations, places, close };
  } catch (error) {
    await close();
    throw error;
  }
}
