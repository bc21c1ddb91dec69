import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { alive, end, findPostmaster } from '../../server/db/cluster/postmaster.ts';
import { type Cluster, openCluster } from '../../server/db/cluster.ts';

/**
 * One PostgreSQL cluster per run of mocha, in a temp folder, for every test that needs a database: `TEST_CLUSTER_URL`
 * (superuser, database `azalai`, no PostGIS yet). Each test file makes databases of its own in it. The workers of a
 * parallel run inherit the variable. Not started with NO_CLUSTER=1 or when TEST_CLUSTER_URL is set already.
 */
/** Of temp folders that the next run may sweep up once the process with the pid behind it is gone. */
export const PREFIX = 'azalai-test-';
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

let cluster: Cluster | undefined;
let folder: string | undefined;
let removing: Promise<void> | undefined;

export async function mochaGlobalSetup(): Promise<void> {
  if (process.env.NO_CLUSTER === '1' || process.env.TEST_CLUSTER_URL) return;
  await sweep();
  folder = mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`));
  // As root the server runs under another user, which must be able to pass.
  chmodSync(folder, 0o755);
  for (const signal of SIGNALS) process.on(signal, interrupted);
  const log = { info: () => {}, warn: (message: string) => console.error(message) };
  cluster = await openCluster({ dataDir: folder, log, fsync: false });
  process.env.TEST_CLUSTER_URL = cluster.url;
}

export async function mochaGlobalTeardown(): Promise<void> {
  removing ??= remove();
  await removing;
}

async function remove(): Promise<void> {
  await cluster?.stop();
  if (folder) rmSync(folder, { recursive: true, force: true });
}

function interrupted(): void {
  mochaGlobalTeardown().finally(() => process.exit(130));
}

/** Ends and removes what runs left behind that were killed; the name carries the pid of the run. */
async function sweep(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(PREFIX))) {
    const pid = Number(name.slice(PREFIX.length).split('-')[0]);
    if (!pid || alive(pid)) continue;
    for (const pgdata of [join(tmpdir(), name, 'postgres'), join(tmpdir(), name, 'data/postgres')]) {
      const left = findPostmaster(pgdata);
      if (left) await end(left, pgdata).catch(() => {});
    }
    rmSync(join(tmpdir(), name), { recursive: true, force: true });
  }
}
