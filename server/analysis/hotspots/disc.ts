import { cellToBoundary, cellToLatLng, getHexagonEdgeLengthAvg, gridDisk, latLngToCell, UNITS } from 'h3-js';

/** Metres: the sphere of H3. */
const RADIUS_M = 6_371_007.180918475;
const RADIANS = Math.PI / 180;
/** Edges of hexagons differ, and so do ways across them: from 0.75 of the average to 1.3. */
const [SHORT, LONG] = [0.75, 1.3];

type Flat = (lat: number, lon: number) => readonly [x: number, y: number];

/** Around a place, distances from which are kept: azimuthal equidistant. Metres. */
function flatAround(lat: number, lon: number): Flat {
  const [sin, cos] = [Math.sin(lat * RADIANS), Math.cos(lat * RADIANS)];
  return (otherLat, otherLon) => {
    const [sinOther, cosOther] = [Math.sin(otherLat * RADIANS), Math.cos(otherLat * RADIANS)];
    const turn = (otherLon - lon) * RADIANS;
    const [x, y] = [cosOther * Math.sin(turn), cos * sinOther - sin * cosOther * Math.cos(turn)];
    const away = Math.atan2(Math.hypot(x, y), sin * sinOther + cos * cosOther * Math.cos(turn));
    const scale = away === 0 ? 0 : (RADIUS_M * away) / Math.hypot(x, y);
    return [x * scale, y * scale];
  };
}

/** Of the origin from the edge between two places. */
function distanceTo([ax, ay]: readonly [number, number], [bx, by]: readonly [number, number]): number {
  const [dx, dy] = [bx - ax, by - ay];
  const along = Math.max(0, Math.min(1, -(ax * dx + ay * dy) / (dx * dx + dy * dy)));
  return Math.hypot(ax + along * dx, ay + along * dy);
}

/** How many rings of hexagons around its own a circle may reach. */
export function ringsOf(radiusM: number, resolution: number): number {
  return Math.ceil(radiusM / (1.5 * SHORT * getHexagonEdgeLengthAvg(resolution, UNITS.m))) + 1;
}

/** The hexagons that a circle around a place meets, its own among them. Degrees, metres. */
export function cellsOfDisc(lon: number, lat: number, radiusM: number, resolution: number): string[] {
  const flat = flatAround(lat, lon);
  const own = latLngToCell(lat, lon, resolution);
  const farthest = radiusM + LONG * getHexagonEdgeLengthAvg(resolution, UNITS.m);
  const isMet = (cell: string) => {
    if (cell === own) return true;
    const [midLat, midLon] = cellToLatLng(cell);
    const away = Math.hypot(...flat(midLat, midLon));
    if (away <= radiusM) return true;
    if (away > farthest) return false;
    const corners = cellToBoundary(cell).map(([cornerLat, cornerLon]) => flat(cornerLat, cornerLon));
    return corners.some((corner, index) => {
      const next = corners[(index + 1) % corners.length] as readonly [number, number];
      return distanceTo(corner, next) <= radiusM;
    });
  };
  return gridDisk(own, ringsOf(radiusM, resolution)).filter(isMet);
}
