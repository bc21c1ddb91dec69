import { InvalidParameter } from '../../core/errors.ts';
import { type ReportedRow, type ReportsRow, reportedQuery, reportsQuery } from '../../query/analysis/coverage.ts';
import type { Question } from '../question.ts';
import type { Selected } from '../select.ts';
import type { StudyUnits } from '../study-units.ts';

type Unit = number | string;

/** Of one source: there may be as many as records, so that nothing is kept of each by step. */
export class Told {
  events = 0;
  /** Time is not known to lie in one step of the window. */
  undated = 0;
  /** Days, of what is dated. */
  first: string | undefined;
  last: string | undefined;
  readonly units = new Set<Unit>();

  /** @param step -1: in none */
  add(records: number, step: number, first: string | null, last: string | null): void {
    this.events += records;
    if (step < 0) {
      this.undated += records;
      return;
    }
    if (first !== null && (this.first === undefined || first < this.first)) this.first = first;
    if (last !== null && (this.last === undefined || last > this.last)) this.last = last;
  }
}

/** What is reported in one unit, in one collection, or in all together. */
export class Reports extends Told {
  /** They may lie in another unit. */
  imprecise = 0;
  readonly series: number[];
  readonly confidence = new Map<string, number>();
  readonly collections = new Set<string>();
  readonly sources = new Set<string>();

  constructor(steps: number) {
    super();
    this.series = Array.from({ length: steps }, () => 0);
  }

  override add(records: number, step: number, first: string | null, last: string | null): void {
    super.add(records, step, first, last);
    if (step >= 0) this.series[step] = (this.series[step] ?? 0) + records;
  }
}

/** What is reported, and where nothing is. */
export interface Collected {
  readonly all: Reports;
  /** Of units in which something is. */
  readonly byUnit: ReadonlyMap<Unit, Reports>;
  /** In the order of the selection. */
  readonly byCollection: readonly Reports[];
  /** By the name of the source. */
  readonly bySource: ReadonlyMap<string, Told>;
  /** Sources that are named in a step. */
  readonly sourcesOfStep: readonly ReadonlySet<string>[];
  /** Units that have reports in a step. */
  readonly unitsOfStep: readonly ReadonlySet<Unit>[];
  /** Of events without a source. */
  readonly unsourced: number;
  /** In no unit. */
  readonly outside: number;
  /** Units in which something was reported at any time, also outside the window. */
  readonly ever: ReadonlySet<Unit>;
}

const get = <Key, Kept>(map: Map<Key, Kept>, key: Key, make: () => Kept): Kept => {
  const known = map.get(key) ?? make();
  map.set(key, known);
  return known;
};
/** Units, sources, months and confidences that occur together, of all collections: more would fill the memory. */
const MOST_ROWS = 400_000;

function checkRows(rows: number): void {
  if (rows <= MOST_ROWS) return;
  const detail = `More than ${MOST_ROWS.toLocaleString('en')} units, sources and months occur together: narrow the place, the time or the filter.`;
  throw new InvalidParameter([{ pointer: '/inputs/events', detail }]);
}
const setsOf = <Value>(steps: number) => Array.from({ length: steps }, () => new Set<Value>());

/** The sources of a record, each once. */
const originsOf = (source: string | null): readonly string[] => [
  ...new Set((source ?? '').split(';').flatMap((part) => part.trim() || [])),
];

/** Reads what the collections report. @param stepOf finds the step of a span of months, or -1 */
export async function collect(
  { run, progress }: Question,
  selected: readonly Selected[],
  { units, by }: Pick<StudyUnits, 'units' | 'by'>,
  steps: number,
  stepOf: (firstMonth: number, endMonth: number) => number,
): Promise<Collected> {
  const known = new Set(units.map(({ key }) => key));
  const isKnown = (unit: Unit | null): unit is Unit => unit !== null && known.has(unit);
  const [all, byUnit, bySource] = [new Reports(steps), new Map<Unit, Reports>(), new Map<string, Told>()];
  const ofUnit = (unit: Unit) => get(byUnit, unit, () => new Reports(steps));
  let read = 0;
  const byCollection = selected.map(() => new Reports(steps));
  const [sourcesOfStep, unitsOfStep] = [setsOf<string>(steps), setsOf<Unit>(steps)];
  const ever = new Set<Unit>();
  let [unsourced, outside] = [0, 0];
  for (const [nth, { layer, filter }] of selected.entries()) {
    const rows = await run<ReportsRow>(reportsQuery(layer, filter, by, MOST_ROWS - read + 1));
    read += rows.length;
    checkRows(read);
    for (const row of rows) {
      const { unit, records, imprecise, confidence, first_day: first, last_day: last } = row;
      if (!isKnown(unit)) {
        outside += records;
        continue;
      }
      const step = stepOf(row.first_month, row.end_month);
      for (const reports of [all, ofUnit(unit), byCollection[nth] as Reports]) {
        reports.add(records, step, first, last);
        reports.imprecise += imprecise;
        reports.collections.add(layer.id);
        reports.units.add(unit);
        if (confidence !== null) {
          reports.confidence.set(confidence, (reports.confidence.get(confidence) ?? 0) + records);
        }
      }
      if (step >= 0) unitsOfStep[step]?.add(unit);
      ever.add(unit);
      const origins = originsOf(row.source);
      if (origins.length === 0) unsourced += records;
      for (const origin of origins) {
        const own = get(bySource, origin, () => new Told());
        own.add(records, step, first, last);
        own.units.add(unit);
        for (const reports of [all, ofUnit(unit), byCollection[nth] as Reports]) reports.sources.add(origin);
        if (step >= 0) sourcesOfStep[step]?.add(origin);
      }
    }
    if (filter.datetime !== undefined) {
      const reported = await run<ReportedRow>(reportedQuery(layer, { ...filter, datetime: undefined }, by));
      for (const { unit } of reported) if (isKnown(unit)) ever.add(unit);
    }
    progress((nth + 1) / (selected.length + 1), layer.title);
  }
  return { all, byUnit, byCollection, bySource, sourcesOfStep, unitsOfStep, unsourced, outside, ever };
}
