import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { PublishedLayer } from '../../core/catalogue.ts';
import { resolutionForZoom } from '../../core/hex.ts';
import { seriesFile, seriesFolder } from '../../core/offline.ts';
import { PUBLIC_ACCESS } from '../../query/filter.ts';
import type { Run } from '../../query/sql.ts';
import { makeSeries } from './make-series.ts';

/** The resolutions of the hexagons that a layer is drawn as at some zooms, so far as they have a series; rising. */
export function seriesResolutions(layer: PublishedLayer, minzoom: number, maxzoom: number): number[] {
  const { pointZoom, seriesResolution } = layer.prepared;
  if (layer.geometry !== 'point' || seriesResolution === null) return [];
  const last = layer.style.type === 'hexagons' ? maxzoom : Math.min(maxzoom, pointZoom - 1);
  const used = new Set<number>();
  for (let z = minzoom; z <= last; z += 1) used.add(resolutionForZoom(z));
  return [...used].filter((resolution) => resolution <= seriesResolution);
}

/** Writes what a page counts any window of months from, unpacked: a static server would not say that it is packed. */
export async function writeSeries(
  run: Run,
  layer: PublishedLayer,
  resolutions: readonly number[],
  folder: string,
  signal?: AbortSignal,
): Promise<void> {
  if (resolutions.length > 0) await mkdir(path.join(folder, seriesFolder(layer.id)), { recursive: true });
  for (const resolution of resolutions) {
    await writeFile(
      path.join(folder, seriesFile(layer.id, resolution)),
      await makeSeries(run, layer, resolution, 'total', PUBLIC_ACCESS, signal),
    );
  }
}
