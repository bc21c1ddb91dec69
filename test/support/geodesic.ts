import geodesic from 'geographiclib-geodesic';

const { WGS84, STANDARD, DISTANCE_IN } = geodesic.Geodesic;

/**
 * Metres from a point to the geodesics between vertices, in degrees. Slow and independent: each edge is walked, and its nearest
 * place searched by thirds.
 */
export function leastDistance(
  vertices: readonly (readonly [number, number])[],
  [lon, lat]: readonly [number, number],
): number {
  let least = Number.POSITIVE_INFINITY;
  for (const [index, [toLon, toLat]] of vertices.entries()) {
    const [fromLon, fromLat] = vertices[Math.max(0, index - 1)] as readonly [number, number];
    const edge = WGS84.InverseLine(fromLat, fromLon, toLat, toLon, STANDARD | DISTANCE_IN);
    const away = (metres: number) => {
      const { lat2 = 0, lon2 = 0 } = edge.Position(metres);
      return WGS84.Inverse(lat, lon, lat2, lon2).s12 ?? Number.NaN;
    };
    let [low, high] = [0, edge.s13];
    for (let round = 0; round < 80; round += 1) {
      const third = (high - low) / 3;
      if (away(low + third) < away(high - third)) high -= third;
      else low += third;
    }
    least = Math.min(least, away((low + high) / 2));
  }
  return least;
}
