import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { PublishedLayer } from '../../core/catalogue.ts';
import { toCollection } from '../../core/collection.ts';
import { LANGUAGES } from '../../core/layer.ts';
import type { MapSettings } from '../../core/map-settings.ts';
import { COLLECTIONS_FILE, styleFile } from '../../core/offline.ts';
import { type OfflineArchive, toOfflineStyle } from '../../core/style/offline.ts';
import { sourceOf } from '../../core/style/sources.ts';
import { toStyle } from '../../core/style.ts';
import { THEMES } from '../../core/theme.ts';
import { MAX_ZOOM } from '../../core/tile.ts';
import { seriesResolutions } from './offline-series.ts';

/** As `/collections` describes it, so far as that is true of the folder: what it links to is on the server. */
function toOfflineCollection(layer: PublishedLayer, archive: OfflineArchive | undefined) {
  const { minzoom, maxzoom } = archive ?? { minzoom: 0, maxzoom: 0 };
  const { azalai, ...collection } = toCollection(layer, '.');
  const pointZoom = azalai.pointZoom > maxzoom ? MAX_ZOOM + 1 : azalai.pointZoom;
  const seriesResolution = seriesResolutions(layer, minzoom, maxzoom).at(-1) ?? null;
  return { ...collection, links: [], azalai: { ...azalai, pointZoom, seriesResolution } };
}

/** Writes the style in each language and theme, and the collections. */
export async function writeDescriptions(
  layers: readonly PublishedLayer[],
  map: MapSettings,
  archives: Readonly<Record<string, OfflineArchive>>,
  folder: string,
): Promise<void> {
  for (const language of LANGUAGES) {
    for (const theme of THEMES) {
      const style = toOfflineStyle(toStyle(layers, { language, theme, publicUrl: '.', map }), archives);
      await writeFile(path.join(folder, styleFile(language, theme)), JSON.stringify(style));
    }
  }
  const collections = layers.map((layer) => toOfflineCollection(layer, archives[sourceOf(layer)]));
  await writeFile(path.join(folder, COLLECTIONS_FILE), JSON.stringify({ collections }));
}
