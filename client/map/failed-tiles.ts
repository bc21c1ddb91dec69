import type { Map as MapLibre } from 'maplibre-gl';

/** Tiles that failed, per source. */
const failedTiles = new Map<string, { x: number; y: number; z: number }[]>();

export const hasFailed = (source: string): boolean => failedTiles.has(source);

export function rememberFailed(source: string, tile: { x: number; y: number; z: number }): void {
  failedTiles.set(source, [...(failedTiles.get(source) ?? []), tile]);
}

/**
 * Asks again for single tiles. MapLibre (6.17) waits for ever for a tile that failed once when a source is reloaded as a
 * whole: such tiles must be refreshed by their address first.
 */
export function reviveTiles(map: MapLibre, source: string): boolean {
  const tiles = failedTiles.get(source);
  failedTiles.delete(source);
  if (tiles) map.refreshTiles(source, tiles);
  return tiles !== undefined;
}
