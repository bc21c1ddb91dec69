import { runProgram } from './run-program.ts';

export interface Described {
  readonly postgres: string;
  readonly postgis: string;
  readonly layers: number;
  readonly versions: number;
}

const QUESTION = `SELECT json_build_object(
  'postgres', current_setting('server_version'), 'postgis', postgis_lib_version(),
  'layers', (SELECT count(*) FROM azalai.layer WHERE NOT withdrawn),
  'versions', (SELECT count(*) FROM azalai.version))`;

/** What a database of ours is and holds. @throws ProgramFailed */
export async function describeDatabase(url: string): Promise<Described> {
  return JSON.parse(
    await runProgram('psql', ['--no-psqlrc', '--tuples-only', '--no-align', `--command=${QUESTION}`, url]),
  );
}
