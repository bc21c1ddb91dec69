import { spawn } from 'node:child_process';
import path from 'node:path';
import { endChild, freePort, untilAnswering } from './process.ts';

const PROGRAM = path.resolve(import.meta.dirname, '../bare-server.ts');

/** A bare Node handler over stored tiles (see `storeTiles`). Runs until `stop`. */
export async function startBare(folder: string, workers: number) {
  const port = await freePort();
  const args = ['--import', 'ts-blank-space/register', PROGRAM, folder, String(port), String(workers)];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  const url = `http://127.0.0.1:${port}`;
  await untilAnswering(`${url}/ready`, child);
  return { url, pid: child.pid as number, stop: () => endChild(child) };
}
