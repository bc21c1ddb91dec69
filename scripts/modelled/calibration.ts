import { readFileSync } from 'node:fs';

/** A published figure and what has to be counted in the layer to meet it (`geodata/calibration.json`). */
export interface Total {
  readonly id: string;
  readonly measure: 'attacks' | 'killed' | 'injured';
  /** First and last year counted. */
  readonly years: readonly [number, number];
  /** The figure holds for each year on its own. */
  readonly yearly?: boolean;
  readonly except?: readonly number[];
  readonly targets?: readonly string[];
  readonly kind?: string;
  /** Only the regions that `centre` lists. */
  readonly centre?: boolean;
  /** Share of another total, over the same years. */
  readonly of?: string;
  /** As published; null where the text has no number. */
  readonly value: number | null;
  readonly nature: 'exact' | 'derived' | 'approx';
  /** Our reading of an approximation, both ends included; the others hold exactly. */
  readonly between?: readonly [number, number];
  readonly source: string;
  readonly locator: string;
}

export interface Calibration {
  /** Names of the shipped regions that together are the centre. */
  readonly centre: { readonly regions: readonly string[] };
  readonly totals: readonly Total[];
}

/** Reads `geodata/calibration.json`. */
export function readCalibration(): Calibration {
  const file = new URL('../../geodata/calibration.json', import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as Calibration;
}

/** The published number of a total; throws on a name that does not exist or has no number. */
export function published(calibration: Calibration, id: string): number {
  const value = calibration.totals.find((total) => total.id === id)?.value;
  if (typeof value !== 'number') throw new Error(`geodata/calibration.json has no number "${id}"`);
  return value;
}
