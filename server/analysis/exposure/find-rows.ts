import { type AttacksRow, attacksQuery, type Events } from '../../query/analysis/exposure/attacks.ts';
import { type NearestRow, nearestCorridorsQuery } from '../../query/analysis/exposure/nearest.ts';
import { type SubjectRow, subjectsQuery } from '../../query/analysis/exposure/subjects.ts';
import { type RateRatio, rateRatio } from '../../stats/rate-ratio.ts';
import { toQuantity } from '../quantity.ts';
import type { Question } from '../question.ts';
import type { Selected } from '../select.ts';
import type { TimeStep } from '../steps.ts';
import { findGrounds, type HeldGround } from './grounds.ts';
import { ranked } from './rank.ts';
import { type ByComponent, comparable, type Half, type Score, scoreOf } from './score.ts';
import { type Trend, trendsOf } from './trends.ts';

/** What is asked, with collections in the order of their ids: rows do not depend on the order in which they are named. */
export interface ExposureQuestion {
  readonly of: readonly Selected[];
  readonly corridors: readonly Selected[];
  readonly control: readonly Selected[];
  readonly events: readonly Events[];
  readonly flows: boolean;
  readonly withinKm: number;
  /** ISO 8601 UTC; null: the window has no middle. */
  readonly middle: string | null;
  /** Of which trends are; none: there are too few. */
  readonly steps: readonly TimeStep[];
  readonly weights: ByComponent;
  readonly half: Half;
}

/** Events near a record, none where nothing was found. */
export type Attacks = Omit<AttacksRow, 'list' | 'item'>;

/** A mine, hub or corridor with all that is said of it. */
export interface Row extends SubjectRow, Score {
  /** Absent: there is no score. */
  readonly rank?: number;
  readonly ground: HeldGround;
  /** By commodity, in the order of text; one that is not said comes last. */
  readonly nearest: readonly NearestRow[];
  readonly attacks: Attacks;
  /** As they would be near a point: see `comparable`. */
  readonly comparableAttacks: number;
  readonly comparableKilled: number;
  /** Attacks of the last half of the window over those of the first; absent where there are none. */
  readonly trend?: RateRatio;
  /** Of the counts by step; absent: there are none, or all are the same. */
  readonly overSteps?: Trend;
}

const NONE: Attacks = {
  ...{ attacks: 0, killed: 0, killed_unknown: 0, first_half: 0, last_half: 0, undated: 0, series: [], imprecise: 0 },
};

const boundsOf = (steps: readonly TimeStep[]) =>
  steps.flatMap(({ from, to }, index) => (index === 0 ? [from, to] : [to]));

/** The nearest of all; of those as near, the first commodity. */
export function nearestOf({ nearest }: Pick<Row, 'nearest'>): NearestRow | undefined {
  return nearest.reduce<NearestRow | undefined>(
    (least, each) => (least === undefined || each.away_m < least.away_m ? each : least),
    undefined,
  );
}

function byRecord<Found extends { list: number | null; item: number | null }>(rows: readonly Found[]) {
  const found = new Map<string, Found[]>();
  for (const row of rows) {
    const name = `${row.list}:${row.item}`;
    found.set(name, [...(found.get(name) ?? []), row]);
  }
  return (list: number, item: number): readonly Found[] => found.get(`${list}:${item}`) ?? [];
}

/** The rows of the table, the highest score first, and what is near any of them. */
export async function findRows(
  question: Question,
  asked: ExposureQuestion,
): Promise<{ readonly rows: readonly Row[]; readonly near: Attacks }> {
  const { of, corridors, control, events, flows, withinKm, middle, steps, weights, half } = asked;
  if (of.length === 0) return { rows: [], near: NONE };
  const subjects = await question.run<SubjectRow>(subjectsQuery(of, flows));
  const grounds = await findGrounds(question, of, flows, control);
  question.progress(0.2, { en: 'Ground read.', fr: 'Contrôle du terrain lu.' });
  const same = of.map(({ layer }) => corridors.findIndex((corridor) => corridor.layer.id === layer.id));
  const nearest = byRecord(
    corridors.length === 0 ? [] : await question.run<NearestRow>(nearestCorridorsQuery(of, corridors, same, flows)),
  );
  question.progress(0.4, { en: 'Corridors measured.', fr: 'Corridors mesurés.' });
  const counted =
    events.length === 0
      ? []
      : await question.run<AttacksRow>(attacksQuery(of, flows, events, withinKm * 1000, middle, boundsOf(steps)));
  const attacksOf = byRecord(counted);
  const trends = trendsOf(subjects.map(({ list, item }) => attacksOf(list, item)[0]?.series ?? []));
  const rows = subjects.map((subject, index) => {
    const { list, item, length_m } = subject;
    const [attacks = NONE] = attacksOf(list, item);
    const found = nearest(list, item);
    const ground = grounds(list, item);
    const corridorM = nearestOf({ nearest: found })?.away_m;
    // Rounded as they are told: the components can be worked out from the table.
    const comparableAttacks = toQuantity(comparable(attacks.attacks, length_m / 1000, withinKm));
    const comparableKilled = toQuantity(comparable(attacks.killed, length_m / 1000, withinKm));
    const measures = {
      ...{ comparableAttacks, comparableKilled },
      corridorKm: corridorM === undefined ? undefined : toQuantity(corridorM / 1000),
      contestedShare: ground.contestedShare,
      firstHalf: attacks.first_half,
      lastHalf: attacks.last_half,
    };
    const halves = (count: number) => ({ count, exposure: 1 });
    return {
      ...{ ...subject, ground, nearest: found, attacks, comparableAttacks, comparableKilled },
      ...(middle === null || attacks.first_half + attacks.last_half === 0
        ? {}
        : { trend: rateRatio(halves(attacks.last_half), halves(attacks.first_half)) }),
      ...(trends[index] && { overSteps: trends[index] }),
      ...scoreOf(measures, weights, half),
    };
  });
  return { rows: ranked(rows), near: counted.find(({ list }) => list === null) ?? NONE };
}
