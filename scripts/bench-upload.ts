/**
 * How long a large file takes from its first byte to a checked and indexed version, beside `ogr2ogr` with the same indexes on
 * the same machine in the same run; preparing tiles is timed apart. `docs/bench.md` has the rest:
 *
 *   npm run bench:upload
 *   npm run bench:upload -- --points 100000 --polygons 2000 --rounds 1
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { openCluster } from '../server/db/cluster.ts';
import { openDatabase } from '../server/db/database.ts';
import { migrate } from '../server/db/migrate.ts';
import { seed } from '../server/jobs/seed.ts';
import { median } from './bench/figures.ts';
import { describeMachine } from './bench/machine.ts';
import { type Imported, importFile } from './bench/upload/import-file.ts';
import { makePoints, makePolygons } from './bench/upload/make-files.ts';
import { loadByOgr2ogr } from './bench/upload/ogr2ogr.ts';
import { serverMemory } from './bench/upload/server-memory.ts';
import { writeResult } from './bench/write-result.ts';
import { GEODATA } from './server-database.ts';

const HOUR_MS = 3_600_000;

interface Round {
  readonly ogr2ogrSeconds: number;
  readonly imported: Imported;
}

const say = (line: string) => console.error(line);

const { values } = parseArgs({
  options: {
    points: { type: 'string', default: '1200000' },
    polygons: { type: 'string', default: '14000' },
    rounds: { type: 'string', default: '2' },
    'without-tiles': { type: 'boolean', default: false },
    out: { type: 'string', default: 'bench-results' },
  },
});
const [points, polygons, rounds] = [values.points, values.polygons, values.rounds].map(Number) as [
  number,
  number,
  number,
];

const built = spawnSync(process.execPath, [path.resolve(import.meta.dirname, 'setup.mjs'), 'build'], {
  stdio: 'inherit',
});
if (built.status !== 0) throw new Error('The server could not be built.');

const folder = mkdtempSync(path.join(tmpdir(), `azalai-bench-${process.pid}-`));
// As root the database runs under another user, which must be able to pass.
chmodSync(folder, 0o755);
const cluster = await openCluster({ dataDir: folder, log: { info: () => undefined, warn: say } });
const database = openDatabase(cluster.connection, (error) => say(error.message), {
  limits: { jobs: { max: 4, statementMs: HOUR_MS }, queries: { statementMs: HOUR_MS } },
});
try {
  await migrate(database.transaction, path.join(GEODATA, 'migrations'));
  await seed(database.transaction, GEODATA);
  const files = [
    {
      name: 'points',
      file: path.join(folder, 'points.geojson'),
      make: makePoints,
      count: points,
      day: 'event_date',
      id: 'event_id',
    },
    {
      name: 'polygons',
      file: path.join(folder, 'polygons.geojson'),
      make: makePolygons,
      count: polygons,
      day: 'since',
      id: 'area_id',
    },
  ];
  const results: Record<string, unknown> = {};
  for (const { name, file, make, count, day, id } of files) {
    say(`making ${count.toLocaleString('en')} ${name}`);
    await make(file, count);
    const taken: Round[] = [];
    for (let round = 1; round <= rounds; round++) {
      const ogr2ogrSeconds = await loadByOgr2ogr(cluster.url, database.run, file, day, id);
      say(`round ${round}, ${name}: ogr2ogr ${ogr2ogrSeconds.toFixed(1)} s`);
      const imported = await importFile(
        database,
        cluster.connection,
        file,
        `bench_${name}_${round}`,
        !values['without-tiles'],
      );
      const { readSeconds, checkSeconds, recordSeconds, indexSeconds, prepareSeconds } = imported;
      const parts = { readSeconds, checkSeconds, recordSeconds, indexSeconds, prepareSeconds };
      say(
        `round ${round}, ${name}: ${imported.seconds.toFixed(1)} s, ${imported.peakMegabytes.toFixed(0)} MB: ${JSON.stringify(parts)}`,
      );
      if (imported.count !== count) throw new Error(`${imported.count} of ${count} ${name} were published.`);
      taken.push({ ogr2ogrSeconds, imported });
    }
    const ratio =
      median(taken.map(({ imported }) => imported.seconds)) / median(taken.map(({ ogr2ogrSeconds }) => ogr2ogrSeconds));
    const megabytes = statSync(file).size / 1e6;
    console.log(`${name}: ${megabytes.toFixed(0)} MB in ${ratio.toFixed(2)} times the time of ogr2ogr`);
    const memory = values['without-tiles'] ? null : await serverMemory({ cluster, folder }, file);
    if (memory) console.log(`${name}: ${JSON.stringify(memory)}`);
    results[name] = { megabytes, count, ratio, rounds: taken, memory };
    rmSync(file);
  }
  const machine = await describeMachine(database.run);
  await writeResult(values.out, 'upload.json', { machine, ...results }, say);
} finally {
  await database.close();
  await cluster.stop();
  rmSync(folder, { recursive: true, force: true });
}
