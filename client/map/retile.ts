import type { Map as MapLibre, VectorTileSource } from 'maplibre-gl';
import { reviveTiles } from './failed-tiles.ts';

/** The addresses that a source was given; undefined while it follows a TileJSON. */
export function tilesOf(source: VectorTileSource): readonly string[] | undefined {
  return source.serialize().tiles;
}

/**
 * Loads all tiles of a source from another address, or again from the same. Not by `setTiles`: that loads a frame later,
 * and a tile that fails in between is then waited for without end (MapLibre 6.17).
 */
export function retile(map: MapLibre, source: VectorTileSource, address: string): void {
  // The very list that the source asks by, and that the style is written from.
  const { tiles } = source.serialize();
  tiles?.splice(0, tiles.length, address);
  source.tiles = tiles ?? [address];
  reviveTiles(map, source.id);
  map.refreshTiles(source.id);
}
