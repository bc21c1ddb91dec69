import { propertiesOf } from '../../core/cql2/properties.ts';
import { type Months, toMonths } from '../../core/interval.ts';
import { type KindRow, keptKindsQuery } from '../../query/analysis/cells/rollup.ts';
import type { Question } from '../question.ts';
import type { Selected } from '../select.ts';
import { type RollupEntries, rollupEntries } from './rollup-entries.ts';
import type { StudyCells } from './study-cells.ts';
import { addTo, type Pair, type Tally } from './tally.ts';

/** The hexagons by which events are counted. */
export type CountedCells = Pick<StudyCells, 'cells' | 'indexOf' | 'resolution'>;

/** Which part of a roll-up is counted. */
interface RolledUpCounts {
  readonly entries: RollupEntries;
  readonly months: Months | null;
  /** By the place of the kind. */
  readonly isKept: Uint8Array;
  readonly sums: Float64Array | undefined;
}

/** Whether the filter asks for whole months, kinds, and nothing else: then the roll-up can tell. */
function months({ layer, filter }: Selected): Months | null | undefined {
  const { bbox, cell, knownBefore, maxPrecisionM, place, expression } = filter;
  if ([bbox, cell, knownBefore, maxPrecisionM, place].some((each) => each !== undefined)) return undefined;
  if (expression && propertiesOf(expression.predicate).some((name) => name !== layer.kind)) return undefined;
  if (!filter.datetime || layer.time === null) return null;
  return toMonths(filter.datetime) ?? undefined;
}

/** The roll-up of a collection where it can answer as the records would; else undefined. */
export async function rolledUpCounts(
  question: Pick<Question, 'run' | 'access'>,
  selected: Selected,
  resolution: number,
  measure: string | undefined,
): Promise<RolledUpCounts | undefined> {
  const { layer, filter } = selected;
  const wanted = months(selected);
  const nth = measure === undefined ? -1 : layer.measures.indexOf(measure);
  // Sums of decimals are rounded there.
  const isWhole = measure === undefined || layer.fields.find(({ name }) => name === measure)?.type === 'integer';
  if (wanted === undefined || !isWhole || (measure !== undefined && nth < 0)) return undefined;
  const entries = await rollupEntries(question, layer, resolution);
  if (!entries) return undefined;
  const isKept = new Uint8Array(entries.kinds.length).fill(filter.expression ? 0 : 1);
  if (filter.expression) {
    const kept = await question.run<KindRow>(keptKindsQuery(layer, filter.expression, entries.kinds));
    for (const { kind } of kept) isKept[entries.kinds.indexOf(kind)] = 1;
  }
  return { entries, months: wanted, isKept, sums: entries.sums[nth] };
}

/** Where the hexagons of a roll-up are among those of a study area. Both are kept, and this with them. */
const places = new WeakMap<readonly string[], WeakMap<CountedCells['indexOf'], Int32Array>>();
function placesOf({ cells }: RollupEntries, indexOf: CountedCells['indexOf']): Int32Array {
  const ofStudies = places.get(cells) ?? new WeakMap<CountedCells['indexOf'], Int32Array>();
  places.set(cells, ofStudies);
  const found = ofStudies.get(indexOf) ?? Int32Array.from(cells, (cell) => indexOf.get(cell) ?? -1);
  ofStudies.set(indexOf, found);
  return found;
}

/** A column of a roll-up by ordinal, which is asked for again and again. It is kept as long as the column is. */
const wholes = new WeakMap<RollupEntries['count'] | Float64Array, Pair>();
function byOrdinal({ cells, ordinal, isPrecise }: RollupEntries, column: RollupEntries['count'] | Float64Array): Pair {
  const known = wholes.get(column);
  if (known) return known;
  const pair = { all: new Float64Array(cells.length), precise: new Float64Array(cells.length) };
  for (let index = 0; index < ordinal.length; index++) {
    const at = ordinal[index] as number;
    pair.all[at] = (pair.all[at] as number) + (column[index] as number);
    if (isPrecise[index] === 1) pair.precise[at] = (pair.precise[at] as number) + (column[index] as number);
  }
  wholes.set(column, pair);
  return pair;
}

/** Everything that a roll-up has, without steps of time. */
function addWhole({ entries, sums }: RolledUpCounts, place: Int32Array, tally: Tally): void {
  const counts = byOrdinal(entries, entries.count);
  const summed = sums && tally.sums ? byOrdinal(entries, sums) : undefined;
  for (const [ordinal, where] of place.entries()) {
    const [all, precise] = [counts.all[ordinal] as number, counts.precise[ordinal] as number];
    addTo(tally, where, true, 0, precise, summed?.precise[ordinal] ?? 0);
    const others = summed ? (summed.all[ordinal] as number) - (summed.precise[ordinal] as number) : 0;
    addTo(tally, where, false, 0, all - precise, others);
  }
}

/** Without steps of time: the same, with nothing else in the loop that every entry of a large collection goes through. */
function addAll({ entries, months, isKept, sums }: RolledUpCounts, place: Int32Array, tally: Tally): void {
  const { ordinal, kind, isPrecise, firstMonth, endMonth, count } = entries;
  const { events } = tally;
  const [from, to] = [months?.from ?? Number.NEGATIVE_INFINITY, months?.to ?? Number.POSITIVE_INFINITY];
  let [inside, imprecise, outside] = [0, 0, 0];
  for (let index = 0; index < ordinal.length; index++) {
    if ((firstMonth[index] as number) >= to || (endMonth[index] as number) <= from) continue;
    if (isKept[kind[index] as number] !== 1) continue;
    const where = place[ordinal[index] as number] as number;
    const many = count[index] as number;
    if (where < 0) {
      outside += many;
      continue;
    }
    inside += many;
    const sum = sums && tally.sums ? (sums[index] as number) : 0;
    events.all[where] = (events.all[where] as number) + many;
    if (tally.sums) tally.sums.all[where] = (tally.sums.all[where] as number) + sum;
    if (isPrecise[index] !== 1) {
      imprecise += many;
      continue;
    }
    events.precise[where] = (events.precise[where] as number) + many;
    if (tally.sums) tally.sums.precise[where] = (tally.sums.precise[where] as number) + sum;
  }
  tally.inside += inside;
  tally.imprecise += imprecise;
  tally.outside += outside;
}

export function addRolledUp(
  { entries, months, isKept, sums }: RolledUpCounts,
  { indexOf }: CountedCells,
  isDated: boolean,
  tally: Tally,
): void {
  const { ordinal, kind, isPrecise, firstMonth, endMonth, count } = entries;
  const place = placesOf(entries, indexOf);
  const [from, to] = [months?.from ?? Number.NEGATIVE_INFINITY, months?.to ?? Number.POSITIVE_INFINITY];
  if (tally.isWhole) {
    const isEvery = months === null && isKept.every((kept) => kept === 1);
    (isEvery ? addWhole : addAll)({ entries, months, isKept, sums }, place, tally);
    return;
  }
  for (let index = 0; index < ordinal.length; index++) {
    const first = firstMonth[index] as number;
    const end = endMonth[index] as number;
    if (first >= to || end <= from || isKept[kind[index] as number] !== 1) continue;
    const where = place[ordinal[index] as number] as number;
    const step = isDated ? tally.stepOf(first, end) : -1;
    addTo(tally, where, isPrecise[index] === 1, step, count[index] as number, sums ? (sums[index] as number) : 0);
  }
}
