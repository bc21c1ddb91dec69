import type { Map as MapLibre, StyleSpecification } from 'maplibre-gl';
import * as state from '../state.ts';
import { reviveTiles } from './failed-tiles.ts';
import { restyle } from './restyle.ts';
import { series } from './series.ts';
import { vectorSources } from './vector-sources.ts';

/** Asks again for what failed. */
export function retry(map: MapLibre, replace: (style: StyleSpecification) => void): void {
  const failed = state.failedSources.peek();
  series.forgetFailures();
  state.failedSources.value = new Set();
  if (failed.has(state.STYLE)) restyle(map, replace);
  for (const source of vectorSources(map)) {
    if (!failed.has(source.id) || reviveTiles(map, source.id)) continue;
    if (source.url) source.setUrl(source.url);
    else source.setTiles(source.tiles);
  }
}
