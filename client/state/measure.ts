import { signal } from '@preact/signals';
import type { Position } from 'geojson';

/** A way or the outline of an area, longitude and latitude in degrees; of an outline the first is not said again. */
export interface Measured {
  readonly kind: 'way' | 'area';
  readonly positions: readonly Position[];
}

/** Whether the card is open. */
export const isMeasuring = signal(false);
/** What is measured: while it is drawn, and until it is put away. */
export const measured = signal<Measured | null>(null);
/** Metres of each leg of it, and square metres inside; null until they are computed. */
export const measures = signal<{
  readonly of: Measured;
  readonly legs: readonly number[];
  readonly area: number | null;
} | null>(null);
