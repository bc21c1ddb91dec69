import { getNear, type PlacedRecord } from '../api/near.ts';
import type { TimeWindow } from '../url.ts';
import { boxWithin, distanceTo } from './distance.ts';

/** Metres around the place in which one looks, one after the other. */
const RADII = [5_000, 25_000, 100_000] as const;
export const FARTHEST = RADII[RADII.length - 1] as number;
/** Records of a layer that are compared at a time. */
const MOST = 200;

export interface Nearest {
  readonly record: PlacedRecord;
  readonly metres: number;
}

/** The record of a layer nearest to a place; null: none within `FARTHEST`; 'many': too many to be compared. */
export async function nearestOf(
  layer: string,
  lon: number,
  lat: number,
  window: TimeWindow,
  signal: AbortSignal,
  filter: string | null = null,
): Promise<Nearest | null | 'many'> {
  for (const radius of RADII) {
    const records = await getNear(layer, boxWithin(lon, lat, radius), window, MOST, signal, filter);
    if (!records) return 'many';
    const found = records
      .flatMap((record) => (record.geometry ? [{ record, metres: distanceTo(lon, lat, record.geometry) }] : []))
      .toSorted((a, b) => a.metres - b.metres)[0];
    // In a corner of the box there may be one, and a nearer one outside of it.
    if (found && found.metres <= radius) return found;
  }
  return null;
}
