import geodesic from 'geographiclib-geodesic';
import type { Position } from 'geojson';

const { WGS84 } = geodesic.Geodesic;

/** Metres of each leg along the shortest way on WGS 84 (Karney 2013, "Algorithms for geodesics"). Positions in degrees. */
export function legsOf(positions: readonly Position[]): number[] {
  return positions.slice(1).map(([lon = 0, lat = 0], index) => {
    const [fromLon = 0, fromLat = 0] = positions[index] ?? [];
    return WGS84.Inverse(fromLat, fromLon, lat, lon).s12 ?? Number.NaN;
  });
}

/** Square metres inside an outline of shortest ways on WGS 84, whichever way round it is drawn. */
export function areaOf(outline: readonly Position[]): number {
  const polygon = WGS84.Polygon(false);
  for (const [lon = 0, lat = 0] of outline) polygon.AddPoint(lat, lon);
  return Math.abs(polygon.Compute(false, true).area ?? 0);
}
