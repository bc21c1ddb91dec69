import type { ReportRow } from '../../query/analysis/corroborate.ts';
import type { Weights } from './inputs.ts';

/** How well two reports agree: each 0 to 1, and `score` their weighted mean. */
export interface Score {
  readonly score: number;
  readonly place: number;
  readonly time: number;
  readonly kind: number;
  readonly casualties: number;
}

export type Scored = Pick<ReportRow, 'precision_m' | 'kind' | 'killed' | 'injured'> & {
  readonly first_day: number;
  readonly last_day: number;
};

/** What neither speaks for nor against. */
const NEUTRAL = 0.5;

/** A kind that only says that it is none of the others. */
const UNSPECIFIC = 'other';

/** Days between two reports: 0 when both may be of one day. */
export function daysBetween(a: Scored, b: Scored): number {
  return Math.max(0, a.first_day - b.last_day, b.first_day - a.last_day);
}

/** As near as the precision allows is 1, less the farther beyond; and less, the vaguer the positions are. */
function placeScore(a: Scored, b: Scored, metres: number, within: number): number {
  const uncertain = a.precision_m + b.precision_m;
  const beyond = Math.max(0, metres - uncertain);
  const sharpness = uncertain > within ? within / uncertain : 1;
  return Math.max(0, 1 - beyond / within) * sharpness;
}

/** The same of days: the span of the vaguer date tells how much it says that both may be of one day. */
function timeScore(a: Scored, b: Scored, within: number): number {
  const span = Math.max(a.last_day - a.first_day, b.last_day - b.first_day) + 1;
  const sharpness = Math.min(1, (within + 1) / span);
  return Math.max(0, 1 - daysBetween(a, b) / (within + 1)) * sharpness;
}

function kindScore(a: Scored, b: Scored): number {
  const isKnown = ({ kind }: Scored) => kind !== null && kind !== UNSPECIFIC;
  if (!isKnown(a) || !isKnown(b)) return NEUTRAL;
  return a.kind === b.kind ? 1 : 0;
}

/** One less the difference as a share of the greater, of killed and of injured as far as both state them. */
function casualtiesScore(a: Scored, b: Scored): number {
  const agreements = (['killed', 'injured'] as const).flatMap((which) => {
    const [one, other] = [a[which], b[which]];
    if (one === null || other === null) return [];
    const most = Math.max(one, other);
    return [most <= 0 ? 1 : Math.max(0, 1 - Math.abs(one - other) / most)];
  });
  if (agreements.length === 0) return NEUTRAL;
  return agreements.reduce((sum, each) => sum + each, 0) / agreements.length;
}

/**
 * How well two reports agree.
 * @param metres geodesic distance between them
 * @param reach metres beyond the precision of both, and days, at which they have nothing in common any more
 */
export function score(
  a: Scored,
  b: Scored,
  metres: number,
  reach: { readonly metres: number; readonly days: number },
  weights: Weights,
): Score {
  const parts = {
    place: placeScore(a, b, metres, reach.metres),
    time: timeScore(a, b, reach.days),
    kind: kindScore(a, b),
    casualties: casualtiesScore(a, b),
  };
  const names = ['place', 'time', 'kind', 'casualties'] as const;
  const total = names.reduce((sum, name) => sum + weights[name], 0);
  const sum = names.reduce((whole, name) => whole + weights[name] * parts[name], 0);
  // Rounded, so that what is exactly at the limit is not told apart by how numbers are added.
  return { ...parts, score: Math.round((sum / total) * 1e9) / 1e9 };
}
