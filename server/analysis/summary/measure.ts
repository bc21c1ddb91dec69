import type { Place } from '../place.ts';
import type { Question } from '../question.ts';
import type { Selected } from '../select.ts';
import { inOrder } from './cells.ts';
import { countPoints } from './count-points.ts';
import type { SummaryInputs } from './inputs.ts';
import { measureLines } from './measure-lines.ts';
import { measurePolygons } from './measure-polygons.ts';
import type { TimeStep } from './steps.ts';
import type { LayerTally } from './tally.ts';
import { cellsOfShapes, type Division, readUnits, toCellUnits, type Unit } from './units.ts';

export const isPoints = ({ layer }: Selected) => layer.geometry === 'point';

interface Measured {
  readonly tallies: readonly LayerTally[];
  readonly units: readonly Unit[];
}

/** Every collection, by what it is counted by. */
export async function measure(
  question: Question,
  { step }: SummaryInputs,
  selected: readonly Selected[],
  steps: readonly TimeStep[],
  { division, place }: { readonly division: Division; readonly place: Place | undefined },
): Promise<Measured> {
  const tallies = new Map<Selected, LayerTally>();
  const by = division.units;
  for (const each of selected.filter(isPoints)) {
    const points = 'resolution' in by ? by : { units: by };
    tallies.set(each, await countPoints(question, each, points, step, steps));
    question.progress(tallies.size / (selected.length + 1), each.layer.title);
  }
  const shapes = selected.filter((each) => !isPoints(each));
  const ofPoints = [...tallies.values()].flatMap(({ inside }) => [...inside.keys()].map(String));
  const cells =
    'resolution' in by
      ? inOrder([...ofPoints, ...(await cellsOfShapes(question, shapes, by.resolution, place))], by.resolution)
      : undefined;
  const units = cells ? toCellUnits(cells, place) : (by as Exclude<typeof by, { resolution: number }>);
  for (const each of shapes) {
    const measured = await (each.layer.geometry === 'line' ? measureLines : measurePolygons)(question, each, units);
    const inside = cells
      ? new Map([...measured.inside].map(([nth, tally]) => [cells[(nth as number) - 1] as string, tally] as const))
      : measured.inside;
    tallies.set(each, { ...measured, inside });
    question.progress(tallies.size / (selected.length + 1), each.layer.title);
  }
  const inOrderGiven = selected.map((each) => tallies.get(each) as LayerTally);
  const known = await readUnits(question, units, division, cells);
  // Of hexagons only those where something is: there is no end of others.
  const isUsed = ({ key }: Unit) => inOrderGiven.some(({ inside }) => inside.has(key));
  return { tallies: inOrderGiven, units: cells ? known.filter(isUsed) : known };
}
