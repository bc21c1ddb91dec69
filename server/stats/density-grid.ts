import {
  ECCENTRICITY_2,
  EQUATOR,
  type LonLats,
  SHORTEST_DEGREE,
  toGeocentric,
  toSquaredLine,
  toSquaredMetres,
} from './geocentric.ts';
import type { WeightedPlaces } from './kernel-density.ts';
import { quarticKernel } from './quartic-kernel.ts';

/** Nodes at equal steps of longitude and latitude, degrees, by rows from the south. */
export interface Grid {
  /** Of the first node; longitudes may go on beyond 180. */
  readonly west: number;
  readonly south: number;
  readonly lonStep: number;
  readonly latStep: number;
  readonly columns: number;
  readonly rows: number;
  /** It goes around the earth, from -180 to 180: the last column is the first again. */
  readonly isRound: boolean;
}

const DEGREE = Math.PI / 180;

/** The span of longitudes around places that leaves out the widest gap between them. @returns west, and how wide */
function spanOf(lons: Float64Array): [number, number] {
  const sorted = Float64Array.from(lons).sort();
  const [first, last] = [sorted[0] as number, sorted.at(-1) as number];
  let [west, gap] = [first, first + 360 - last];
  for (let index = 1; index < sorted.length; index += 1) {
    const between = (sorted[index] as number) - (sorted[index - 1] as number);
    if (between > gap) [west, gap] = [sorted[index] as number, between];
  }
  return [west, 360 - gap];
}

/** Degrees of longitude that a circle around a place reaches to each side; 180 where it goes around a pole. */
function reachOf(lat: number, degrees: number): number {
  const ratio = Math.sin(Math.min(degrees, 90) * DEGREE) / Math.cos(lat * DEGREE);
  return Math.abs(lat) + degrees >= 90 || ratio >= 1 ? 180 : Math.asin(ratio) / DEGREE;
}

/** At most: a degree of latitude is nowhere shorter, and the arc of a circle hardly longer. */
const toDegrees = (metres: number) => (metres / SHORTEST_DEGREE) * 1.001;

/**
 * A grid over all that lies within a distance of places, which are at least one.
 * @param metres the distance
 * @param step between nodes, metres: at most that, anywhere on the grid
 */
export function planGrid({ lons, lats }: LonLats, metres: number, step: number): Grid {
  const degrees = toDegrees(metres);
  const [low, high] = [lats.reduce((a, b) => Math.min(a, b)), lats.reduce((a, b) => Math.max(a, b))];
  // No degree of latitude is longer than 111,694 m, no degree of longitude than 111,320 times the cosine.
  const latStep = step / 111_694;
  const south = Math.max(-90, low - degrees - latStep);
  const north = Math.min(90, high + degrees + latStep);
  const equatorward = south <= 0 && north >= 0 ? 0 : Math.min(Math.abs(south), Math.abs(north));
  const lonStep = Math.min(45, step / (111_694 * Math.cos(equatorward * DEGREE)));
  const [first, width] = spanOf(lons);
  const reach = reachOf(Math.max(Math.abs(low), Math.abs(high)), degrees) + lonStep;
  const rows = Math.max(2, Math.ceil((north - south) / latStep) + 1);
  const shared = { south, latStep: (north - south) / (rows - 1), rows };
  if (width + 2 * reach >= 360 - lonStep) {
    const columns = Math.ceil(360 / lonStep) + 1;
    return { ...shared, west: -180, lonStep: 360 / (columns - 1), columns, isRound: true };
  }
  return {
    ...shared,
    west: first - reach,
    lonStep,
    columns: Math.ceil((width + 2 * reach) / lonStep) + 1,
    isRound: false,
  };
}

/** Square metres that each node of a row stands for. */
export function nodeArea({ south, latStep, lonStep }: Grid, row: number): number {
  const half = (latStep * DEGREE) / 2;
  const middle = (south + row * latStep) * DEGREE;
  const [low, high] = [Math.max(-Math.PI / 2, middle - half), Math.min(Math.PI / 2, middle + half)];
  // The product of both radii of curvature of the ellipsoid, which hardly changes within a row.
  const curvature = EQUATOR ** 2 * (1 - ECCENTRICITY_2) * (1 - ECCENTRICITY_2 * Math.sin(middle) ** 2) ** -2;
  return curvature * lonStep * DEGREE * (Math.sin(high) - Math.sin(low));
}

/** What of the nodes does not depend on the events: metres from the axis of the earth and from the equator, and directions. */
function nodesOf({ west, south, lonStep, latStep, columns, rows }: Grid) {
  const lats = Float64Array.from({ length: rows }, (_, row) => Math.max(-90, Math.min(90, south + row * latStep)));
  const longitude = (column: number) => (west + column * lonStep) * DEGREE;
  return {
    onMeridian: toGeocentric({ lons: new Float64Array(rows), lats }),
    cosines: Float64Array.from({ length: columns }, (_, column) => Math.cos(longitude(column))),
    sines: Float64Array.from({ length: columns }, (_, column) => Math.sin(longitude(column))),
  };
}

/** The rows and columns of a grid in which all lies that is within a distance of a place. Columns may go on around a round one. */
function windowOf(grid: Grid, lon: number, lat: number, metres: number) {
  const { west, south, lonStep, latStep, columns, rows, isRound } = grid;
  const degrees = toDegrees(metres);
  const reach = reachOf(lat, degrees);
  const offset = (((lon - west) % 360) + 360) % 360;
  const isAll = isRound && reach >= 180 - lonStep;
  const [left, right] = [Math.ceil((offset - reach) / lonStep), Math.floor((offset + reach) / lonStep)];
  return {
    from: Math.max(0, Math.ceil((lat - degrees - south) / latStep)),
    to: Math.min(rows - 1, Math.floor((lat + degrees - south) / latStep)),
    left: isAll ? 0 : isRound ? left : Math.max(0, left),
    right: isAll ? columns - 2 : isRound ? right : Math.min(columns - 1, right),
  };
}

/**
 * The density of events at the nodes of a grid, per square metre, as `kernelDensity` has it at one place.
 * @yields after each place: where the caller may let others have their turn
 */
export function* densityGrid(
  grid: Grid,
  places: WeightedPlaces,
  metres: number,
): Generator<number, Float64Array, undefined> {
  const { columns, rows, isRound } = grid;
  const values = new Float64Array(columns * rows);
  const { onMeridian, cosines, sines } = nodesOf(grid);
  const xyz = toGeocentric(places);
  const most = toSquaredLine(metres);
  const around = columns - 1;
  for (let place = 0; place < places.lons.length; place += 1) {
    const [x, y, z] = [xyz[3 * place] as number, xyz[3 * place + 1] as number, xyz[3 * place + 2] as number];
    const weight = places.weights[place] as number;
    const window = windowOf(grid, places.lons[place] as number, places.lats[place] as number, metres);
    for (let row = window.from; row <= window.to; row += 1) {
      const [radius, height] = [onMeridian[3 * row] as number, onMeridian[3 * row + 2] as number];
      for (let at = window.left; at <= window.right; at += 1) {
        const column = at < 0 ? at + around : isRound && at >= around ? at - around : at;
        const dx = radius * (cosines[column] as number) - x;
        const dy = radius * (sines[column] as number) - y;
        const squared = dx * dx + dy * dy + (height - z) * (height - z);
        if (squared >= most) continue;
        const node = row * columns + column;
        values[node] = (values[node] as number) + weight * quarticKernel(toSquaredMetres(squared), metres);
      }
    }
    yield place;
  }
  if (isRound) {
    for (let row = 0; row < rows; row += 1) values[row * columns + around] = values[row * columns] as number;
  }
  return values;
}
