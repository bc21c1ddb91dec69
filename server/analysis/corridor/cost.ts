import type { Estimate } from '../estimate.ts';
import { verticesOf } from '../geometry.ts';
import { findPlace } from '../place.ts';
import type { Question } from '../question.ts';
import type { CorridorInputs } from './inputs.ts';
import { piecesIn } from './line.ts';
import { nameLine, partsOf } from './name-line.ts';

/** Measured on one processor: records looked at in a second, and what every question takes. */
const RECORDS_PER_SECOND = 500_000;
const SECONDS = 0.2;
/** Seconds: of a part of a line, around which a band is drawn; of a piece of it; of a vertex of a study area. */
const OF_PART = 3e-3;
const OF_PIECE = 4e-4;
const OF_CORNER = 3e-4;

/** The collections that would be asked: named ones, or those in service by their role. */
function recordsOf({ layers }: Question, { events, layers: beside }: CorridorInputs): number {
  const ids = [...(events ?? []), ...(beside ?? [])].map((each) => (typeof each === 'string' ? each : each.collection));
  const usual = (role: string) =>
    (events === undefined && role === 'events') || (beside === undefined && ['sites', 'places'].includes(role));
  return layers
    .filter(({ id, role, nature }) => ids.includes(id) || (nature !== 'modelled' && usual(role)))
    .reduce((sum, { count }) => sum + count, 0);
}

/**
 * What a corridor would take: by its records, and by how many parts and pieces its line has and how many corners its areas.
 * @throws InvalidParameter, LayerNotFound, FeatureNotFound where there is no such line or area
 */
export async function costOf(question: Question, inputs: CorridorInputs): Promise<Estimate> {
  const line = await nameLine(question, inputs.line, inputs.flows);
  const parts = partsOf(line.geometry).length;
  const pieces = piecesIn(line);
  let corners = 0;
  for (const input of ['study_area', 'place'] as const) {
    const wanted = inputs[input];
    if (wanted) corners += verticesOf((await findPlace(question, wanted, input)).geometry.coordinates);
  }
  const records = recordsOf(question, inputs);
  return {
    comparisons: records + pieces + corners,
    seconds: SECONDS + records / RECORDS_PER_SECOND + parts * OF_PART + pieces * OF_PIECE + corners * OF_CORNER,
  };
}
