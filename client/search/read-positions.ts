import { coordinateTokens, type Token } from './coordinate-tokens.ts';
import type { Reading } from './position.ts';
import { type Coordinate, readCoordinate } from './read-coordinate.ts';

/** No position is as long. */
const LONGEST = 100;

/**
 * What a text may mean as a position: "16.77, -3.01", "16,77 -3,01", "16°46'N 3°0'W", "N 16 46 30 O 3 0 27", "lat 16.77
 * lon -3.01". Where it does not say which number is which, both ways are read, latitude first; nothing where it is none.
 */
export function readPositions(text: string): Reading[] {
  if (text.length > LONGEST || !/\d/.test(text)) return [];
  const lexed = [coordinateTokens(text, true), coordinateTokens(text, false)];
  const readings = lexed.flatMap((tokens) => (tokens ? splits(tokens).flatMap(pairOf) : []));
  return readings.filter((reading, index) => readings.findIndex((other) => isSame(reading, other)) === index);
}

const isSame = (a: Reading, b: Reading) => a.lon === b.lon && a.lat === b.lat;

type Pair = readonly [Coordinate, Coordinate];

/** The ways to part the text in two coordinates: by what stands between, else anywhere; alike in parts if there is such a way. */
function splits(tokens: readonly Token[]): Pair[] {
  const between = tokens.flatMap(({ type }, index) => (type === 'between' ? [index] : []));
  if (between.length > 1) return [];
  const [only] = between;
  const at = only === undefined ? tokens.map((_, index) => index).slice(1) : [only];
  const pairs = at.flatMap((index): Pair[] => {
    const first = readCoordinate(tokens.slice(0, index));
    const second = readCoordinate(tokens.slice(only === undefined ? index : index + 1));
    return first && second && (first.axis === null || first.axis !== second.axis) ? [[first, second]] : [];
  });
  const alike = pairs.filter(([first, second]) => first.parts === second.parts);
  const isSaid = pairs.some(([first, second]) => first.axis !== null || second.axis !== null) || only !== undefined;
  return alike.length > 0 ? alike : isSaid ? pairs : [];
}

function pairOf([first, second]: Pair): Reading[] {
  const written = first.parts > 1 || second.parts > 1 ? 'dms' : 'decimal';
  const reading = (lat: Coordinate, lon: Coordinate, order: Reading['order']): Reading[] =>
    Math.abs(lat.degrees) <= 90 && Math.abs(lon.degrees) <= 180
      ? [{ lat: lat.degrees, lon: lon.degrees, written, order }]
      : [];
  if (first.axis === 'lat' || second.axis === 'lon') return reading(first, second, null);
  if (first.axis === 'lon' || second.axis === 'lat') return reading(second, first, null);
  return [...reading(first, second, 'lat-lon'), ...reading(second, first, 'lon-lat')];
}
