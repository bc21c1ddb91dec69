import type { Map as MapLibre } from 'maplibre-gl';
import { reviveTiles } from './failed-tiles.ts';
import { vectorSources } from './vector-sources.ts';

/** Asks again for what failed of a map's sources. */
export function askAgain(map: MapLibre, failed: ReadonlySet<string>): void {
  for (const source of vectorSources(map)) {
    if (!failed.has(source.id) || reviveTiles(map, source.id)) continue;
    if (source.url) source.setUrl(source.url);
    else source.setTiles(source.tiles);
  }
}
