import type { BandNumbers, Numbers } from './numbers.ts';

type Ratios = Pick<BandNumbers, 'ratio' | 'ratio_lower' | 'ratio_upper' | 'adjusted'>;

/** Above 1: 1, below: -1; 0 where the interval holds it. */
const sideOf = (lower = 0, upper = Number.POSITIVE_INFINITY): -1 | 0 | 1 => {
  if (lower > 1) return 1;
  return upper < 1 ? -1 : 0;
};

/** What both ratios of a band say together. */
export function verdictOf(band: Ratios | undefined): Numbers['verdict'] {
  if (!band || band.ratio === undefined) return 'cannot-tell';
  const { adjusted } = band;
  if (!adjusted) return 'crude-only';
  if (adjusted.ratio_lower === undefined || adjusted.ratio_upper === undefined) return 'cannot-tell';
  const crude = sideOf(band.ratio_lower, band.ratio_upper);
  const pooled = sideOf(adjusted.ratio_lower, adjusted.ratio_upper);
  if (crude === 0) return pooled === 0 ? 'no-difference' : 'appears';
  if (pooled === crude) return 'remains';
  return pooled === 0 ? 'may-be-explained' : 'reversed';
}
