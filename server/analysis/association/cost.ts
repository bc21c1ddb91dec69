import type { ShapesRow } from '../../query/analysis/association.ts';
import { countQuery } from '../../query/items.ts';
import { MOST_CELLS } from '../../stats/shift-ground.ts';
import { MOST_TRIES } from '../../stats/toroidal-shift.ts';
import { toMetres } from '../bands.ts';
import { AnalysisTooLarge, type Estimate } from '../estimate.ts';
import type { Question } from '../question.ts';
import { countCuts, MOST_CUT } from './fineness.ts';
import type { AssociationInputs } from './inputs.ts';
import { samplesOf } from './measure.ts';
import { findSides, findStudyArea, sizeShapes } from './read.ts';

/** More are not held in memory. */
const MAX_PIECES = 500_000;
const MAX_EVENTS = 500_000;

/** Seconds on one processor: of a piece that is read, of an event, of a distance, of an event in one move. */
const SECONDS = { piece: 2e-5, event: 2e-5, distance: 4e-6, move: 2e-8 } as const;

const written = (value: number) => Math.round(value).toLocaleString('en');

/** What it would take. @throws AnalysisTooLarge, InvalidParameter, InvalidFilter, LayerNotFound, VersionNotKept */
export async function costOf(question: Question, inputs: AssociationInputs): Promise<Estimate> {
  const sides = await findSides(question, inputs);
  const area = await findStudyArea(question, inputs, sides.events);
  const [to, places] = [await sizeShapes(question, sides.to, inputs), await sizeShapes(question, sides.places, inputs)];
  const pieces = to.pieces + places.pieces;
  if (pieces > MAX_PIECES) {
    throw new AnalysisTooLarge(
      `The shapes have about ${written(pieces)} pieces; at most ${written(MAX_PIECES)} are measured to. Narrow the collections of "to" and "places".`,
    );
  }
  let events = 0;
  for (const { layer, filter } of sides.events) {
    const [row] = await question.run<{ count: number }>(countQuery(layer, filter));
    events += row?.count ?? 0;
  }
  if (events > MAX_EVENTS) {
    throw new AnalysisTooLarge(
      `There are ${written(events)} events; at most ${written(MAX_EVENTS)} are held against others. Narrow the place, the time or the filter.`,
    );
  }
  const { laid, inside } = samplesOf(area, inputs);
  const cutsOf = ({ metres, shapes }: ShapesRow, kilometres: readonly number[]) =>
    shapes === 0 ? 0 : countCuts(kilometres.map(toMetres), { length: metres, shapes, area: area.area_m2 });
  // Along outlines as much again at most as where bands meet.
  const outlines = sides.to.some(({ layer }) => layer.geometry === 'polygon') ? MOST_CUT / 4 : 0;
  const ground = Math.min(laid, inside) + cutsOf(to, inputs.within_km) + cutsOf(places, inputs.places_km) + outlines;
  const distances = (events + ground) * (places.shapes > 0 ? 2 : 1);
  // In a study area that fills little of its box, shifts are drawn again; each looks at ground too.
  const tries = Math.min(MOST_TRIES, laid / Math.max(1, inside));
  const moves = inputs.permutations * (events * (1 + tries) + MOST_CELLS);
  return {
    comparisons: Math.round(distances + moves),
    seconds:
      0.1 +
      pieces * SECONDS.piece +
      events * SECONDS.event +
      distances * SECONDS.distance +
      laid * 2e-7 +
      moves * SECONDS.move,
  };
}
