import type { Map as MapLibre, StyleSpecification, VectorTileSource } from 'maplibre-gl';
import { windowedState } from '../../server/core/style/hexagon-count.ts';
import { datetimeOf } from '../api.ts';
import { classRules } from '../layer-classes.ts';
import { look } from '../state/layers.ts';
import * as state from '../state.ts';
import { dress } from './dress.ts';
import { filtered } from './filtered.ts';
import { hexagonTilesets, tileAddress } from './hexagon-tiles.ts';
import { monthsOf } from './months-of.ts';
import { tilesOf } from './retile.ts';

/** What each map was dressed in last. */
const worn = new WeakMap<MapLibre, StyleSpecification>();
export const wornBy = (map: MapLibre): StyleSpecification | undefined => worn.get(map);

/** The server's style as the store has it; hexagons as the map counts them, once there is a map. */
export function dressed(whole: StyleSpecification, map: MapLibre | null): StyleSpecification {
  const style = filtered(whole);
  const [visible, window, collections] = [state.visible.peek(), state.timeWindow.peek(), state.collectionById.peek()];
  const { opacities, order, hiddenClasses } = look.peek();
  const tilesets = hexagonTilesets(style, collections);
  const months = monthsOf(window);
  const opening = (name: string) => {
    const tileset = tilesets.get(name);
    const isServed = months === null || tileset?.filter != null || tileset?.knownAt != null;
    return tileset && [tileAddress(tileset, collections, isServed ? datetimeOf(window) : null)];
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
  const result = dress(style, {
    ...{ visible, window, isWindowed, order },
    tilesOf: (name) => held(name) ?? opening(name),
    opacityOf: (layer) => opacities.get(layer) ?? 1,
    rulesOf: (layer) => {
      const [azalai, hidden] = [collections.get(layer)?.azalai, hiddenClasses.get(layer)];
      return azalai && hidden ? classRules(azalai, hidden) : [];
    },
  });
  if (map) worn.set(map, result);
  return result;
}
