import { signal } from '@preact/signals';
import { closeSpot, spot } from '../state.ts';

/** West, south, east, north in degrees. */
export type Box = readonly [number, number, number, number];

/** What was looked for and found: marked on the map until it is put away. Degrees on WGS 84. */
export interface FoundPlace {
  readonly lon: number;
  readonly lat: number;
  /** As it is called beside its mark. */
  readonly name: string;
  /** Of a square: drawn, as far as the address does not have to keep it. */
  readonly box?: Box;
}
export const foundPlace = signal<FoundPlace | null>(null);

/** A record that is to be in the list of the spot whatever is drawn there. */
export interface Sought {
  readonly layer: string;
  /** Its number in tiles and items. */
  readonly id: number;
}
export const sought = signal<Sought | null>(null);

/** Where the map is to go: to a box, or to a point as near as `zoom` at least. A new object each time. */
export type Journey =
  | { readonly box: Box; readonly maxZoom?: number }
  | { readonly lon: number; readonly lat: number; readonly zoom: number };
export const journey = signal<Journey | null>(null);

/** Opens a record's card, with what else lies at the place. */
export function openRecord(record: Sought, at: { readonly lon: number; readonly lat: number }): void {
  closeSpot();
  sought.value = record;
  spot.value = { lon: at.lon, lat: at.lat };
}

export function putAwayFound(): void {
  foundPlace.value = null;
}
