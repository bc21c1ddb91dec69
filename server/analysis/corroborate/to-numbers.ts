import type { Selected } from '../select.ts';
import type { Compared } from './compare.ts';
import type { Given } from './inputs.ts';
import type { Numbers } from './numbers.ts';
import type { Report } from './reports.ts';

/** Lowest and highest number of killed that reports of an event state; undefined when none does. */
export function killedOf(reports: readonly Pick<Report, 'killed'>[]): readonly [number, number] | undefined {
  const stated = reports.flatMap(({ killed }) => (killed === null ? [] : [Math.max(0, killed)]));
  return stated.length === 0 ? undefined : [Math.min(...stated), Math.max(...stated)];
}

const toReport = ({ collection, fid, record_id, sources }: Report) => ({
  ...{ collection, item: fid, record: record_id },
  sources: [...sources],
});

/** The number of its event for each report, by its place in the list. */
export function eventOf({ events, reports }: Pick<Compared, 'events' | 'reports'>): number[] {
  const numbers = new Array<number>(reports.length).fill(0);
  for (const [index, members] of events.entries()) for (const member of members) numbers[member] = index + 1;
  return numbers;
}

function killedInAll({ reports, events }: Compared): Numbers['killed'] {
  const ranges = events.flatMap((members) => {
    const range = killedOf(members.map((member) => reports[member] as Report));
    return range ? [range] : [];
  });
  return {
    events: ranges.length,
    at_least: ranges.reduce((sum, [least]) => sum + least, 0),
    at_most: ranges.reduce((sum, [, most]) => sum + most, 0),
    reported: reports.reduce((sum, { killed }) => sum + Math.max(0, killed ?? 0), 0),
  };
}

/** Lowest score of the pairs within each event, by its number. */
export function lowestScores(compared: Compared, numberOf: readonly number[]): Map<number, number> {
  const lowest = new Map<number, number>();
  for (const { pair, score } of compared.pairs) {
    const event = numberOf[pair[0]] as number;
    if (event === numberOf[pair[1]]) lowest.set(event, Math.min(score, lowest.get(event) ?? 1));
  }
  return lowest;
}

function suggestions(compared: Compared, numberOf: readonly number[], limit: number): Numbers['suggestions'] {
  const { reports, events, decided } = compared;
  const lowest = lowestScores(compared, numberOf);
  const decidedEvents = new Set(decided.together.map(([one]) => numberOf[one]));
  return events
    .map((members, index) => ({ event: index + 1, members }))
    .filter(({ members }) => members.length > 1)
    .sort((a, b) => b.members.length - a.members.length || a.event - b.event)
    .slice(0, limit)
    .map(({ event, members }) => {
      const own = members.map((member) => reports[member] as Report);
      const killed = killedOf(own);
      const score = lowest.get(event);
      return {
        event,
        reports: own.map(toReport),
        ...(killed && { killed_at_least: killed[0], killed_at_most: killed[1] }),
        ...(score === undefined ? {} : { lowest_score: score }),
        decided: decidedEvents.has(event),
      };
    });
}

/** What is said of the reports in numbers. */
export function toNumbers(inputs: Given, selected: readonly Selected[], compared: Compared): Numbers {
  const { reports, pairs, suggested, decided, events } = compared;
  const numberOf = eventOf(compared);
  const groups = events.filter((members) => members.length > 1);
  const { place, time, kind, casualties } = inputs.weights;
  const total = place + time + kind + casualties;
  return {
    reports: reports.length,
    by_collection: selected.map(({ layer }, nth) => ({
      collection: layer.id,
      reports: reports.filter((report) => report.nth === nth).length,
    })),
    undated: reports.filter(({ first_day }) => first_day === null).length,
    pairs: pairs.length,
    pairs_suggested: suggested.length,
    groups: groups.length,
    reports_in_groups: groups.reduce((sum, members) => sum + members.length, 0),
    events: events.length,
    decisions_obeyed: inputs.decisions.length - decided.idle,
    decisions_idle: decided.idle,
    killed: killedInAll(compared),
    weights: { place: place / total, time: time / total, kind: kind / total, casualties: casualties / total },
    suggestions: suggestions(compared, numberOf, inputs.limit),
    table: suggested.slice(0, inputs.limit).map((one) => {
      const [a, b] = one.pair.map((index) => reports[index]) as [Report, Report];
      return {
        ...{ a: toReport(a), b: toReport(b), score: one.score, place: one.place, time: one.time, kind: one.kind },
        ...{ casualties: one.casualties, distance_km: one.metres / 1_000, gap_days: one.days },
        linked: numberOf[one.pair[0]] === numberOf[one.pair[1]],
      };
    }),
  };
}
