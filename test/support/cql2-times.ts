import type { TemporalOp } from '../../server/core/cql2/operators.ts';

/** Milliseconds since 1970, infinite where it is open. `closed`: the last instant is a part of it. */
export interface Time {
  readonly from: number;
  readonly to: number;
  readonly closed: boolean;
}

const DAY = 86_400_000;
const isDay = (text: string) => text.length === 10;

export function toTime(text: string): Time {
  const from = Date.parse(isDay(text) ? `${text}T00:00:00Z` : text);
  return { from, to: isDay(text) ? from + DAY : from, closed: !isDay(text) };
}

/** Whether they share an instant: tried out on the ends of either and just beside them, not worked out. */
function share(a: Time, b: Time): boolean {
  const holds = (time: Time, at: number) => at >= time.from && (at < time.to || (time.closed && at === time.to));
  const tried = [a.from, a.to, b.from, b.to].flatMap((at) => [at - 0.25, at, at + 0.25]);
  return [...tried, 0].some((at) => holds(a, at) && holds(b, at));
}

/** The relations by the order of ends: a letter for each of from-from, from-to, to-from, to-to. */
const ALLEN: Readonly<Partial<Record<TemporalOp, string>>> = {
  t_equals: '=??=',
  t_contains: '<??>',
  t_during: '>??<',
  t_starts: '=??<',
  t_startedBy: '=??>',
  t_finishes: '>??=',
  t_finishedBy: '<??=',
  t_meets: '??=?',
  t_metBy: '?=??',
  t_overlaps: '<?><',
  t_overlappedBy: '><?>',
};

const sign = (a: number, b: number) => (a < b ? '<' : a > b ? '>' : '=');

export function related(op: TemporalOp, a: Time, b: Time): boolean {
  if (op === 't_intersects') return share(a, b);
  if (op === 't_disjoint') return !share(a, b);
  if (op === 't_before') return !share(a, b) && a.to <= b.from;
  if (op === 't_after') return related('t_before', b, a);
  const order = [sign(a.from, b.from), sign(a.from, b.to), sign(a.to, b.from), sign(a.to, b.to)];
  return [...(ALLEN[op] as string)].every((wanted, index) => wanted === '?' || wanted === order[index]);
}
