import path from 'node:path';
import { type Config, importLimits, uploadLimits, uploadsFolder } from './config.ts';
import type { Connection } from './db/database.ts';
import { importLauncher } from './jobs/import/launch.ts';
import { uploadFolder } from './jobs/uploads/upload-folder.ts';
import type { Run } from './query/sql.ts';
import { releaseUpload } from './query/upload-doors.ts';
import { touchPublishing } from './query/uploads.ts';

const ENDED = {
  code: 'publish-interrupted',
  detail: 'The process that published this ended before it was done, and nothing was published. Publish it again.',
};

/** Far less than what is taken for forgotten, see imports.ts. */
const TOUCH_MS = 10_000;

export interface Publisher {
  /** Has an upload in state `publishing` published by another process, when its turn comes. */
  publish(upload: string): void;
  /** Ends what runs: nothing of it is published. */
  close(): Promise<void>;
}

/** Publishes one upload after the other, each in a child process of this one. */
export function openPublisher(
  config: Config,
  connection: Connection,
  run: Run,
  onError: (error: unknown, upload: string) => void,
): Publisher {
  const launcher = importLauncher({
    entry: path.join(import.meta.dirname, `publish${path.extname(import.meta.filename)}`),
    connection: connection as Readonly<Record<string, unknown>>,
    limits: importLimits(config),
    fileOf: uploadFolder(uploadsFolder(config), uploadLimits(config)).fileOf,
    run,
    onError,
  });
  /** That they wait for their turn, or for the database, must not look as if nobody had them any more. */
  const held = new Set<string>();
  const timer = setInterval(() => {
    if (held.size > 0) run(touchPublishing([...held])).catch(() => undefined);
  }, TOUCH_MS);
  timer.unref();
  return {
    publish: (upload) => {
      held.add(upload);
      launcher
        .launch(upload)
        .then(() => run(releaseUpload(upload, ENDED)))
        .catch((error: unknown) => onError(error, upload))
        .finally(() => held.delete(upload));
    },
    close: async () => {
      clearInterval(timer);
      await launcher.close();
    },
  };
}
