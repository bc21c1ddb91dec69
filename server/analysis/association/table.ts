import { type PooledRatio, pooledRatio } from '../../stats/mantel-haenszel.ts';
import { type RateRatio, rateRatio } from '../../stats/rate-ratio.ts';
import type { Measured } from './measure.ts';

/** Events and ground by band of distance from places and from shapes: index = stratum * bands + band. */
export interface Table {
  readonly bands: number;
  readonly strata: number;
  readonly counts: Int32Array;
  /** Square metres. */
  readonly areas: Float64Array;
}

export function toTable({ bands, events, sizes, lattice }: Measured): Table {
  const size = bands.count * bands.strata;
  const counts = new Int32Array(size);
  for (const [event, band] of events.band.entries()) {
    const cell = (events.stratum[event] as number) * bands.count + band;
    counts[cell] = (counts[cell] as number) + 1;
  }
  return {
    bands: bands.count,
    strata: bands.strata,
    counts,
    areas: sizes.cells.map((cells) => cells * lattice.cellM2),
  };
}

const ofBand = (table: Table, values: Int32Array | Float64Array, band: number) =>
  Array.from({ length: table.strata }, (_, stratum) => values[stratum * table.bands + band] as number);
const sumOf = (values: readonly number[]) => values.reduce((sum, each) => sum + each, 0);

/** Events of a band and its size in km2. */
export function wholeBand(table: Table, band: number) {
  return { count: sumOf(ofBand(table, table.counts, band)), exposure: sumOf(ofBand(table, table.areas, band)) / 1e6 };
}

/** A band beside what lies beyond the last one, which is the last of the table; undefined where either has no ground. */
export function crudeRatio(table: Table, band: number): RateRatio | undefined {
  const [here, beyond] = [wholeBand(table, band), wholeBand(table, table.bands - 1)];
  return here.exposure > 0 && beyond.exposure > 0 ? rateRatio(here, beyond) : undefined;
}

/** The same within each stratum, pooled. */
export function adjustedRatio(table: Table, band: number): PooledRatio {
  const side = (of: number) => {
    const [counts, areas] = [ofBand(table, table.counts, of), ofBand(table, table.areas, of)];
    return counts.map((count, stratum) => ({ count, exposure: (areas[stratum] as number) / 1e6 }));
  };
  const [here, beyond] = [side(band), side(table.bands - 1)];
  return pooledRatio(
    here.map((first, stratum) => ({ first, second: beyond[stratum] as { count: number; exposure: number } })),
  );
}
