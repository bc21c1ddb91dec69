import { InvalidParameter } from '../../core/errors.ts';
import { type ImpreciseRow, impreciseQuery } from '../../query/analysis/hotspots.ts';
import type { StudyCells } from '../cells/study-cells.ts';
import type { Counting } from '../cells/tally.ts';
import type { Question } from '../question.ts';
import type { Selected } from '../select.ts';
import { stepFinder } from '../steps.ts';
import { cellsOfDisc, ringsOf } from './disc.ts';

/** Imprecise events shared out over the hexagons of a study area: of hexagon c in step s at `s * cells + c`, without steps in one. */
export interface Spread {
  /** Of each hexagon, of the measure or of events. */
  readonly values: Float64Array;
  /** Of each hexagon, of events. */
  readonly events: Float64Array;
  /** Events, in all: with steps those whose time lies in one. */
  readonly count: number;
  /** Of their weight what lies in hexagons of the study area. */
  readonly inside: number;
  /** Events that are not shared out: of them is not known how precise they are, or a circle of more than `WIDEST_RINGS`. */
  readonly left: number;
}

/** Of a wider circle each hexagon has less than a five-thousandth: nothing that could be seen. */
const WIDEST_RINGS = 40;
/** Places with a circle each, and hexagons in all the circles: some seconds. */
const MOST_PLACES = 20_000;
const MOST_CELLS = 1_000_000;
/** What it takes to look at that many. */
export const MOST_SPREAD_SECONDS = 5;

const tooMuch = (detail: string) =>
  new InvalidParameter([
    {
      pointer: '/inputs/imprecise',
      detail: `${detail} Take a coarser resolution, narrow the question, or exclude them.`,
    },
  ]);

const cellsIn = (rings: number) => 3 * rings * (rings + 1) + 1;

/**
 * Of all collections together.
 * @param before how many hexagons were looked at
 * @returns and how many with these
 * @throws InvalidParameter when there are too many to share out
 */
function checkSize(rows: readonly ImpreciseRow[], places: number, resolution: number, before: number): number {
  if (places > MOST_PLACES)
    throw tooMuch(`Imprecise events have more than ${MOST_PLACES.toLocaleString('en')} places, or places and months.`);
  const cells = rows
    .map(({ precision_m }) => (precision_m === null ? 0 : ringsOf(precision_m, resolution)))
    .reduce((sum, rings) => sum + (rings > WIDEST_RINGS ? 0 : cellsIn(rings)), before);
  if (cells > MOST_CELLS) {
    throw tooMuch(
      `To spread the imprecise events takes ${cells.toLocaleString('en')} hexagons, at most ${MOST_CELLS.toLocaleString('en')} are.`,
    );
  }
  return cells;
}

/** The hexagons of a circle; the same as before of the one that was asked before. */
function discs(resolution: number): (row: ImpreciseRow) => readonly string[] {
  let [last, met]: [ImpreciseRow | undefined, readonly string[]] = [undefined, []];
  return (row) => {
    const isSame = last?.lon === row.lon && last.lat === row.lat && last.precision_m === row.precision_m;
    if (!isSame) met = cellsOfDisc(row.lon, row.lat, row.precision_m as number, resolution);
    last = row;
    return met;
  };
}

/** The imprecise events, each with a weight of 1, in equal shares over the hexagons that its circle of precision meets. */
export async function spread(
  { run }: Question,
  selected: readonly Selected[],
  { cells, indexOf, resolution }: StudyCells,
  preciseM: number,
  { measure, time }: Counting,
): Promise<Spread> {
  const length = cells.length * (time ? time.steps.length : 1);
  const [values, events] = [new Float64Array(length), new Float64Array(length)];
  const stepOf = time ? stepFinder(time.step, time.steps) : () => 0;
  let [count, inside, left] = [0, 0, 0];
  let [looked, places] = [0, 0];
  const asked = { preciseM, measure, byMonth: time !== undefined };
  for (const { layer, filter } of selected) {
    const rows = await run<ImpreciseRow>(impreciseQuery(layer, filter, asked, MOST_PLACES + 1 - places));
    places += rows.length;
    looked = checkSize(rows, places, resolution, looked);
    const discOf = discs(resolution);
    for (const row of rows) {
      const step = stepOf(row.first_month, row.end_month);
      if (step < 0) continue;
      count += row.count;
      if (row.precision_m === null || ringsOf(row.precision_m, resolution) > WIDEST_RINGS) {
        left += row.count;
        continue;
      }
      const met = discOf(row);
      for (const cell of met) {
        const place = indexOf.get(cell);
        if (place === undefined) continue;
        const at = step * cells.length + place;
        inside += row.count / met.length;
        events[at] = (events[at] as number) + row.count / met.length;
        values[at] = (values[at] as number) + (measure === undefined ? row.count : row.sum) / met.length;
      }
    }
  }
  return { values, events, count, inside, left };
}
