import type { Map as MapLibre } from 'maplibre-gl';
import { getStyle } from '../api.ts';
import * as state from '../state.ts';
import { dressed } from './dressed.ts';
import { reviveTiles } from './failed-tiles.ts';
import { series } from './series.ts';
import { vectorSources } from './vector-sources.ts';

/** Asks again for what failed. */
export function retry(map: MapLibre): void {
  const failed = state.failedSources.peek();
  series.forgetFailures();
  state.failedSources.value = new Set();
  if (failed.has(state.STYLE)) {
    const language = state.language.peek();
    getStyle(language).then(
      (style) => map.setStyle(dressed(style, map), { diff: true }),
      () => {
        state.failedSources.value = new Set([...state.failedSources.peek(), state.STYLE]);
      },
    );
  }
  for (const source of vectorSources(map)) {
    if (!failed.has(source.id) || reviveTiles(map, source.id)) continue;
    if (source.url) source.setUrl(source.url);
    else source.setTiles(source.tiles);
  }
}
