import { spawn } from 'node:child_process';
import type { Run } from '../../../server/query/sql.ts';

const PROGRAM = 'ogr2ogr';
const TABLE = 'bench_ogr';

/**
 * Loads a file as GDAL does, then makes the indexes that a published version has: both geometries, the time, the id. Resolves
 * to seconds, from the first byte to the last index.
 */
export async function loadByOgr2ogr(url: string, run: Run, file: string, times: string, id: string): Promise<number> {
  const query = (text: string) => run({ text, values: [] });
  await query(`DROP TABLE IF EXISTS ${TABLE}`);
  const start = performance.now();
  const args = ['-f', 'PostgreSQL', `PG:${url}`, file, '-nln', TABLE, '-lco', 'GEOMETRY_NAME=geom', '-lco', 'FID=fid'];
  const child = spawn(PROGRAM, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) throw new Error(`${PROGRAM} ended with ${code}.`);
  // On what is computed, so that GDAL does not pay for a column that it did not write.
  await query(`CREATE INDEX ON ${TABLE} USING gist (ST_Transform(geom, 3857))`);
  await query(`CREATE INDEX ON ${TABLE} USING gist (tstzrange(${times}::timestamp AT TIME ZONE 'UTC', NULL))`);
  await query(`CREATE INDEX ON ${TABLE} (${id})`);
  await query(`ANALYZE ${TABLE}`);
  return (performance.now() - start) / 1000;
}
