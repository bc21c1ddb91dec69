import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import type { ExportOptions } from '../export.ts';
import { toWriteFailure } from './archive-file.ts';
import { checkExportable } from './check-exportable.ts';
import { type CopyRequest, writeContents } from './copy-contents.ts';
import { CannotWrite } from './errors.ts';
import { copyPage } from './offline-page.ts';
import type { ExportSource } from './source.ts';

export interface OfflineRequest extends CopyRequest {
  /** Of the built page. */
  readonly clientFolder: string;
}

/**
 * Writes a folder that any static server shows as the map, on a laptop or a stick without a network: the built page, and
 * what it shows. The folder appears when it is complete.
 * @throws NotExportable, CannotWrite, RequestAborted
 */
export async function exportFolder(
  source: ExportSource,
  request: OfflineRequest,
  target: string,
  options: ExportOptions = {},
): Promise<void> {
  checkExportable(request.layers);
  const present = await readdir(target).catch(() => []);
  if (present.length > 0) throw new CannotWrite(`${target} is not empty: name a new folder.`);
  const folder = `${target}.${process.pid}.part`;
  try {
    await mkdir(folder);
    await copyPage(request.clientFolder, folder, request);
    await writeContents(source, request, folder, options);
    await rename(folder, target);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw toWriteFailure(error, target);
  }
}
