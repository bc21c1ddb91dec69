import type { Geometry } from 'geojson';
import { datetimeOf, get, type RecordFeature } from '../api.ts';
import type { TimeWindow } from '../url.ts';
import { withKnownAt } from './known-at.ts';

export type PlacedRecord = RecordFeature & { readonly geometry: Geometry | null };

/** Records of a layer in a box (west, south, east, north in degrees) in a window that pass a filter (CQL2 text); null where there are more than `most`. */
export async function getNear(
  layer: string,
  box: readonly number[],
  window: TimeWindow,
  most: number,
  signal: AbortSignal,
  filter: string | null = null,
): Promise<readonly PlacedRecord[] | null> {
  const datetime = datetimeOf(window);
  const when = datetime === null ? '' : `&datetime=${datetime}`;
  const only = filter === null ? '' : `&filter=${encodeURIComponent(filter)}`;
  const bbox = box.map((degrees) => degrees.toFixed(5)).join(',');
  const path = withKnownAt(`collections/${layer}/items?bbox=${bbox}&limit=${most + 1}${when}${only}`);
  const { features } = await get<{ features: readonly PlacedRecord[] }>(path, signal);
  return features.length > most ? null : features;
}
