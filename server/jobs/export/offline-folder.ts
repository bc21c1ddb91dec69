import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { PublishedLayer } from '../../core/catalogue.ts';
import type { MapSettings } from '../../core/map-settings.ts';
import { archiveFile } from '../../core/offline.ts';
import type { OfflineArchive } from '../../core/style/offline.ts';
import { sourceOf } from '../../core/style/sources.ts';
import { type ExportOptions, exportArchive } from '../export.ts';
import { openArchiveFile, toWriteFailure } from './archive-file.ts';
import { checkExportable } from './check-exportable.ts';
import { CannotWrite, NothingToExport } from './errors.ts';
import { writeDescriptions } from './offline-descriptions.ts';
import { copyPage } from './offline-page.ts';
import { writeRecords } from './offline-records.ts';
import { seriesResolutions, writeSeries } from './offline-series.ts';
import type { ExportRequest } from './request.ts';
import type { ExportSource } from './source.ts';

export interface OfflineRequest {
  readonly layers: readonly PublishedLayer[];
  readonly map: MapSettings;
  /** Of the built page. */
  readonly clientFolder: string;
  readonly exportedAt: string;
  /** What goes into the archive of some layers that share a source of the style. */
  readonly requestOf: (layers: readonly PublishedLayer[]) => ExportRequest;
}

/**
 * Writes a folder that any static server shows as the map, on a laptop or a stick without a network: the page, its
 * style in each language, the collections, an archive for each source of the style, the records to read, and what counts
 * hexagons over time.
 * The folder appears when it is complete. Base layers are scenery: their records are not listed anywhere.
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
    await copyPage(request.clientFolder, folder, request.exportedAt);
    const archives = await writeArchives(source, request, folder, options);
    await writeDescriptions(request.layers, request.map, archives, folder);
    for (const layer of request.layers.filter(({ group }) => group !== 'base')) {
      await writeRecords(source.run, layer, folder, options.signal);
      const { minzoom, maxzoom } = archives[sourceOf(layer)] ?? { minzoom: 0, maxzoom: -1 };
      await writeSeries(source.run, layer, seriesResolutions(layer, minzoom, maxzoom), folder, options.signal);
    }
    await rename(folder, target);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw toWriteFailure(error, target);
  }
}

/** An archive for each source of the style, under the source's name. */
async function writeArchives(
  source: ExportSource,
  { layers, requestOf }: OfflineRequest,
  folder: string,
  options: ExportOptions,
): Promise<Record<string, OfflineArchive>> {
  await mkdir(path.join(folder, 'tiles'));
  const archives: Record<string, OfflineArchive> = {};
  for (const name of new Set(layers.map(sourceOf))) {
    const members = layers.filter((layer) => sourceOf(layer) === name);
    const file = archiveFile(name);
    try {
      const request = requestOf(members);
      await exportArchive(source, request, () => openArchiveFile(path.join(folder, file)), options);
      const { minzoom, maxzoom, metadata } = request;
      archives[name] = { path: file, attribution: metadata.attribution, minzoom, maxzoom };
    } catch (error) {
      // A layer without records has no archive, and its place in the style goes with it.
      if (!(error instanceof NothingToExport)) throw error;
    }
  }
  return archives;
}
