import type { Position } from './geocentric.ts';
import { nearMetres } from './near-metres.ts';

/** Metres: radii of the curvature of WGS 84 lie between these, and so does how far a chord is from its arc. */
const [SHARPEST, FLATTEST] = [6_335_000, 6_400_000];
/** By so much a distance that is rounded to 0.1 mm, and what it is computed with, may be off. */
const CRUMB = 2e-4;

/** The least and the most squared chord of two places so many metres apart; of none nothing is in doubt. */
function chordsOf(metres: number): readonly [least: number, most: number] {
  if (metres === 0) return [-1, -1];
  const chord = (radius: number, away: number) => 2 * radius * Math.sin(away / (2 * radius));
  return [chord(SHARPEST, metres - CRUMB) ** 2, chord(FLATTEST, metres + CRUMB) ** 2];
}

/** Squared chords are looked up in so many steps up to the longest. */
const STEPS = 4_096;
/** The step of all that is farther. */
export const BEYOND = STEPS + 1;
export const IN_DOUBT = 255;

/** The band of each step of squared chords, `IN_DOUBT` where an edge lies in it; and how many steps a square metre is. */
function toTable(least: Float64Array, most: Float64Array): { readonly table: Uint8Array; readonly scale: number } {
  const last = least.length - 1;
  const scale = STEPS / (most[last] as number);
  const table = Uint8Array.from({ length: BEYOND + 1 }, (_, step) => {
    if (step === BEYOND) return last;
    const [from, to] = [(step - 1e-6) / scale, (step + 1 + 1e-6) / scale];
    for (let band = -1; band < last; band += 1) {
      const isAbove = band < 0 || from > (most[band] as number);
      if (isAbove && to < (least[band + 1] as number)) return band < 0 ? last : band;
    }
    return IN_DOUBT;
  });
  return { table, scale };
}

/** Tells the band of two places from the square of the straight line between them. */
export interface ChordBands {
  /** By steps of squares, the last for all beyond: a band, how many there are for none, or `IN_DOUBT`. */
  readonly table: Uint8Array;
  /** Steps of a square metre. */
  readonly scale: number;
  /** Where a step is in doubt: by the edges, and where that leaves a doubt by the distance. */
  readonly closely: (one: Position, other: Position, squared: number) => number;
}

/** @param metres edges of the bands, rising: bands are as `nearMetres` has them */
export function chordBands(metres: readonly number[]): ChordBands {
  const last = metres.length - 1;
  const edges = metres.map(chordsOf);
  const [least, most] = [Float64Array.from(edges, ([low]) => low), Float64Array.from(edges, ([, high]) => high)];
  const closely: ChordBands['closely'] = (one, other, squared) => {
    let band = last;
    while (band >= 0 && squared < (least[band] as number)) band -= 1;
    if (band >= 0 && squared <= (most[band] as number)) {
      const away = nearMetres(one, other);
      band = last;
      while (band >= 0 && away < (metres[band] as number)) band -= 1;
    }
    return band < 0 ? last : band;
  };
  return { ...toTable(least, most), closely };
}
