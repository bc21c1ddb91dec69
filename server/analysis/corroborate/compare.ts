import { byCodeUnit } from '../../core/by-code-unit.ts';
import { InvalidParameter } from '../../core/errors.ts';
import type { Question } from '../question.ts';
import type { Selected } from '../select.ts';
import { type Decided, readDecisions } from './decide.ts';
import { Contradiction, group, type Two } from './group.ts';
import type { Given } from './inputs.ts';
import { type Report, readCandidates, readReports } from './reports.ts';
import { daysBetween, type Score, type Scored, score } from './score.ts';

/** Two reports near in place and time, by their places in the list. */
export interface Pair extends Score {
  readonly pair: Two;
  readonly metres: number;
  readonly days: number;
}

/** All that was compared. */
export interface Compared {
  readonly reports: readonly Report[];
  /** The best first. */
  readonly pairs: readonly Pair[];
  /** Of them, as many as score enough. */
  readonly suggested: readonly Pair[];
  readonly decided: Decided;
  /** Reports of each event, by their places in the list; the most precise first. */
  readonly events: readonly (readonly number[])[];
}

/** With whom a report has one of these in common it is not linked: its sources, each in its collection. */
const voicesOf = ({ collection, sources }: Report) => sources.map((source) => `${collection}\n${source}`);

function toGroups(inputs: Given, reports: readonly Report[], suggested: readonly Pair[], decided: Decided): number[][] {
  try {
    return group({
      keys: reports.map(({ key }) => key),
      voices: reports.map((report) => (inputs.same_source ? [] : voicesOf(report))),
      links: suggested,
      together: decided.together,
      apart: decided.apart,
    });
  } catch (error) {
    if (!(error instanceof Contradiction)) throw error;
    const [a, b] = error.pair.map((index) => reports[index]) as [Report, Report];
    const detail = `Decisions contradict one another: ${a.collection} ${a.fid} and ${b.collection} ${b.fid} are both the same event and not.`;
    throw new InvalidParameter([{ pointer: '/inputs/decisions', detail }]);
  }
}

/** Reads, scores and groups. @throws InvalidParameter, AnalysisTooLarge */
export async function compareReports(
  question: Question,
  inputs: Given,
  selected: readonly Selected[],
): Promise<Compared> {
  const reports = await readReports(question, selected);
  question.progress(0.3, { en: 'Comparing reports', fr: 'Comparaison des signalements' });
  const candidates = await readCandidates(question, inputs, selected, reports);
  const reach = { metres: inputs.within_km * 1_000, days: inputs.within_days };
  const keyOf = ({ pair }: Pair) => pair.map((index) => (reports[index] as Report).key).join(' ');
  const pairs = candidates
    .map(({ pair, metres }): Pair => {
      const [a, b] = pair.map((index) => reports[index]) as unknown as [Scored, Scored];
      return { pair, metres, days: daysBetween(a, b), ...score(a, b, metres, reach, inputs.weights) };
    })
    .sort((a, b) => b.score - a.score || byCodeUnit(keyOf(a), keyOf(b)));
  const suggested = pairs.filter((pair) => pair.score >= inputs.min_score);
  const decided = readDecisions(inputs.decisions, reports);
  const byPrecision = (a: number, b: number) => {
    const [one, other] = [reports[a], reports[b]] as [Report, Report];
    return one.precision_m - other.precision_m || byCodeUnit(one.key, other.key);
  };
  const events = toGroups(inputs, reports, suggested, decided).map((members) => members.sort(byPrecision));
  return { reports, pairs, suggested, decided, events };
}
