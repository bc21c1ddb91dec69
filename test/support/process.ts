import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PREFIX } from './cluster.ts';
import type { TestDatabase } from './database.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');

export interface Running {
  readonly child: ChildProcessWithoutNullStreams;
  readonly url: string;
  readonly log: () => string;
  readonly ended: Promise<number | null>;
}

/** The server as `npm start` runs it, with the environment given and nothing of ours; without a DATA_DIR, one in a temp folder. */
export function spawnServer(environment: Record<string, string>) {
  const folder = mkdtempSync(path.join(tmpdir(), `${PREFIX}${process.pid}-server-`));
  const child = spawn(process.execPath, ['--import', './scripts/test/strip.mjs', 'server/main.ts'], {
    cwd: ROOT,
    env: { PATH: process.env.PATH, PORT: '0', DATA_DIR: folder, ...environment },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += data));
  const ended = new Promise<number | null>((resolve) => {
    child.on('exit', (code) => {
      rmSync(folder, { recursive: true, force: true });
      resolve(code);
    });
  });
  return { child, log: () => output, ended };
}

/** Resolves when the server says where it is. */
export async function start(environment: Record<string, string>): Promise<Running> {
  const { child, log, ended } = spawnServer(environment);
  const address = new Promise<string>((resolve) => {
    child.stdout.on('data', () => {
      const match = /Azalai is at (http:\/\/[^"]+)"/.exec(log());
      if (match) resolve(match[1] as string);
    });
  });
  const url = await Promise.race([
    address,
    ended.then((code) => Promise.reject(new Error(`ended with ${code}: ${log()}`))),
  ]);
  return { child, url, log, ended };
}

/** Servers of a test, on one database, that are ended together. */
export function serversOn(database: () => Pick<TestDatabase, 'connection'>) {
  const running: Running[] = [];
  return {
    start: async (environment: Record<string, string> = {}): Promise<Running> => {
      const server = await start({ DATABASE_URL: String(database().connection.connectionString), ...environment });
      running.push(server);
      return server;
    },
    end: async (signal: NodeJS.Signals): Promise<void> => {
      for (const { child, ended } of running.splice(0)) {
        child.kill(signal);
        await ended;
      }
    },
  };
}

/** Process ids of the processes that a process has started and that still run. */
export function childrenOf(pid: number): number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
}

/** Whether a process runs. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Waits for something that happens by itself. */
export async function until(what: string, condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`within 30 s it did not happen: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
