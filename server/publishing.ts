import path from 'node:path';
import { type Config, importLimits, uploadLimits, uploadsFolder } from './config.ts';
import type { Connection } from './db/database.ts';
import { importLauncher } from './jobs/import/launch.ts';
import { uploadFolder } from './jobs/uploads/upload-folder.ts';
import type { Run } from './query/sql.ts';
import { releaseUpload } from './query/upload-doors.ts';

const ENDED = {
  code: 'publish-interrupted',
  detail: 'The process that published this ended before it was done, and nothing was published. Publish it again.',
};

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
  return {
    publish: (upload) => {
      launcher
        .launch(upload)
        .then(() => run(releaseUpload(upload, ENDED)))
        .catch((error: unknown) => onError(error, upload));
    },
    close: () => launcher.close(),
  };
}
