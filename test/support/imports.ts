import { randomUUID } from 'node:crypto';
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { LIMITS, type Limits } from '../../server/ingest/source.ts';
import { importLauncher, type Launcher } from '../../server/jobs/import/launch.ts';
import { insertUpload, moveUpload, type UploadRow, uploadRow } from '../../server/query/upload-doors.ts';
import type { TestDatabase } from './database.ts';
import { childrenOf } from './process.ts';

const ENTRY = path.resolve(import.meta.dirname, '../../server/import.ts');

/** Uploads whose files lie in a temp folder, to be read by processes of their own. */
export interface Imports {
  /** Its `uploads` are as those in a DATA_DIR. */
  readonly folder: string;
  fileOf(upload: string): string;
  rowOf(upload: string): Promise<UploadRow>;
  /** Puts a file there, piece by piece, and its upload into state `reading`. */
  bring(name: string, pieces: Iterable<string | Uint8Array>): Promise<string>;
  open(given?: { readonly limits?: Partial<Limits>; readonly onError?: (error: unknown) => void }): Launcher;
  /** Ends the processes. */
  end(): Promise<void>;
  close(): Promise<void>;
}

export function openImports(database: TestDatabase): Imports {
  const folder = mkdtempSync(path.join(tmpdir(), 'azalai-import-'));
  const fileOf = (upload: string) => path.join(folder, 'uploads', upload, 'file');
  const launchers: Launcher[] = [];
  const end = async () => {
    await Promise.all(launchers.splice(0).map((launcher) => launcher.close()));
  };
  return {
    folder,
    fileOf,
    rowOf: async (upload) => (await database.run<UploadRow>(uploadRow(upload)))[0] as UploadRow,
    bring: async (name, pieces) => {
      const upload = randomUUID();
      mkdirSync(path.dirname(fileOf(upload)), { recursive: true });
      const file = openSync(fileOf(upload), 'w');
      for (const piece of pieces) writeSync(file, Buffer.from(piece));
      closeSync(file);
      await database.run(insertUpload(upload, name, null));
      await database.run(moveUpload(upload, ['receiving'], 'reading'));
      return upload;
    },
    open: ({ limits = {}, onError = () => undefined } = {}) => {
      const connection = database.connection as Record<string, unknown>;
      const { run } = database;
      const launcher = importLauncher({
        ...{ entry: ENTRY, connection, limits: { ...LIMITS, ...limits }, fileOf, run, onError },
      });
      launchers.push(launcher);
      return launcher;
    },
    end,
    close: async () => {
      await end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Of a process that this one has started after `before` were its children. */
export const newChild = (before: readonly number[]) => childrenOf(process.pid).find((pid) => !before.includes(pid));

/** The most memory that a process has had at once, in MB; 0: it has ended. */
export function peakMemory(pid: number): number {
  try {
    return Number(/^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}
