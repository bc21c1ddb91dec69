import { radiusOfCells } from '../../core/hex.ts';
import type { PlacedBy } from '../../query/analysis/placed-records.ts';
import { type GroundRow, groundQuery, type PresenceRow, presenceQuery } from '../../query/analysis/trend/ground.ts';
import { type PointsInForceRow, pointsInForceQuery } from '../../query/analysis/trend/points.ts';
import { type Lasting, type SpanRow, spansQuery } from '../../query/analysis/trend/spans.ts';
import { AnalysisTooLarge } from '../estimate.ts';
import type { Question } from '../question.ts';
import type { Selected } from '../select.ts';
import { lineLengths } from '../summary/line-lengths.ts';
import { type Divided, keyOf, unitsOf } from './divide.ts';
import { addGround } from './ground.ts';
import type { SeriesOf, TrendInputs } from './inputs.ts';
import { addTo, type Found, Gathered } from './series.ts';

/** Lines or polygons of one question. */
const MOST_RECORDS = 100_000;

/** A series in the making. */
interface Making {
  readonly question: Question;
  readonly given: Pick<TrendInputs, 'measure' | 'imprecise' | 'by'>;
  readonly selected: readonly Selected[];
  readonly lasting: Lasting;
  readonly divided: Divided;
  readonly gathered: Gathered;
}

interface Beside {
  readonly imprecise: number;
  readonly rough: number;
}

const placedBy = (by: Divided['by']): PlacedBy | undefined =>
  by && 'resolution' in by ? { ...by, radiusM: radiusOfCells(by.resolution) } : by;

async function countPoints({ question, given, selected, lasting, divided, gathered }: Making): Promise<Beside> {
  let [imprecise, rough] = [0, 0];
  for (const each of selected) {
    const query = pointsInForceQuery(each, placedBy(divided.by), lasting, given.measure);
    for (const row of await question.run<PointsInForceRow>(query)) {
      const { first_step: from, end_step: to, records, sum, unit } = row;
      if (row.rough) rough += records;
      addTo(gathered.whole, from, to, records, sum);
      if (given.by !== undefined) addTo(gathered.ofClass(row.class), from, to, records, sum);
      if (!divided.by || unit === null) continue;
      if (row.imprecise) imprecise += records;
      if (row.imprecise && given.imprecise === 'exclude') continue;
      addTo(gathered.ofUnit(keyOf(divided, unit)), from, to, records, sum);
    }
  }
  return { imprecise, rough };
}

/** The lines or polygons that are in force in some step, by their keys. */
async function readSpans({ question, selected, lasting }: Making): Promise<Map<string, SpanRow>> {
  const rows = await question.run<SpanRow>(spansQuery(selected, lasting, MOST_RECORDS + 1));
  if (rows.length > MOST_RECORDS) {
    const most = MOST_RECORDS.toLocaleString('en');
    throw new AnalysisTooLarge(
      `More than ${most} lines or outlines are in force in that time. Narrow the place, the time or the filter.`,
    );
  }
  return new Map(rows.map((row) => [row.key, row]));
}

const roughOf = (spans: ReadonlyMap<string, SpanRow>): Beside => ({
  imprecise: 0,
  rough: [...spans.values()].filter(({ rough }) => rough).length,
});

/** What outlines are told apart by hexagons, too, by their numbers. */
const unitKey = ({ cells }: Divided, nth: number) => (cells ? (cells[nth - 1] as string) : nth);

async function countShapes({ question, given, selected, lasting, divided, gathered }: Making): Promise<Beside> {
  const spans = await readSpans({ question, given, selected, lasting, divided, gathered });
  for (const { class: name, first_step: from, end_step: to } of spans.values()) {
    addTo(gathered.whole, from, to, 1, 0);
    if (given.by !== undefined) addTo(gathered.ofClass(name), from, to, 1, 0);
  }
  if (!divided.units) return roughOf(spans);
  for (const { unit, key } of await question.run<PresenceRow>(presenceQuery(selected, lasting, divided.units))) {
    const span = spans.get(key);
    if (span) addTo(gathered.ofUnit(unitKey(divided, unit)), span.first_step, span.end_step, 1, 0);
  }
  return roughOf(spans);
}

async function measureLines(making: Making): Promise<Beside> {
  const { question, given, selected, divided, gathered } = making;
  const spans = await readSpans(making);
  const place = divided.place?.geometry;
  const units = divided.units ?? ({ of: 'shapes', shapes: place ? [place] : [], place } as const);
  for (const [nth, each] of selected.entries()) {
    for (const [line, lengths] of await lineLengths(question, each, units)) {
      const span = spans.get(`${nth}:${line}`);
      const whole = [...lengths.values()].reduce((sum, metres) => sum + metres, 0);
      if (!span || whole <= 0) continue;
      const { first_step: from, end_step: to } = span;
      addTo(gathered.whole, from, to, 1, whole);
      if (given.by !== undefined) addTo(gathered.ofClass(span.class), from, to, 1, whole);
      if (!divided.units) continue;
      for (const [unit, metres] of lengths)
        if (unit !== undefined && metres > 0) addTo(gathered.ofUnit(unitKey(divided, unit)), from, to, 1, metres);
    }
  }
  return roughOf(spans);
}

async function measureGround(making: Making): Promise<Beside> {
  const { question, given, selected, lasting, divided, gathered } = making;
  const spans = await readSpans(making);
  const rows = await question.run<GroundRow>(groundQuery(selected, lasting, divided.place?.geometry, divided.units));
  const isClassed = given.by !== undefined;
  addGround(
    rows.map(({ unit, ...row }) => ({ ...row, unit: unit === null ? null : unitKey(divided, unit) })),
    spans,
    { gathered, isClassed },
  );
  return roughOf(spans);
}

const FINDERS = { 'in-force': countShapes, length: measureLines, area: measureGround } as const;

/**
 * The series of what lasts, as a whole, by class and by what it is divided by: in values metres of line, or square metres.
 * @param selected with the place in their filters
 * @throws InvalidParameter for too many numbers, AnalysisTooLarge for too many lines or polygons
 */
export async function findLasting(
  question: Question,
  given: Making['given'],
  selected: readonly Selected[],
  lasting: Lasting,
  { of, divided }: { readonly of: Exclude<SeriesOf, 'events'>; readonly divided: Divided },
): Promise<Found> {
  const steps = lasting.steps.length;
  const gathered = new Gathered(steps, of !== 'in-force' || given.measure !== undefined);
  const isOfPoints = selected.every(({ layer }) => layer.geometry === 'point');
  question.progress(0.2, { en: 'What is in force', fr: 'Ce qui est en vigueur' });
  const beside = await (isOfPoints ? countPoints : FINDERS[of])({
    ...{ question, given, selected, lasting, divided, gathered },
  });
  return {
    ...{ whole: gathered.whole, classes: gathered.inOrder(), outside: 0, inNoStep: 0, ...beside },
    units: await unitsOf(question, divided, gathered, steps),
  };
}
