import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { PublishedLayer } from '../../core/catalogue.ts';
import { toCollection } from '../../core/collection.ts';
import { LANGUAGES } from '../../core/layer.ts';
import type { MapSettings } from '../../core/map-settings.ts';
import { type OfflineArchive, toOfflineStyle } from '../../core/style/offline.ts';
import { sourceOf } from '../../core/style/sources.ts';
import { toStyle } from '../../core/style.ts';
import { type ExportOptions, type ExportRequest, exportArchive } from '../export.ts';
import { openArchiveFile, toWriteFailure } from './archive-file.ts';
import { checkExportable } from './check-exportable.ts';
import { CannotWrite, NothingToExport } from './errors.ts';
import { copyPage } from './offline-page.ts';
import { writeRecords } from './offline-records.ts';
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
 * style in each language, the collections, an archive for each source of the style, and the records to read.
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
    await writeDescriptions(request, archives, folder);
    for (const layer of request.layers.filter(({ group }) => group !== 'base')) {
      await writeRecords(source.run, layer, path.join(folder, 'items', layer.id), options.signal);
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
    const file = `tiles/${name}.pmtiles`;
    try {
      const request = requestOf(members);
      await exportArchive(source, request, () => openArchiveFile(path.join(folder, file)), options);
      archives[name] = { path: file, attribution: request.metadata.attribution };
    } catch (error) {
      // A layer without records has no archive, and its place in the style goes with it.
      if (!(error instanceof NothingToExport)) throw error;
    }
  }
  return archives;
}

async function writeDescriptions(
  { layers, map }: OfflineRequest,
  archives: Readonly<Record<string, OfflineArchive>>,
  folder: string,
): Promise<void> {
  for (const language of LANGUAGES) {
    const style = toOfflineStyle(toStyle(layers, { language, publicUrl: '.', map }), archives);
    await writeFile(path.join(folder, `style.${language}.json`), JSON.stringify(style));
  }
  // What a collection links to is on the server.
  const collections = layers.map((layer) => ({ ...toCollection(layer, '.'), links: [] }));
  await writeFile(path.join(folder, 'collections.json'), JSON.stringify({ collections }));
}
