import { type Entry, fromRandomAccessReaderPromise, getFileNameLowLevel, validateFileName, type ZipFile } from 'yauzl';
import { LimitExceeded, UnreadableFile } from '../errors.ts';
import type { Issue } from '../feature.ts';
import type { Limits, SourceFile } from '../source.ts';
import { isClutter, isZip } from './names.ts';
import { FileReader } from './random-access.ts';
import { UnpackedCount, unpack } from './unpack.ts';

/** More than any data set is delivered in; each costs a look at the directory and a little memory. */
const MOST_MEMBERS = 20_000;
/** Of names, comments and other remarks, which stay in memory. */
const MOST_REMARKS = 16_000_000;

/** A file in an archive. */
export interface Member {
  /** Folders included, with slashes, never absolute and never leading out. */
  readonly name: string;
  /** Unpacked, as the directory says. */
  readonly bytes: number;
  /** From the beginning; may be called again. @throws LimitExceeded, UnreadableFile */
  stream(): AsyncIterable<Uint8Array>;
}

export interface Archive {
  /** In the order of the directory; folders and clutter left out. */
  readonly members: readonly Member[];
  /** Of the members that were left out and why. */
  readonly issues: readonly Issue[];
}

/**
 * A zip by its directory. Nothing is unpacked before a member is read, and nothing is ever written.
 * @throws LimitExceeded, UnreadableFile
 */
export async function openArchive(file: SourceFile, limits: Limits): Promise<Archive> {
  const zip = await openZip(file);
  const count = new UnpackedCount(limits);
  const members = new Map<string, Member>();
  const issues: Issue[] = [];
  let remarks = 0;
  try {
    for await (const entry of zip.eachEntry()) {
      remarks += entry.fileNameLength + entry.extraFieldLength + entry.fileCommentLength;
      if (remarks > MOST_REMARKS) {
        throw new LimitExceeded(
          `The directory of the archive is longer than ${MOST_REMARKS} bytes. Send the data alone.`,
        );
      }
      const name = getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, false);
      if (name.endsWith('/') || isClutter(name)) continue;
      const refused = refuse(entry, name, members.has(name));
      if (refused) issues.push(refused);
      else members.set(name, { name, bytes: entry.uncompressedSize, stream: () => unpack(zip, entry, name, count) });
      if (members.size + issues.length > MOST_MEMBERS) {
        throw new LimitExceeded(`The archive holds more than ${MOST_MEMBERS} files. Send the data alone.`);
      }
    }
  } catch (error) {
    if (error instanceof LimitExceeded) throw error;
    throw new UnreadableFile(
      `The directory of the zip "${file.name}" is damaged (${(error as Error).message}). Pack the files again and send the new archive.`,
    );
  }
  return { members: [...members.values()], issues };
}

async function openZip(file: SourceFile): Promise<ZipFile> {
  if (!isZip(await file.readAt(0, 4))) {
    throw new UnreadableFile(
      `"${file.name}" is not a zip archive with files in it: it does not begin as one. Pack the files as .zip.`,
    );
  }
  try {
    return await fromRandomAccessReaderPromise(new FileReader(file), file.bytes, {
      autoClose: false,
      decodeStrings: false,
    });
  } catch (error) {
    throw new UnreadableFile(
      `The zip "${file.name}" has no readable directory at its end, at byte ${file.bytes} (${(error as Error).message}). It was probably cut short on its way: send it again.`,
    );
  }
}

/** Why a member is not read; null when it is. */
function refuse(entry: Entry, name: string, known: boolean): Issue | null {
  const issue = (code: string, severity: Issue['severity'], detail: string): Issue => ({
    code,
    severity,
    index: null,
    place: { part: name.slice(0, 200) },
    value: null,
    detail,
  });
  if (name === '' || name.includes('\0') || validateFileName(name) !== null) {
    return issue(
      'unsafe-name',
      'error',
      'The name of this member leads out of the archive or is absolute, so it was not read. Names must be relative, without "..".',
    );
  }
  if (known) return issue('member-twice', 'warning', 'The archive has two members of this name; the first was read.');
  if (entry.isEncrypted()) {
    return issue('encrypted', 'error', 'This member is protected by a password and was not read. Pack without one.');
  }
  if (!entry.canDecodeFileData()) {
    return issue(
      'unknown-compression',
      'error',
      `This member is packed by method ${entry.compressionMethod}, which is not read here. Pack as plain zip (deflate).`,
    );
  }
  if (/\.(zip|7z|rar|tar|tgz|gz|kmz)$/i.test(name)) {
    return issue('nested-archive', 'warning', 'An archive inside the archive is not opened. Send it on its own.');
  }
  return null;
}
