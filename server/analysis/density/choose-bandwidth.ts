import type { PlaceRow } from '../../query/analysis/density.ts';
import type { LonLats } from '../../stats/geocentric.ts';
import { silvermanBandwidth } from '../../stats/silverman-bandwidth.ts';
import { spreadOf } from '../../stats/spread.ts';
import { MAX_BANDWIDTH } from './inputs.ts';

/** A bandwidth and what it was chosen by. Kilometres. */
export interface Bandwidth {
  readonly km: number;
  /**
   * `given` by who asks; by `silverman`'s rule; by the median `precision` of the positions, below which it does not go;
   * the `least` that is recommended; the `most` that can be asked for.
   */
  readonly by: 'given' | 'silverman' | 'precision' | 'least' | 'most';
  /** Absent where there are no events, or they lie all around the earth. */
  readonly standardKm?: number;
  readonly medianKm?: number;
  /** What the rule says; absent where it says nothing: all events are at one place. */
  readonly ruleKm?: number;
  readonly medianPrecisionKm?: number;
}

/** Kilometres: no smaller one is recommended. */
const LEAST = 1;

/** Half of the events are known at least so well. Metres. */
function medianPrecision(rows: readonly PlaceRow[]): number | undefined {
  const sorted = rows.toSorted((a, b) => a[2] - b[2]);
  const half = rows.reduce((sum, row) => sum + row[3], 0) / 2;
  let passed = 0;
  for (const [, , precisionM, events] of sorted) {
    passed += events;
    if (passed >= half) return precisionM;
  }
  return undefined;
}

/** Metres are enough: a recommended bandwidth is to be given back as it is said. */
const inMetres = (km: number) => Math.round(km * 1_000) / 1_000;

/**
 * The bandwidth of a question: as given, else by Silverman's rule from all its events, but not below the median precision
 * of their positions: finer than half of them are known nothing can be seen.
 */
export function chooseBandwidth(
  places: LonLats & { readonly counts: Float64Array },
  rows: readonly PlaceRow[],
  given: number | undefined,
): Bandwidth {
  const spread = spreadOf(places, places.counts);
  const events = places.counts.reduce((sum, each) => sum + each, 0);
  const rule = spread && silvermanBandwidth(spread, events);
  const precisionM = medianPrecision(rows);
  const facts = {
    ...(spread && { standardKm: spread.standardDistance / 1_000, medianKm: spread.medianDistance / 1_000 }),
    ...(rule === undefined ? {} : { ruleKm: rule / 1_000 }),
    ...(precisionM === undefined ? {} : { medianPrecisionKm: precisionM / 1_000 }),
  };
  if (given !== undefined) return { km: given, by: 'given', ...facts };
  const candidates = [
    { by: 'silverman', km: inMetres((rule ?? 0) / 1_000) },
    { by: 'precision', km: inMetres((precisionM ?? 0) / 1_000) },
    { by: 'least', km: LEAST },
  ] as const;
  const chosen = candidates.reduce((best, each) => (each.km > best.km ? each : best));
  return chosen.km > MAX_BANDWIDTH ? { km: MAX_BANDWIDTH, by: 'most', ...facts } : { ...chosen, ...facts };
}
