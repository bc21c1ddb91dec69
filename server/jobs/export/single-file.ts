import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { toGzip } from '../../encode/gzip.ts';
import type { ExportOptions } from '../export.ts';
import { type ArchiveSink, toWriteFailure } from './archive-file.ts';
import { checkExportable } from './check-exportable.ts';
import { type CopyRequest, writeContents } from './copy-contents.ts';
import { ArchiveTooLarge } from './errors.ts';
import { type PageFile, readParts, toSinglePage } from './single-page.ts';
import type { ExportSource } from './source.ts';

/** What fits into a mail and opens on an old laptop. */
const MOST_BYTES = 20_000_000;

/** Of the built page: all that it is made of, and the same as one script. */
export interface PageFolders {
  readonly client: string;
  readonly single: string;
}

/** What is packed already, and would only grow. */
const IS_PACKED = /\.(pmtiles|woff2|png)$/;

/**
 * Writes a copy of the map as one HTML file that opens without a server, from a stick or out of a mail.
 * @throws ArchiveTooLarge saying what of it is how large; NotExportable, CannotWrite, RequestAborted
 */
export async function exportSingleFile(
  source: ExportSource,
  request: CopyRequest,
  folders: PageFolders,
  openSink: () => Promise<ArchiveSink>,
  options: ExportOptions & { readonly maxBytes?: number } = {},
): Promise<{ readonly bytes: number }> {
  const { maxBytes = MOST_BYTES } = options;
  checkExportable(request.layers);
  const parts = await readParts(folders.single);
  const folder = await mkdtemp(path.join(tmpdir(), 'azalai-copy-'));
  try {
    await writeContents(source, request, folder, options).catch((error: unknown) => {
      throw toWriteFailure(error, folder);
    });
    const files = [...(await filesOf(folder)), ...(await filesOf(folders.client, /^(fonts\/|sprite)/))];
    const icon = await readFile(await iconOf(folders.client), 'utf8');
    const language = request.brief?.language ?? 'en';
    const about = { ...request, language, icon, title: request.brief?.title ?? request.map.title[language] };
    // Before it is put together: what is far too large need not be in memory twice.
    const page = Object.values(parts).reduce((sum, part) => sum + part.length, 0);
    if (page + written(files) > maxBytes) throw new ArchiveTooLarge(toTooLarge(page + written(files), maxBytes, files));
    const pieces = [...toSinglePage(parts, files, about)].map((piece) => Buffer.from(piece));
    const bytes = pieces.reduce((sum, piece) => sum + piece.length, 0);
    await write(pieces, await openSink(), options.signal);
    return { bytes };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Of a folder, by their paths in it with "/". */
async function filesOf(folder: string, wanted = /./): Promise<PageFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
    .filter((name) => wanted.test(name) && !name.endsWith('.br'))
    .toSorted();
  const files: PageFile[] = [];
  for (const name of paths) {
    const bytes = await readFile(path.join(folder, name));
    const isPacked = !IS_PACKED.test(name);
    files.push({ path: name, isPacked, bytes: isPacked ? await toGzip(bytes) : bytes });
  }
  return files;
}

/** Its name carries a hash of its content. */
async function iconOf(client: string): Promise<string> {
  const names = await readdir(path.join(client, 'assets'));
  return path.join(client, 'assets', names.find((name) => /^icon.*\.svg$/.test(name)) ?? 'icon.svg');
}

async function write(pieces: readonly Buffer[], sink: ArchiveSink, signal?: AbortSignal): Promise<void> {
  try {
    for (const piece of pieces) {
      signal?.throwIfAborted();
      await sink.append(piece);
    }
    await sink.finish(new Uint8Array());
  } catch (error) {
    await sink.discard();
    throw error;
  }
}

const mb = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;
/** In Base64. */
const written = (files: readonly PageFile[]) =>
  files.reduce((sum, { bytes }) => sum + Math.ceil(bytes.length / 3) * 4, 0);

function toTooLarge(bytes: number, maxBytes: number, files: readonly PageFile[]): string {
  const kinds = { tiles: 'tiles/', records: 'items/', 'counts over time': 'series/' };
  const sizes = Object.entries(kinds).map(([name, start]) => {
    const own = files.filter((file) => file.path.startsWith(start));
    const largest = own.toSorted((a, b) => b.bytes.length - a.bytes.length)[0];
    const layer = largest?.path.split('/')[1]?.replace('.pmtiles', '');
    return { size: written(own), text: `${name} ${mb(written(own))}${layer ? ` (most of them: ${layer})` : ''}` };
  });
  const parts = sizes.toSorted((a, b) => b.size - a.size).map(({ text }) => text);
  return (
    `The file would have ${mb(bytes)}, and ${maxBytes / 1e6} MB are the most: ${parts.join(', ')}. ` +
    'Show a smaller area, fewer layers or fewer zooms (--bbox, --collections, --maxzoom), or write a folder, which may be larger.'
  );
}
