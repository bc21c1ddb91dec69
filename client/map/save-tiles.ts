import { effect } from '@preact/signals';
import type { Map as MapLibre, VectorTileSource } from 'maplibre-gl';
import { isSaving } from '../state/saver.ts';
import { vectorSources } from './vector-sources.ts';

/** The side of a tile on the screen; of one twice as large a quarter as many are needed, each of a zoom less. */
const [USUAL, SAVED] = [512, 1024];

/** The scenery. Tiles of records stay as they are: by the zoom of a tile records or hexagons are drawn, which are counted. */
const isScenery = ({ id }: VectorTileSource) => id === 'base-map';

/**
 * Store to map: while data is saved the base map comes in fewer, coarser tiles. Not by the style: a vector source refuses
 * another size there (MapLibre 6.17), though all that it draws goes by the size that it has.
 */
export function saveTiles(map: MapLibre): void {
  const resize = (isReloaded: boolean) => {
    const size = isSaving.peek() ? SAVED : USUAL;
    for (const source of vectorSources(map)) {
      if (!isScenery(source) || source.tileSize === size) continue;
      source.tileSize = size;
      if (isReloaded && source.url) source.setUrl(source.url);
    }
  };
  // Sources of a style that has just come have asked for nothing yet.
  map.on('styledata', () => resize(false));
  let isFirst = true;
  effect(() => {
    void isSaving.value;
    if (!isFirst && map.isStyleLoaded() !== undefined) resize(true);
    isFirst = false;
  });
}
