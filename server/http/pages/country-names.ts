import { OUTLINES } from './outlines.ts';

/** A view is looked at in so many places. */
const [COLUMNS, ROWS] = [24, 16];
/** A name needs room: its country must be at this many of the places, and one further for every other letter. */
const MIN_PLACES = 8;

type Ring = readonly (readonly [number, number])[];

/** A path of relative lines, as `outlines.ts` has them, as rings again. */
function toRings(path: string): Ring[] {
  return path.split('M').flatMap((part) => {
    const numbers = [...part.matchAll(/-?\d+/g)].map(([text]) => Number(text));
    const ring: [number, number][] = [];
    for (let k = 0; k + 1 < numbers.length; k += 2) {
      const [x, y] = ring.at(-1) ?? [0, 0];
      ring.push([x + (numbers[k] as number), y + (numbers[k + 1] as number)]);
    }
    return ring.length > 0 ? [ring] : [];
  });
}

/** Whether a ray to the east crosses the rings an odd number of times: https://wrfranklin.org/Research/Short_Notes/pnpoly.html */
function holds(rings: readonly Ring[], x: number, y: number): boolean {
  let isInside = false;
  for (const ring of rings) {
    for (const [index, [x1, y1]] of ring.entries()) {
      const [x2, y2] = ring[(index + 1) % ring.length] as readonly [number, number];
      if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) isInside = !isInside;
    }
  }
  return isInside;
}

let parts: readonly { readonly name: string; readonly box: readonly number[]; readonly rings: readonly Ring[] }[];

function countryAt(x: number, y: number): string | undefined {
  parts ??= OUTLINES.map(([name, box, path]) => ({ name, box, rings: toRings(path) }));
  const found = parts.find(({ box: [w = 0, n = 0, e = 0, s = 0], rings }) => {
    return x >= w && x <= e && y >= n && y <= s && holds(rings, x, y);
  });
  return found?.name;
}

/** Where in a view the names of countries stand: in the middle of what is seen of each, in the units of `OUTLINES`. */
export function placeNames({ west, east, north, south }: Record<'west' | 'east' | 'north' | 'south', number>) {
  const seen = new Map<string, [number, number][]>();
  for (let row = 0; row < ROWS; row += 1) {
    for (let column = 0; column < COLUMNS; column += 1) {
      const x = west + ((east - west) * (column + 0.5)) / COLUMNS;
      const y = north + ((south - north) * (row + 0.5)) / ROWS;
      const name = countryAt(x, y);
      if (name !== undefined) seen.set(name, [...(seen.get(name) ?? []), [x, y]]);
    }
  }
  return [...seen].flatMap(([name, places]) => {
    if (places.length < MIN_PLACES + name.length / 2) return [];
    const mean = (axis: 0 | 1) => places.reduce((sum, place) => sum + place[axis], 0) / places.length;
    const [x, y] = [mean(0), mean(1)];
    // The middle of a bent country may lie outside it: the place that is nearest does not.
    const [nearest] = places.toSorted((a, b) => Math.hypot(a[0] - x, a[1] - y) - Math.hypot(b[0] - x, b[1] - y));
    return nearest ? [{ name, x: nearest[0], y: nearest[1] }] : [];
  });
}
