import type { Collection } from './api.ts';
import { focusBox } from './state/layers.ts';

/** Shows all of a layer, where the catalogue says how far it reaches: its middle where it is not drawn as far out as that. */
export function zoomToLayer({ extent, azalai }: Pick<Collection, 'extent' | 'azalai'>): void {
  const [box] = extent?.spatial?.bbox ?? [];
  const [west, south, east, north] = box ?? [];
  if (west === undefined || south === undefined || east === undefined || north === undefined) return;
  focusBox.value = [west, south, east, north, azalai.style.minzoom ?? 0];
}
