import path from 'node:path';
import type { Config } from './config.ts';
import { importLimits, uploadLimits, uploadsFolder } from './config.ts';
import type { Connection } from './db/database.ts';
import { importLauncher, type Launcher } from './jobs/import/launch.ts';
import { type Resumed, releasePublishing, resumeUploads } from './jobs/import/resume.ts';
import { failCut } from './jobs/uploads/sweep.ts';
import { type UploadFolder, uploadFolder } from './jobs/uploads/upload-folder.ts';
import type { Run } from './query/sql.ts';
import { unfinishedImports } from './query/uploads.ts';

/** What stands still for longer is taken up, when its process has ended with the worker that had started it. */
const IDLE_SECONDS = 30;
/** A file of which nothing comes for so long will not come any more: its sender is given up after two minutes. */
const SILENT_SECONDS = 300;

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
export async function keepImporting(
  run: Run,
  { launch }: Launcher,
  folder: UploadFolder,
  onError: OnError,
): Promise<Keeping> {
  const resumed = await resumeUploads(run);
  const underway = new Set<string>();
  const take = (id: string) => {
    if (underway.has(id)) return;
    underway.add(id);
    void launch(id).finally(() => underway.delete(id));
  };
  for (const id of resumed.unfinished) take(id);
  const look = async () => {
    for (const { id } of await run<{ id: string }>(unfinishedImports(IDLE_SECONDS))) take(id);
    await releasePublishing(run, IDLE_SECONDS);
    await failCut(run, folder, SILENT_SECONDS);
  };
  const timer = setInterval(() => {
    look().catch((error: unknown) => onError(error, ''));
  }, IDLE_SECONDS * 1_000);
  timer.unref();
  return { resumed, stop: () => clearInterval(timer) };
}
