import path from 'node:path';
import type { Config } from './config.ts';
import { importLimits, uploadLimits, uploadsFolder } from './config.ts';
import type { Connection } from './db/database.ts';
import { importLauncher, type Launcher } from './jobs/import/launch.ts';
import { type Resumed, resumeUploads } from './jobs/import/resume.ts';
import { uploadFolder } from './jobs/uploads/upload-folder.ts';
import type { Run } from './query/sql.ts';
import { unfinishedImports } from './query/uploads.ts';

/** What stands still for longer is taken up, when its process has ended with the worker that had started it. */
const IDLE_SECONDS = 30;

type OnError = (error: unknown, upload: string) => void;

/** Runs imports in child processes of this one, from the files in DATA_DIR. */
export function openImports(config: Config, connection: Connection, run: Run, onError: OnError): Launcher {
  return importLauncher({
    entry: path.join(import.meta.dirname, `import${path.extname(import.meta.filename)}`),
    connection: connection as Readonly<Record<string, unknown>>,
    limits: importLimits(config),
    fileOf: uploadFolder(uploadsFolder(config), uploadLimits(config)).fileOf,
    run,
    onError,
  });
}

export interface Keeping {
  readonly resumed: Resumed;
  stop(): void;
}

/** Takes up what a server that ended has left, and from then on what a process that ended has left. */
export async function keepImporting(run: Run, { launch }: Launcher, onError: OnError): Promise<Keeping> {
  const resumed = await resumeUploads(run);
  const underway = new Set<string>();
  const take = (id: string) => {
    if (underway.has(id)) return;
    underway.add(id);
    void launch(id).finally(() => underway.delete(id));
  };
  for (const id of resumed.unfinished) take(id);
  const timer = setInterval(() => {
    run<{ id: string }>(unfinishedImports(IDLE_SECONDS)).then(
      (rows) => {
        for (const { id } of rows) take(id);
      },
      (error: unknown) => onError(error, ''),
    );
  }, IDLE_SECONDS * 1_000);
  timer.unref();
  return { resumed, stop: () => clearInterval(timer) };
}
