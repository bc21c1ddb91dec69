import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Bbox } from '../../core/bbox.ts';
import type { Brief } from '../../core/brief.ts';
import type { PublishedLayer } from '../../core/catalogue.ts';
import type { MapSettings } from '../../core/map-settings.ts';
import { archiveFile, briefFile, COPY_FILE, type CopyFacts, narrowedFile } from '../../core/offline.ts';
import type { OfflineArchive } from '../../core/style/offline.ts';
import { sourceOf } from '../../core/style/sources.ts';
import { type ExportOptions, exportArchive } from '../export.ts';
import { openArchiveFile } from './archive-file.ts';
import { checkSize } from './check-size.ts';
import { NothingToExport } from './errors.ts';
import { writeDescriptions } from './offline-descriptions.ts';
import { writeRecords } from './offline-records.ts';
import { seriesResolutions, writeSeries } from './offline-series.ts';
import type { ExportRequest } from './request.ts';
import type { ExportSource } from './source.ts';

/** What a copy of the map is made of. */
export interface CopyRequest {
  readonly layers: readonly PublishedLayer[];
  readonly map: MapSettings;
  readonly exportedAt: string;
  /** What goes into the archive of some layers that share a source of the style. */
  readonly requestOf: (layers: readonly PublishedLayer[]) => ExportRequest;
  /** Nothing outside it; absent: all there is. */
  readonly area?: Bbox | undefined;
  /** What it presents. */
  readonly brief?: Brief | undefined;
  /** Its first address: `#brief=…/1&present`; absent: the map as it opens. */
  readonly opens?: string | undefined;
  readonly leftOut?: CopyFacts['leftOut'];
  readonly notPublic?: number;
  /** What filters of its views leave of layers, which a page without a server cannot find out. */
  readonly narrowed?: readonly Narrowed[];
}

export interface Narrowed {
  readonly layer: PublishedLayer;
  /** CQL2 text. */
  readonly filter: string;
  readonly request: ExportRequest;
}

/**
 * Writes all of a copy but the page: an archive for each source of the style, the style in each language, the collections,
 * the records to read, what counts hexagons over time, the brief, and what the copy says of itself. Base layers are
 * scenery: their records are not listed anywhere.
 * @throws CannotWrite, RequestAborted
 */
export async function writeContents(
  source: ExportSource,
  request: CopyRequest,
  folder: string,
  options: ExportOptions,
): Promise<void> {
  const { layers, map, area, brief } = request;
  const archives = await writeArchives(source, request, folder, options);
  await writeDescriptions(layers, map, archives, folder);
  for (const layer of layers.filter(({ group }) => group !== 'base')) {
    await writeRecords(source.run, layer, area, folder, options.signal);
    const { minzoom, maxzoom } = archives[sourceOf(layer)] ?? { minzoom: 0, maxzoom: -1 };
    await writeSeries(source.run, layer, seriesResolutions(layer, minzoom, maxzoom), folder, options.signal);
  }
  if (brief) await writeJson(path.join(folder, briefFile(brief.id)), brief);
  const narrowed = await writeNarrowed(source, request, folder, options);
  await writeJson(path.join(folder, COPY_FILE), { ...toFacts(request), narrowed } satisfies CopyFacts);
}

function toFacts({ exportedAt, area, leftOut = [], notPublic = 0 }: CopyRequest) {
  const box = area && ([area.west, area.south, area.east, area.north] as const);
  return { exportedAt, area: box ?? null, leftOut, notPublic };
}

/** An archive for each filter. */
async function writeNarrowed(
  source: ExportSource,
  { narrowed = [] }: CopyRequest,
  folder: string,
  options: ExportOptions,
): Promise<CopyFacts['narrowed']> {
  const written: Record<string, Record<string, string>> = {};
  for (const [n, { layer, filter, request }] of narrowed.entries()) {
    const file = narrowedFile(layer.id, n);
    const isThere = await writeArchive(source, request, path.join(folder, file), options);
    written[layer.id] = { ...written[layer.id], [filter]: isThere ? file : '' };
  }
  return written;
}

async function writeJson(file: string, content: unknown): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify(content));
}

/** An archive for each source of the style, under the source's name. */
async function writeArchives(
  source: ExportSource,
  { layers, requestOf }: CopyRequest,
  folder: string,
  options: ExportOptions,
): Promise<Record<string, OfflineArchive>> {
  await mkdir(path.join(folder, 'tiles'));
  const archives: Record<string, OfflineArchive> = {};
  for (const name of new Set(layers.map(sourceOf))) {
    const members = layers.filter((layer) => sourceOf(layer) === name);
    const file = archiveFile(name);
    const request = requestOf(members);
    // A layer without records has no archive, and its place in the style goes with it.
    if (!(await writeArchive(source, request, path.join(folder, file), options))) continue;
    const { minzoom, maxzoom, metadata } = request;
    archives[name] = { path: file, attribution: metadata.attribution, minzoom, maxzoom };
  }
  return archives;
}

/** Whether there was something to write. */
async function writeArchive(
  source: ExportSource,
  request: ExportRequest,
  file: string,
  options: ExportOptions,
): Promise<boolean> {
  try {
    if (options.maxTiles !== undefined) await checkSize(source.run, request, options.maxTiles, options.signal);
    await exportArchive(source, request, () => openArchiveFile(file), options);
    return true;
  } catch (error) {
    if (error instanceof NothingToExport) return false;
    throw error;
  }
}
