import type { Run } from '../../query/sql.ts';
import { abandonedUploads, cutUploads, deleteUpload, failUpload, uploadIds } from '../../query/upload-doors.ts';
import type { UploadFolder } from './upload-folder.ts';

/** A file that is sent in parts may rest so long. */
const ABANDONED_HOURS = 48;

const CUT = {
  code: 'cut-short',
  detail:
    'The server or its database ended while this file was coming. Send it again, or by /uploads/resumable, which goes on where it ended.',
};

/**
 * At the start, before any file comes: says of files that were coming that they never will be complete, takes out those
 * in parts that never became complete and of which nothing has come for two
 * days, and folders of uploads that are gone.
 */
export async function sweepUploads(run: Run, folder: UploadFolder): Promise<void> {
  await failCut(run, folder, 0);
  for (const { id } of await run<{ id: string }>(abandonedUploads(ABANDONED_HOURS))) await run(deleteUpload(id, []));
  const rows = await run<{ id: string }>(uploadIds());
  await folder.retain(new Set(rows.map(({ id }) => id)));
}

/** Says of files of which nothing was heard for so long that they are not complete; with 0, none may be coming. */
export async function failCut(run: Run, folder: UploadFolder, silentSeconds: number): Promise<void> {
  for (const { id } of await run<{ id: string }>(cutUploads(silentSeconds))) {
    await folder.remove(id);
    await run(failUpload(id, CUT));
  }
}
