import geodesic from 'geographiclib-geodesic';
import type { Position } from 'geojson';
import type { Piece } from '../../server/analysis/corridor/piece.ts';
import { toPosition } from '../../server/stats/geocentric.ts';

const WGS84 = geodesic.Geodesic.WGS84;
type Inverse = { readonly s12: number };

/** Metres between two places (degrees), by GeographicLib. */
export const metresBetween = ([lon1, lat1]: Position, [lon2, lat2]: Position): number =>
  (WGS84.Inverse(lat1 as number, lon1 as number, lat2 as number, lon2 as number) as Inverse).s12;

/** Places along the geodesics of a line, at most so many metres apart, with their chainage. */
export function sampled(line: readonly Position[], stepM: number): { at: Position; chainage: number }[] {
  const found: { at: Position; chainage: number }[] = [];
  let start = 0;
  for (let index = 1; index < line.length; index++) {
    const [[lon1, lat1], [lon2, lat2]] = [line[index - 1], line[index]] as [[number, number], [number, number]];
    const leg = WGS84.InverseLine(lat1, lon1, lat2, lon2);
    const length = metresBetween([lon1, lat1], [lon2, lat2]);
    const steps = Math.max(1, Math.ceil(length / stepM));
    for (let step = 0; step <= steps; step++) {
      const { lat2: lat, lon2: lon } = leg.Position((length * step) / steps) as { lat2: number; lon2: number };
      found.push({ at: [lon, lat], chainage: start + (length * step) / steps });
    }
    start += length;
  }
  return found;
}

/** The pieces of a line, as they come from the database. */
export function piecesOf(line: readonly Position[], stepM = 2_000): Piece[] {
  const places = sampled(line, stepM);
  return places.slice(1).flatMap(({ at, chainage }, index) => {
    const from = places[index] as { at: Position; chainage: number };
    if (chainage <= from.chainage) return [];
    const position = ([lon, lat]: Position) => toPosition(lon as number, lat as number);
    return [{ from: position(from.at), to: position(at), start: from.chainage, length: chainage - from.chainage }];
  });
}

/** By trying place after place of a line: how far the nearest is, and the least chainage of those as near to within `sameM`. */
export function nearestBySampling(places: ReturnType<typeof sampled>, from: Position, sameM: number) {
  const metres = places.map(({ at }) => metresBetween(at, from));
  const least = Math.min(...metres);
  const near = places.filter((_, index) => (metres[index] as number) <= least + sameM);
  return { metres: least, chainages: near.map(({ chainage }) => chainage) };
}
