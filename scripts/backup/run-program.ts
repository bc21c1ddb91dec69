import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { findPostgres } from '../../server/db/postgres-binaries.ts';

/** A program of PostgreSQL said no; its words. */
export class ProgramFailed extends Error {}

/** The newest there is: it reads servers and dumps of its own major and of older ones. */
function pathOf(program: string): string {
  const bin = findPostgres()?.bin;
  const own = bin && path.join(bin, program);
  return own && existsSync(own) ? own : program;
}

/** Runs `pg_dump`, `pg_restore` or `psql` to its end; resolves to what it says. @throws ProgramFailed */
export async function runProgram(program: string, args: readonly string[]): Promise<string> {
  const child = spawn(pathOf(program), args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let [said, complained] = ['', ''];
  child.stdout.on('data', (data) => (said += data));
  child.stderr.on('data', (data) => (complained += data));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', () =>
      reject(new ProgramFailed(`${program} is not on this machine: it comes with PostgreSQL.`)),
    );
    child.once('close', resolve);
  });
  if (code !== 0) throw new ProgramFailed(`${program} failed: ${complained.trim()}`);
  return said;
}
