import { randomUUID } from 'node:crypto';
import { UnreadableFile } from '../../ingest/errors.ts';
import type { Run } from '../../query/sql.ts';
import { completeUpload, deleteUpload, failUpload, insertUpload, noteReceived } from '../../query/upload-doors.ts';
import { UploadCutShort, UploadNotFound } from './errors.ts';
import type { Part } from './part.ts';
import type { UploadFolder } from './upload-folder.ts';

/** What receiving a file takes. */
export interface Doors {
  readonly run: Run;
  readonly folder: UploadFolder;
  /** Has an upload read by another process, when its turn comes. */
  readonly launch: (id: string) => void;
}

export interface Incoming {
  /** As its sender calls it. */
  readonly name: string;
  /** As its sender says; null: not said. */
  readonly bytes: number | null;
  readonly source: AsyncIterable<Uint8Array>;
  /** Resolves when the whole of the request has come and was right, which may be after the file. */
  readonly whole: Promise<void>;
}

const PROGRESS_MS = 250;

interface Receiving {
  /** What was there before. */
  readonly begin: number;
  readonly total: number | null;
  readonly resumable: boolean;
}

/** Writes to the row how far a file has come, now and then. What cannot be told does not keep the file from coming. */
export function progressNotes(run: Run, id: string, { begin, total, resumable }: Receiving) {
  const start = performance.now();
  let last = start;
  return async (done: number): Promise<void> => {
    const now = performance.now();
    if (now - last < PROGRESS_MS) return;
    last = now;
    const rate = (done - begin) / (now - start);
    const secondsLeft = total === null ? null : Math.max(0, Math.round((total - done) / rate / 1000));
    const progress = { stage: 'receiving', done, total, features: null, secondsLeft, resumable } as const;
    await run(noteReceived(id, progress)).catch(() => undefined);
  };
}

/** Closes the file, says in the row that it is there, and has it read. @throws UploadNotFound when it was taken out */
export async function complete({ run, launch }: Doors, id: string, part: Part): Promise<void> {
  if (part.size() === 0) throw new UnreadableFile('The file is empty: it has no bytes.');
  const { bytes, sha256 } = await part.finish();
  const [row] = await run(completeUpload(id, bytes, sha256));
  if (!row) throw new UploadNotFound(id);
  launch(id);
}

/** A sentence about a file that ended too early. */
export function cutShort(done: number, bytes: number | null): UploadCutShort {
  const of = bytes === null ? '' : ` of ${bytes.toLocaleString('en')}`;
  return new UploadCutShort(
    `The connection ended after ${done.toLocaleString('en')}${of} bytes. Send the file again, or by /uploads/resumable, which goes on where it ended.`,
  );
}

/**
 * Takes a file in. Returns the id of its upload.
 * @throws UploadTooLarge, UploadsFull, DiskFull, CannotWrite, UnreadableFile for an empty file: then nothing is left of
 *   it; UploadCutShort: then the upload stays, as failed, for who comes back to look
 */
export async function receive(doors: Doors, { name, bytes, source, whole }: Incoming): Promise<string> {
  const { run, folder } = doors;
  const id = randomUUID();
  await folder.checkRoom(bytes);
  await run(insertUpload(id, name, bytes));
  let part: Part | undefined;
  try {
    part = await folder.open(id, bytes);
    const note = progressNotes(run, id, { begin: 0, total: bytes, resumable: false });
    for await (const chunk of source) {
      await part.write(chunk);
      await note(part.size());
    }
    await whole;
    await complete(doors, id, part);
    return id;
  } catch (error) {
    await part?.close();
    await folder.remove(id).catch(() => undefined);
    const cause = isLost(error) || error instanceof UploadCutShort ? cutShort(part?.size() ?? 0, bytes) : error;
    if (cause instanceof UploadCutShort) await run(failUpload(id, { code: 'cut-short', detail: cause.message }));
    else await run(deleteUpload(id, []));
    throw cause;
  }
}

/** What Node says of a request whose client went away. */
function isLost(error: unknown): boolean {
  const codes = ['ECONNRESET', 'ERR_STREAM_PREMATURE_CLOSE', 'ERR_STREAM_DESTROYED', 'ABORT_ERR'];
  return error instanceof Error && 'code' in error && codes.includes(String(error.code));
}
