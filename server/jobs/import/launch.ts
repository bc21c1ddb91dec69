import { type ChildProcess, fork } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import type { Limits } from '../../ingest/source.ts';
import type { Run } from '../../query/sql.ts';
import { failImport, forgiveAttempt } from '../../query/uploads.ts';

/** What the child process is told; by a message, since the connection may hold a password. */
export interface ImportOrder {
  readonly upload: string;
  /** Path of the file. */
  readonly file: string;
  readonly limits: Limits;
  /** As `pg` takes it. */
  readonly connection: Readonly<Record<string, unknown>>;
}

export interface LauncherOptions {
  /** Path of the entry of the child process: server/import.ts, or what it was built to. */
  readonly entry: string;
  readonly connection: ImportOrder['connection'];
  readonly limits: Limits;
  /** Path of the file of an upload. */
  readonly fileOf: (upload: string) => string;
  readonly run: Run;
  readonly onError: (error: unknown, upload: string) => void;
}

export interface Launcher {
  /**
   * Sees to it that an upload in state `reading` or `checking` is worked on, in a process of its own: at once, or when
   * the ones before it are over; again and again while the database is away. Resolves when it is over, whatever came of
   * it; never rejects.
   */
  launch(upload: string): Promise<void>;
  /** Ends what runs: it is taken up again at the next start. Resolves when nothing is under way. */
  close(): Promise<void>;
}

/** How a child process ended. */
type End = 'done' | 'later' | 'stopped' | 'broken';

/** What the child process ends with when its work may be done later: the database is away. As sysexits.h has it. */
export const TRY_LATER = 75;

/** Before what has to be done later is begun again. */
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 15_000;
/** At once: each takes a processor of Node and one of PostgreSQL. */
const AT_ONCE = 1;
/** The heap of one. A record of 64 MB of JSON, the most that is taken by default, needs a good part of it. */
const HEAP_MB = 1024;

const ENDED = {
  code: 'import-ended',
  detail:
    'The process that read this file ended before it was done; probably the file needs more memory than there is. Send it in parts, or try again.',
};

/** Runs imports one after the other, each in a child process with a bounded heap that ends with this one. */
export function importLauncher(options: LauncherOptions): Launcher {
  const { entry, run, onError } = options;
  const waiting: (() => void)[] = [];
  const children = new Set<ChildProcess>();
  const underway = new Set<Promise<void>>();
  const closing = new AbortController();
  let running = 0;

  async function take(): Promise<void> {
    if (running >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
  }
  function give(): void {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }

  function work(upload: string): Promise<End> {
    const { connection, limits, fileOf } = options;
    // As this process was started, so that TypeScript is understood where it is run as it is.
    const own = process.execArgv.filter((argument) => !/^--(max-old-space-size|inspect)/.test(argument));
    const child = fork(entry, [], { execArgv: [...own, `--max-old-space-size=${HEAP_MB}`], serialization: 'advanced' });
    children.add(child);
    return new Promise((resolve) => {
      const over = (end: End) => {
        children.delete(child);
        resolve(end);
      };
      child.once('exit', (code, signal) => over(toEnd(code, signal)));
      child.once('error', (error) => {
        onError(error, upload);
        over('broken');
      });
      child.on('message', (message) => onError(message, upload));
      const order: ImportOrder = { upload, file: fileOf(upload), limits, connection };
      child.send(order, (error) => {
        if (error) child.kill();
      });
    });
  }

  async function bring(upload: string): Promise<void> {
    await take();
    try {
      for (let pause = FIRST_PAUSE_MS; !closing.signal.aborted; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
        const end = await work(upload);
        if (end === 'broken') await run(failImport(upload, ENDED));
        else if (end === 'stopped') await run(forgiveAttempt(upload));
        if (end !== 'later') return;
        await delay(pause, undefined, { signal: closing.signal, ref: false }).catch(() => undefined);
      }
    } catch (error) {
      onError(error, upload);
    } finally {
      give();
    }
  }

  return {
    launch: (upload) => {
      const over = bring(upload).finally(() => underway.delete(over));
      underway.add(over);
      return over;
    },
    close: async () => {
      closing.abort();
      for (const child of children) child.kill();
      await Promise.all(underway);
    },
  };
}

/** Somebody who ends a process by a signal that may be refused wants the server to end. */
function toEnd(code: number | null, signal: NodeJS.Signals | null): End {
  if (signal === 'SIGTERM' || signal === 'SIGINT') return 'stopped';
  return code === 0 ? 'done' : code === TRY_LATER ? 'later' : 'broken';
}
