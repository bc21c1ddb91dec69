import type { Map as MapLibre } from 'maplibre-gl';

interface Tile {
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

/** Tiles that failed, per map and source; none where the source itself could not be read. */
const failedTiles = new WeakMap<MapLibre, Map<string, Tile[]>>();

export const hasFailed = (map: MapLibre, source: string): boolean => failedTiles.get(map)?.has(source) ?? false;

/** `tile`: null where it was no tile that failed. */
export function rememberFailed(map: MapLibre, source: string, tile: Tile | null): void {
  const bySource = failedTiles.get(map) ?? new Map<string, Tile[]>();
  failedTiles.set(map, bySource.set(source, [...(bySource.get(source) ?? []), ...(tile ? [tile] : [])]));
}

/**
 * Asks again for single tiles. MapLibre (6.17) waits for ever for a tile that failed once when a source is reloaded as a
 * whole: such tiles must be refreshed by their address first.
 */
export function reviveTiles(map: MapLibre, source: string): boolean {
  const tiles = failedTiles.get(map)?.get(source) ?? [];
  failedTiles.get(map)?.delete(source);
  if (tiles.length > 0) map.refreshTiles(source, tiles);
  return tiles.length > 0;
}
