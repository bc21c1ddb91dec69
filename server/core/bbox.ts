import { InvalidParameter } from './errors.ts';

/** A box in degrees, EPSG:4326, west <= east. */
export interface Bbox {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
}

const fault = (detail: string) => new InvalidParameter([{ parameter: 'bbox', detail }]);

/**
 * Reads the `bbox` parameter of OGC API Features: `west,south,east,north` in degrees; of six numbers the heights are
 * ignored. A box with west > east crosses the antimeridian and becomes two.
 * @throws InvalidParameter
 */
export function parseBbox(text: string): readonly Bbox[] {
  const parts = text.split(',').map((part) => part.trim());
  if (parts.length !== 4 && parts.length !== 6) {
    throw fault(`bbox takes 4 numbers, west,south,east,north in degrees: got ${parts.length}.`);
  }
  const numbers = parts.map((part) => (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(part) ? Number(part) : Number.NaN));
  const bad = numbers.findIndex((number) => !Number.isFinite(number));
  if (bad >= 0) throw fault(`bbox takes numbers: "${(parts[bad] ?? '').slice(0, 40)}" is not one.`);
  const [west, south, east, north] = (
    numbers.length === 6 ? [numbers[0], numbers[1], numbers[3], numbers[4]] : numbers
  ) as [number, number, number, number];
  for (const [name, value, limit] of [
    ['west', west, 180],
    ['south', south, 90],
    ['east', east, 180],
    ['north', north, 90],
  ] as const) {
    if (Math.abs(value) > limit) throw fault(`bbox ${name} is ${value}: it goes from -${limit} to ${limit}.`);
  }
  if (south > north)
    throw fault(`bbox south (${south}) is above north (${north}): the order is west,south,east,north.`);
  if (west <= east) return [{ west, south, east, north }];
  return [
    { west, south, east: 180, north },
    { west: -180, south, east, north },
  ];
}
