import {
  type CandidateRow,
  candidatesQuery,
  comparisonsQuery,
  type Reach,
  type ReportRow,
  reportsQuery,
  slotsQuery,
} from '../../query/analysis/corroborate.ts';
import { countQuery } from '../../query/items.ts';
import { AnalysisTooLarge, type Estimate } from '../estimate.ts';
import { selectPlacedEvents } from '../placed-events.ts';
import type { Question } from '../question.ts';
import type { Selected } from '../select.ts';
import type { Given } from './inputs.ts';

/** Each becomes an event of the result, or a part of one. */
const MAX_REPORTS = 50_000;
/** Spans of days that reports touch, one for each of both. */
const MAX_SLOTS = 2_000_000;
/** Pairs near in place and time. */
const MAX_CANDIDATES = 500_000;

/** A report of an event and the collection it is in. */
export interface Report extends ReportRow {
  readonly collection: string;
  /** Names it in an order that does not depend on how it was asked. */
  readonly key: string;
}

const reachOf = ({ within_km, within_days, same_source }: Given): Reach => ({
  metres: within_km * 1_000,
  days: within_days,
  sameSource: same_source,
});

const tooMany = (what: string, advice: string) => new AnalysisTooLarge(`${what}. Narrow ${advice}.`);
const written = (value: number) => value.toLocaleString('en');

/**
 * What comparing the reports would take. They are counted first, then their days, and only then are days listed: ten years of
 * days of each of many reports are too many to be looked at.
 * @throws AnalysisTooLarge when there are too many to be events of one result
 */
export async function estimateCorroborate(question: Question, inputs: Given): Promise<Estimate> {
  const { selected } = await selectPlacedEvents(question, inputs);
  const reach = reachOf(inputs);
  let reports = 0;
  for (const { layer, filter } of selected) {
    const [row] = await question.run<{ count: number }>(countQuery(layer, filter));
    reports += row?.count ?? 0;
  }
  if (reports > MAX_REPORTS) {
    const what = `There are ${written(reports)} reports; at most ${written(MAX_REPORTS)} are compared`;
    throw tooMany(what, 'the place, the time or the filter');
  }
  const [{ slots } = { slots: 0 }] = await question.run<{ slots: number }>(slotsQuery(selected, reach));
  if (slots > MAX_SLOTS) {
    const what = `The dates of the reports are known so roughly that they touch ${written(slots)} spans of ${reach.days + 1} days; at most ${written(MAX_SLOTS)} are compared`;
    throw tooMany(what, 'the place, the time or the filter, or widen within_days');
  }
  const [row] = await question.run<{ comparisons: number }>(comparisonsQuery(selected, reach));
  const { comparisons = 0 } = row ?? {};
  return { comparisons, seconds: 0.05 + reports * 2e-5 + slots * 1e-6 + comparisons * 1e-6 };
}

export async function readReports(question: Question, selected: readonly Selected[]): Promise<Report[]> {
  const rows = await question.run<ReportRow>(reportsQuery(selected));
  return rows.map((row) => {
    const collection = selected[row.nth]?.layer.id as string;
    return { ...row, collection, key: `${collection}/${String(row.fid).padStart(16, '0')}` };
  });
}

/** Pairs of reports near in place and time, by their places in the list. */
export async function readCandidates(
  question: Question,
  inputs: Given,
  selected: readonly Selected[],
  reports: readonly Report[],
): Promise<{ pair: [number, number]; metres: number }[]> {
  const rows = await question.run<CandidateRow>(candidatesQuery(selected, reachOf(inputs), MAX_CANDIDATES + 1));
  if (rows.length > MAX_CANDIDATES) {
    throw new AnalysisTooLarge(
      `More than ${MAX_CANDIDATES.toLocaleString('en')} pairs of reports are near in place and time. Narrow the place, the time, within_km or within_days.`,
    );
  }
  const places = new Map(reports.map(({ nth, fid }, index) => [`${nth}/${fid}`, index]));
  return rows.map(({ a_nth, a_fid, b_nth, b_fid, distance }) => ({
    pair: [places.get(`${a_nth}/${a_fid}`) as number, places.get(`${b_nth}/${b_fid}`) as number],
    metres: distance,
  }));
}
