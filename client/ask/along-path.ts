import type { Geometry, Position } from 'geojson';

/** Places on a line by their chainage. Positions are longitude, latitude in degrees on WGS 84. Pure. */

/** A piece of a line whose ends are known by their chainage, kilometres from the beginning of the whole. */
export interface Piece {
  readonly fromKm: number;
  readonly toKm: number;
  readonly positions: readonly Position[];
}

const RADIANS = Math.PI / 180;

/** Great-circle distance on the unit sphere (haversine): within a piece only shares of it are taken. */
function arc([lon1 = 0, lat1 = 0]: Position, [lon2 = 0, lat2 = 0]: Position): number {
  const [a, b] = [Math.sin(((lat2 - lat1) * RADIANS) / 2), Math.sin(((lon2 - lon1) * RADIANS) / 2)];
  return 2 * Math.asin(Math.min(1, Math.sqrt(a * a + Math.cos(lat1 * RADIANS) * Math.cos(lat2 * RADIANS) * b * b)));
}

/** The pieces of the features of one line, in the order of their chainage; of several parts the gaps do not count. */
export function toPieces(
  features: readonly { readonly geometry: Geometry; readonly properties: Readonly<Record<string, unknown>> | null }[],
): Piece[] {
  return features
    .flatMap(({ geometry, properties }): Piece[] => {
      const [fromKm, toKm] = [Number(properties?.from_km), Number(properties?.to_km)];
      if (!(toKm > fromKm)) return [];
      if (geometry.type === 'LineString') return [{ fromKm, toKm, positions: geometry.coordinates }];
      return geometry.type === 'MultiLineString' ? [{ fromKm, toKm, positions: geometry.coordinates.flat() }] : [];
    })
    .sort((a, b) => a.fromKm - b.fromKm);
}

/** Where the line is at a chainage; null: it has no such place. Within a segment longitude and latitude rise evenly. */
export function positionAt(pieces: readonly Piece[], km: number): Position | null {
  const piece = pieces.find(({ fromKm, toKm }) => km >= fromKm && km <= toKm);
  if (!piece) return null;
  const { positions, fromKm, toKm } = piece;
  const lengths = positions.slice(1).map((position, at) => arc(positions[at] as Position, position));
  let left = ((km - fromKm) / (toKm - fromKm)) * lengths.reduce((sum, length) => sum + length, 0);
  for (const [at, length] of lengths.entries()) {
    const [[lon1 = 0, lat1 = 0], [lon2 = 0, lat2 = 0]] = [positions[at] as Position, positions[at + 1] as Position];
    if (left <= length || at === lengths.length - 1) {
      const share = length === 0 ? 0 : Math.min(1, left / length);
      return [lon1 + (lon2 - lon1) * share, lat1 + (lat2 - lat1) * share];
    }
    left -= length;
  }
  return (positions[0] as Position | undefined) ?? null;
}

/** The chainage of the place of the line that is nearest, and that place; null: there is no line. */
export function nearestKm(
  pieces: readonly Piece[],
  [lon = 0, lat = 0]: Position,
): { km: number; position: Position } | null {
  const wide = Math.cos(lat * RADIANS);
  let best: { km: number; position: Position } | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const { positions, fromKm, toKm } of pieces) {
    const lengths = positions.slice(1).map((position, at) => arc(positions[at] as Position, position));
    const whole = lengths.reduce((sum, length) => sum + length, 0);
    let before = 0;
    for (const [at, length] of lengths.entries()) {
      const [[lon1 = 0, lat1 = 0], [lon2 = 0, lat2 = 0]] = [positions[at] as Position, positions[at + 1] as Position];
      const [dx, dy] = [(lon2 - lon1) * wide, lat2 - lat1];
      const square = dx * dx + dy * dy;
      const share =
        square === 0 ? 0 : Math.max(0, Math.min(1, ((lon - lon1) * wide * dx + (lat - lat1) * dy) / square));
      const position = [lon1 + (lon2 - lon1) * share, lat1 + (lat2 - lat1) * share];
      const distance = ((lon - (position[0] as number)) * wide) ** 2 + (lat - (position[1] as number)) ** 2;
      if (distance < least) {
        least = distance;
        const part = whole === 0 ? 0 : (before + length * share) / whole;
        best = { km: fromKm + (toKm - fromKm) * part, position };
      }
      before += length;
    }
  }
  return best;
}
