import type { TileCounts } from '../../core/tile-counts.ts';

/** Bytes of an entry before its sums, and of each sum. */
const FIXED = 20;
const SUM = 8;

/**
 * What `tilesQuery` says a tile's hexagons are made of. Of each entry, big-endian as PostgreSQL sends numbers: int32
 * ordinal, place of the kind, first month, month after the last, count; then int64 sums of the measures. Ordered by
 * ordinal.
 */
export function readEntries(bytes: Buffer, kinds: readonly (string | null)[], measures: number): TileCounts {
  const stride = FIXED + SUM * measures;
  const entries = bytes.length / stride;
  const column = (at: number) => Array.from({ length: entries }, (_, index) => bytes.readInt32BE(index * stride + at));
  const ordinals: number[] = [];
  const sizes: number[] = [];
  for (const ordinal of column(0)) {
    if (ordinals.at(-1) !== ordinal) {
      ordinals.push(ordinal);
      sizes.push(0);
    }
    (sizes[sizes.length - 1] as number) += 1;
  }
  const sums = Array.from({ length: measures }, (_, measure) =>
    Array.from({ length: entries }, (_, index) => Number(bytes.readBigInt64BE(index * stride + FIXED + SUM * measure))),
  );
  return {
    kinds,
    ordinals,
    sizes,
    kind: column(4),
    firstMonth: column(8),
    endMonth: column(12),
    count: column(16),
    sums,
  };
}
