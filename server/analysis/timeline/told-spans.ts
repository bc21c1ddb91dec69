import type { GroundRow } from '../../query/analysis/timeline/in-area.ts';
import { daysOf, toDay } from './day.ts';
import type { Claim } from './find-claims.ts';
import type { TimelineNumbersIn } from './numbers.ts';
import { type Share, sharesOf } from './shares.ts';
import type { Span } from './spans.ts';

/** A span with what is known of it. */
export interface ToldSpan extends Span<Claim> {
  readonly status: 'not_recorded' | 'one' | 'several' | 'uncertain';
  /** Of an area. */
  readonly shares?: readonly Share[];
}

function statusOf(claims: readonly Claim[]): ToldSpan['status'] {
  const sure = new Set(claims.filter(({ certainty }) => certainty !== 'uncertain').map(({ actor }) => actor));
  if (claims.some(({ actor }) => !sure.has(actor))) return 'uncertain';
  if (sure.size === 0) return 'not_recorded';
  return sure.size === 1 ? 'one' : 'several';
}

/** @param ground of an area; absent: of a point */
export function tellSpan(span: Span<Claim>, ground: readonly GroundRow[] | undefined): ToldSpan {
  const told = { ...span, status: statusOf(span.claims) };
  return ground ? { ...told, shares: sharesOf(ground, span.claims) } : told;
}

const named = (actors: readonly (string | null)[]) => actors.filter((actor) => actor !== null);
const member = <Name extends string, Value>(name: Name, value: Value | null | undefined) =>
  (value === null || value === undefined ? {} : { [name]: value }) as { [name in Name]?: Value };

function claimNumbers(claim: Claim) {
  const { collection, item, record, actor, alignment, control, source, locator, outline_m, outline_away_m } = claim;
  return {
    ...{ collection, item, record, source, locator, outline_precision_km: outline_m / 1000 },
    ...member('actor', actor),
    ...member('alignment', alignment),
    ...member('control', control),
    ...member('from', toDay(claim.from)),
    ...member('to', toDay(claim.to)),
    ...member('certainty', claim.certainty),
    ...member('outline_away_km', outline_away_m === undefined ? undefined : outline_away_m / 1000),
  };
}

export function spanNumbers(span: ToldSpan): TimelineNumbersIn['spans'][number] {
  const shares = span.shares?.map(({ actors, share }) => ({
    ...{ actors: named(actors), share },
    ...(actors.includes(null) ? { unnamed: true } : {}),
  }));
  return {
    ...member('from', toDay(span.from)),
    ...member('to', toDay(span.to)),
    ...member('days', daysOf(span)),
    status: span.status,
    actors: [...new Set(named(span.claims.map(({ actor }) => actor)))],
    ...(shares ? { shares } : {}),
    claims: span.claims.map(claimNumbers),
  };
}

/** Days by what is known of them; nothing where the window is open. */
export function daysByStatus(spans: readonly ToldSpan[]): TimelineNumbersIn['days'] {
  const days = { recorded: 0, uncertain: 0, not_recorded: 0 };
  for (const span of spans) {
    const length = daysOf(span);
    if (length === undefined) return undefined;
    days[span.status === 'one' || span.status === 'several' ? 'recorded' : span.status] += length;
  }
  return spans.length === 0 ? undefined : days;
}
