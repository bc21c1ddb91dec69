import { countQuery } from '../../query/items.ts';
import type { Place } from '../place.ts';
import type { Question } from '../question.ts';
import type { Selected } from '../select.ts';
import type { TimeStep } from '../steps.ts';
import { checkSize } from './check-size.ts';
import { countPoints } from './count-points.ts';
import { findCells } from './find-cells.ts';
import type { SummaryInputs } from './inputs.ts';
import { measureLines } from './measure-lines.ts';
import { measurePolygons } from './measure-polygons.ts';
import type { LayerTally } from './tally.ts';
import { type Division, readUnits, toCellUnits, type Unit } from './units.ts';

const isPoints = ({ layer }: Selected) => layer.geometry === 'point';

interface Measured {
  readonly tallies: readonly LayerTally[];
  readonly units: readonly Unit[];
}

interface Where {
  readonly division: Division;
  readonly place: Place | undefined;
}

/** How many units there are of a collection, or are given. */
async function countUnits({ run }: Question, { division: { units }, place }: Where): Promise<number> {
  if ('resolution' in units) return 0;
  if (units.of !== 'collection') return units.shapes.length;
  const [row] = await run<{ count: number }>(countQuery(units.layer, { ...units.filter, place: place?.geometry }));
  return row?.count ?? 0;
}

/** With units known by their cells instead of their numbers. */
const byCell = (tally: LayerTally, cells: readonly string[]): LayerTally => ({
  ...tally,
  inside: new Map([...tally.inside].map(([nth, each]) => [cells[(nth as number) - 1] as string, each])),
});

/** Every collection, by what it is counted by. @throws InvalidParameter when that would be too many numbers */
export async function measure(
  question: Question,
  { step }: SummaryInputs,
  selected: readonly Selected[],
  steps: readonly TimeStep[],
  where: Where,
): Promise<Measured> {
  const { division, place } = where;
  const by = division.units;
  const isOfCells = 'resolution' in by;
  const found = isOfCells ? await findCells(question, selected, by.resolution, place) : undefined;
  const least = found?.ofPoints.length ?? (await countUnits(question, where));
  checkSize(least, selected.length, steps.length);
  const cells = found?.all;
  const units = isOfCells ? toCellUnits(cells ?? [], place) : by;
  // A place cuts hexagons: what is counted in one must then be what lies in its outline. A whole one is known by its number.
  const ofPoints = isOfCells && !place ? by : { units };
  const tallies: LayerTally[] = [];
  for (const each of selected) {
    const isWhole = isPoints(each) && 'resolution' in ofPoints;
    const measured = isPoints(each)
      ? await countPoints(question, each, ofPoints, step, steps)
      : await (each.layer.geometry === 'line' ? measureLines : measurePolygons)(question, each, units);
    tallies.push(cells && !isWhole ? byCell(measured, cells) : measured);
    question.progress(tallies.length / (selected.length + 1), each.layer.title);
  }
  const known = await readUnits(question, units, division, cells);
  // Of hexagons only those where something is: there is no end of others.
  const shown = cells ? known.filter(({ key }) => tallies.some(({ inside }) => inside.has(key))) : known;
  checkSize(shown.length, selected.length, steps.length);
  return { tallies, units: shown };
}
