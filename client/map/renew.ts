import type { Map as MapLibre, StyleSpecification } from 'maplibre-gl';
import { getCollections, getStyle } from '../api.ts';
import { theme } from '../state/theme.ts';
import * as state from '../state.ts';
import { dressed } from './dressed.ts';
import { otherMap } from './other-map.ts';
import { vectorSources } from './vector-sources.ts';

const PATIENCE_MS = 5_000;

/** A tile that is on its way when its source changes may be waited for without end (MapLibre 6.17). */
async function atRest(map: MapLibre): Promise<void> {
  if (map.areTilesLoaded()) return;
  const idle = new Promise((resolve) => map.once('idle', resolve));
  await Promise.race([idle, new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))]);
}

/** Brings the catalogue, the style and the tiles up to date, since the page itself has changed what is published. */
export async function renew(map: MapLibre, replace: (style: StyleSpecification) => void): Promise<void> {
  const [collections, style] = await Promise.all([getCollections(), getStyle(state.language.peek(), theme.peek())]);
  await atRest(map);
  state.collections.value = collections;
  replace(style);
  map.setStyle(dressed(style, map), { diff: true });
  // The style names the same sources; their tiles have other addresses now.
  for (const source of vectorSources(map)) if (source.url) source.setUrl(source.url);
  otherMap?.renew();
}
