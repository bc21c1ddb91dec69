import type { StyleSpecification } from 'maplibre-gl';
import { datetimeOf } from '../api.ts';
import { classRules } from '../layer-classes.ts';
import { look } from '../state/layers.ts';
import * as state from '../state.ts';
import type { TimeWindow } from '../url.ts';
import { dress } from './dress.ts';
import { filtered } from './filtered.ts';
import { hexagonTilesets, tileAddress } from './hexagon-tiles.ts';

/** The style of the map of another period: as the reader has set the layers, with hexagons that the server counts. */
export function compareStyle(whole: StyleSpecification, window: TimeWindow): StyleSpecification {
  const style = filtered(whole);
  const collections = state.collectionById.peek();
  const { opacities, order, hiddenClasses } = look.peek();
  const tilesets = hexagonTilesets(style, collections);
  return dress(style, {
    ...{ visible: state.visible.peek(), window, order, isWindowed: () => false },
    tilesOf: (name) => {
      const tileset = tilesets.get(name);
      return tileset && [tileAddress(tileset, collections, datetimeOf(window))];
    },
    opacityOf: (layer) => opacities.get(layer) ?? 1,
    rulesOf: (layer) => {
      const [azalai, hidden] = [collections.get(layer)?.azalai, hiddenClasses.get(layer)];
      return azalai && hidden ? classRules(azalai, hidden) : [];
    },
  });
}
