import { sfc32 } from '../../server/stats/sfc32.ts';

/** A seeded source of randomness: the same seed gives the same numbers on every machine. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
  /** Standard normal. */
  normal(): number;
  /** Index drawn with a chance in proportion to its weight; weights are >= 0 and not all 0. */
  pick(weights: readonly number[]): number;
}

export function seeded(seed: number): Random {
  const next = sfc32([0x9e3779b9, 0x243f6a88, seed], 20);
  return {
    next,
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    pick(weights) {
      let left = next() * weights.reduce((sum, weight) => sum + weight, 0);
      const index = weights.findIndex((weight) => {
        left -= weight;
        return left < 0;
      });
      // Rounding may leave a crumb after the last weight.
      return index >= 0 ? index : weights.findLastIndex((weight) => weight > 0);
    },
  };
}
