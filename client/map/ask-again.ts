import type { Map as MapLibre } from 'maplibre-gl';
import { hasFailed, reviveTiles } from './failed-tiles.ts';
import { vectorSources } from './vector-sources.ts';

/** Asks again for what failed of a map's sources: what another map of the page could not have is not asked for here. */
export function askAgain(map: MapLibre): void {
  for (const source of vectorSources(map)) {
    if (!hasFailed(map, source.id) || reviveTiles(map, source.id)) continue;
    if (source.url) source.setUrl(source.url);
    else source.setTiles(source.tiles);
  }
}
