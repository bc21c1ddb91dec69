import type { Units } from '../../query/analysis/summary/units.ts';
import type { Place } from '../place.ts';
import type { Question } from '../question.ts';
import type { Selected } from '../select.ts';
import { checkSize } from '../summary/check-size.ts';
import { findCells } from '../summary/find-cells.ts';
import { type Division, readUnits, toCellUnits, type Unit } from '../summary/units.ts';
import type { Found, Gathered } from './series.ts';

/** By what a series is told apart in space: shapes, hexagons, or nothing. */
export interface Divided {
  readonly division: Division | undefined;
  readonly place: Place | undefined;
  /** By what points are counted: the outlines of units, or the H3 cells of their records. */
  readonly by: { readonly units: Units } | { readonly resolution: number } | undefined;
  /** The units with their outlines. */
  readonly units: Units | undefined;
  /** Of hexagons, in the order of the units. */
  readonly cells: readonly string[] | undefined;
}

/** @throws InvalidParameter for more hexagons than are counted by, or more numbers than are given */
export async function divide(
  question: Question,
  selected: readonly Selected[],
  steps: number,
  { division, place }: { readonly division: Division | undefined; readonly place: Place | undefined },
): Promise<Divided> {
  if (!division) return { division, place, by: undefined, cells: undefined, units: undefined };
  if (!('resolution' in division.units)) {
    return { division, place, by: { units: division.units }, cells: undefined, units: division.units };
  }
  const { resolution } = division.units;
  const { all: cells, ofPoints } = await findCells(question, selected, resolution, place);
  if (ofPoints.length > 0) checkSize(cells.length, 1, steps);
  const units = toCellUnits(cells, place);
  // A place cuts hexagons: then what lies in their outlines is counted, else what has their number.
  return { division, place, by: place ? { units } : { resolution }, cells, units };
}

/** How tallies know a unit that a query found. */
export function keyOf({ by, cells }: Divided, unit: number | string): number | string {
  return cells && by && 'units' in by ? (cells[(unit as number) - 1] as string) : unit;
}

/** The units with what was gathered in each: of hexagons those in which something is, for there is no end of others. */
export async function unitsOf(
  question: Question,
  { division, units, cells }: Divided,
  gathered: Gathered,
  steps: number,
): Promise<Found['units']> {
  if (!division || !units) return [];
  const known: readonly Unit[] = await readUnits(question, units, division, cells);
  const shown = cells ? known.filter(({ key }) => gathered.units.has(key)) : known;
  checkSize(shown.length, 1, steps);
  return shown.map((unit) => ({ unit, series: gathered.ofUnit(unit.key) }));
}
