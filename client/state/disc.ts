import { signal } from '@preact/signals';

/** Around the record whose card is read: it lies somewhere within. Degrees and metres. */
export interface Disc {
  readonly lon: number;
  readonly lat: number;
  readonly metres: number;
}
export const disc = signal<Disc | null>(null);
