import type { LineString, MultiLineString, Position } from 'geojson';

const isLine = ([from, to]: readonly Position[]) => from?.[0] !== to?.[0] || from?.[1] !== to?.[1];

/**
 * A line between two places, straight in degrees: the short way round, cut where it passes the antimeridian (RFC 7946, 3.1.9).
 * Positions are longitude, latitude.
 */
export function straightLine([west, south]: Position, [east, north]: Position): LineString | MultiLineString {
  const [fromLon, fromLat, toLon, toLat] = [west, south, east, north] as [number, number, number, number];
  const [from, to] = [
    [fromLon, fromLat],
    [toLon, toLat],
  ];
  if (Math.abs(toLon - fromLon) <= 180) return { type: 'LineString', coordinates: [from, to] };
  const edge = fromLon > 0 ? 180 : -180;
  const [near, whole] = [edge - fromLon, toLon + 2 * edge - fromLon];
  // Of one meridian that is written in two ways there is no width.
  const lat = fromLat + (whole === 0 ? 0 : (near / whole) * (toLat - fromLat));
  const parts = [
    [from, [edge, lat]],
    [[-edge, lat], to],
  ];
  const drawn = parts.filter(isLine);
  return { type: 'MultiLineString', coordinates: drawn.length === 0 ? parts : drawn };
}
