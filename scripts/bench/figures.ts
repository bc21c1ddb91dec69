import { ZOOM_CLASSES, type ZoomClass } from './tile-list.ts';

/** What a load came to; times in milliseconds. */
export interface Load {
  readonly perSecond: number;
  readonly requests: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

/** One contender, one class of zooms, one round. */
export interface Row extends Load {
  readonly contender: string;
  readonly zooms: ZoomClass;
  readonly round: number;
  /** Processor time that the contender's own processes and PostgreSQL took for a thousand requests. */
  readonly cpuSecondsPer1000: { readonly own: number; readonly postgres: number };
}

export type ByClass = Readonly<Record<ZoomClass, number | null>>;

/** The smallest value that at least this share (0 to 1) of the values do not exceed: nearest rank. */
export function percentile(sorted: readonly number[], share: number): number {
  if (sorted.length === 0) return Number.NaN;
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] as number;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  if (sorted.length % 2 === 1) return sorted[middle] as number;
  return ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}

/** `latencies` in milliseconds, in any order. */
export function toLoad(latencies: readonly number[], seconds: number): Load {
  const sorted = latencies.toSorted((a, b) => a - b);
  const at = (share: number) => percentile(sorted, share);
  return {
    perSecond: latencies.length / seconds,
    requests: latencies.length,
    p50: at(0.5),
    p95: at(0.95),
    p99: at(0.99),
  };
}

/** Median of the rounds; null when the contender did not run. */
export function rateOf(rows: readonly Row[], contender: string, zooms: ZoomClass): number | null {
  const rates = rows.filter((row) => row.contender === contender && row.zooms === zooms).map((row) => row.perSecond);
  return rates.length === 0 ? null : median(rates);
}

/** How many times as fast one is as the fastest of the others. */
export function ratio(rows: readonly Row[], contender: string, against: readonly string[]): ByClass {
  const one = (zooms: ZoomClass) => {
    const own = rateOf(rows, contender, zooms);
    const others = against.map((other) => rateOf(rows, other, zooms)).filter((rate) => rate !== null);
    return own === null || others.length === 0 ? null : own / Math.max(...others);
  };
  return Object.fromEntries(ZOOM_CLASSES.map((zooms) => [zooms, one(zooms)])) as ByClass;
}
