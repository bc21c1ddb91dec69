import type { Location } from './locate/location.ts';

/** EPSG numbers of longitude and latitude on one ellipsoid or another; those of grids lie elsewhere. */
const GEOGRAPHIC = [4001, 4999] as const;

/**
 * Whether coordinates are longitude and latitude, as far as the file or its sender says: `crs` is an EPSG number, WKT, or
 * null when nothing is said, which in every format but one means degrees. Numbers of some grid are not.
 */
export function inDegrees(crs: number | string | null, location: Location | null): boolean {
  if (location?.type === 'lonlat' || location?.type === 'mgrs') return true;
  if (location?.type === 'xy') return false;
  const told = location?.type === 'wkt' ? (location.srid ?? crs) : crs;
  if (told === null) return true;
  if (typeof told === 'number') return told >= GEOGRAPHIC[0] && told <= GEOGRAPHIC[1];
  return /^\s*(GEOGCS|GEOGCRS|GEODCRS|GEODETICCRS)\b/i.test(told);
}
