/** A place that was typed in, in degrees on WGS 84. */
export interface Reading {
  readonly lon: number;
  readonly lat: number;
  readonly written: 'decimal' | 'dms' | 'mgrs';
  /** Which number was taken for which; null where the text itself says so. */
  readonly order: 'lat-lon' | 'lon-lat' | null;
  /** Of a square: west, south, east, north. */
  readonly box?: readonly [number, number, number, number];
  /** Of a square: metres from side to side. */
  readonly side?: number;
  /** Of a square: as it is written with spaces. */
  readonly reference?: string;
}
