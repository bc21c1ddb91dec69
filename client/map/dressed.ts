import type { Map as MapLibre, StyleSpecification, VectorTileSource } from 'maplibre-gl';
import { windowedState } from '../../server/core/style/hexagon-count.ts';
import { datetimeOf } from '../api.ts';
import * as state from '../state.ts';
import { dress } from './dress.ts';
import { hexagonTilesets, tileAddress } from './hexagon-tiles.ts';
import { monthsOf } from './months-of.ts';
import { tilesOf } from './retile.ts';

/** The server's style as the store has it; hexagons as the map counts them, once there is a map. */
export function dressed(style: StyleSpecification, map: MapLibre | null): StyleSpecification {
  const [visible, window, collections] = [state.visible.peek(), state.timeWindow.peek(), state.collectionById.peek()];
  const tilesets = hexagonTilesets(style, collections);
  const months = monthsOf(window);
  const opening = (name: string) => {
    const tileset = tilesets.get(name);
    return tileset && [tileAddress(tileset, collections, months === null ? datetimeOf(window) : null)];
  };
  const held = (name: string) => {
    const source = map?.getSource<VectorTileSource>(name);
    return tilesets.has(name) && source ? tilesOf(source) : undefined;
  };
  const isOpen = window.from === null && window.to === null;
  const isWindowed = (layer: string) =>
    map
      ? map.getGlobalState()[windowedState(layer)] === true
      : !isOpen && months !== null && collections.get(layer)?.azalai.time !== null;
  return dress(style, { visible, window, tilesOf: (name) => held(name) ?? opening(name), isWindowed });
}
