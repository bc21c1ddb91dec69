import type { Position } from 'geojson';

/** One record's geometry cannot be read; the next one can. Never leaves this folder. */
export class BadCoordinates extends Error {}

/**
 * Tuples `lon,lat` or `lon,lat,height` between blanks. Blanks after commas, which the format forbids and people write,
 * are taken as meant.
 * @throws BadCoordinates
 */
export function parseCoordinates(text: string): Position[] {
  const tuples = text.trim().replace(/\s*,\s*/g, ',');
  if (tuples === '') return [];
  return tuples.split(/\s+/).map((tuple) => toPosition(tuple.split(','), tuple));
}

/** `lon lat height` of a track. @throws BadCoordinates */
export const parseTrackPoint = (text: string): Position => toPosition(text.trim().split(/\s+/), text);

function toPosition(parts: readonly string[], tuple: string): Position {
  // Some writers end a tuple with a comma.
  const used = parts.at(-1) === '' ? parts.slice(0, -1) : parts;
  const position = used.slice(0, 3).map(Number);
  if (used.length < 2 || used.includes('') || !position.every(Number.isFinite)) {
    throw new BadCoordinates(
      `"${tuple.slice(0, 80)}" is no position. Right would be longitude,latitude or longitude,latitude,height.`,
    );
  }
  return position;
}
