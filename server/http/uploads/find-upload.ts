import { UploadNotFound } from '../../jobs/uploads/errors.ts';
import type { Run } from '../../query/sql.ts';
import { type UploadRow, uploadRow } from '../../query/upload-doors.ts';

const UUID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/;

/** Whether a text can be the id of an upload. */
export function isUploadId(text: string): boolean {
  return UUID.test(text);
}

/** @throws UploadNotFound, also for what cannot be an id */
export async function findUpload(run: Run, id: string): Promise<UploadRow> {
  const [row] = isUploadId(id) ? await run<UploadRow>(uploadRow(id)) : [];
  if (!row) throw new UploadNotFound(id);
  return row;
}
