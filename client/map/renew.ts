import type { Map as MapLibre, StyleSpecification } from 'maplibre-gl';
import { askUntil } from '../api/ask-until.ts';
import { getCollections, getStyle } from '../api.ts';
import { layerOf } from '../map-style.ts';
import { theme } from '../state/theme.ts';
import * as state from '../state.ts';
import { dressed } from './dressed.ts';
import { otherMap } from './other-map.ts';
import { vectorSources } from './vector-sources.ts';

const PATIENCE_MS = 5_000;

/** A version of a layer that the page has just published. */
export interface NewVersion {
  readonly layer: string;
  readonly generation: number;
}

/** A tile that is on its way when its source changes may be waited for without end (MapLibre 6.17). */
async function atRest(map: MapLibre): Promise<void> {
  if (map.areTilesLoaded()) return;
  const idle = new Promise((resolve) => map.once('idle', resolve));
  await Promise.race([idle, new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))]);
}

const current = () => Promise.all([getCollections(), getStyle(state.language.peek(), theme.peek())]);

/** The catalogue and the style with that version: a worker of the server that is behind says the same as before for a while. */
function withVersion(awaited: NewVersion | null) {
  return askUntil(current, ([collections, style]) => {
    const found = collections.find(({ id }) => id === awaited?.layer);
    const isNamed = (found?.azalai.generation ?? 0) >= (awaited?.generation ?? 0);
    return isNamed && (awaited === null || style.layers.some((layer) => layerOf(layer) === awaited.layer));
  });
}

/** Brings the catalogue, the style and the tiles up to date, since the page itself has changed what is published. */
export async function renew(
  map: MapLibre,
  replace: (style: StyleSpecification) => void,
  awaited: NewVersion | null = null,
): Promise<void> {
  const [collections, style] = await withVersion(awaited);
  await atRest(map);
  const before = new Set(vectorSources(map));
  state.collections.value = collections;
  replace(style);
  map.setStyle(dressed(style, map), { diff: true });
  // The style names the same sources; their tiles have other addresses now. Those that it has just brought are on their way.
  for (const source of vectorSources(map)) if (source.url && before.has(source)) source.setUrl(source.url);
  otherMap?.renew();
}
