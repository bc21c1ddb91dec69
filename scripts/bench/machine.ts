import { spawnSync } from 'node:child_process';
import { cpus, totalmem } from 'node:os';
import type { Run } from '../../server/query/sql.ts';

const firstLine = (program: string, argument: string) => {
  const { stdout, stderr, error } = spawnSync(program, [argument], { encoding: 'utf8' });
  return error ? null : (`${stdout}${stderr}`.trim().split('\n')[0] ?? null);
};

/** Where and with what the figures were taken. */
export async function describeMachine(run: Run) {
  const [row] = await run<{ postgres: string; postgis: string }>({
    text: `SELECT current_setting('server_version') AS postgres, postgis_lib_version() AS postgis`,
    values: [],
  });
  return {
    date: new Date().toISOString().slice(0, 16),
    cores: cpus().length,
    processor: cpus()[0]?.model ?? 'unknown',
    memoryGigabytes: Math.round(totalmem() / 1e9),
    versions: {
      node: process.version,
      ...row,
      nginx: firstLine('/usr/sbin/nginx', '-v'),
      wrk: firstLine('wrk', '-v'),
      mapserver: firstLine('mapserv', '-v')?.split(' OUTPUT=')[0] ?? null,
    },
  };
}
