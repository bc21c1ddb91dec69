import type { Geometry } from 'geojson';
import { InvalidParameter } from '../../core/errors.ts';
import type { Localized } from '../../core/layer.ts';
import {
  type EventRow,
  eventsQuery,
  insideQuery,
  type ShapesRow,
  type StudyAreaRow,
  shapesQuery,
  studyAreaQuery,
} from '../../query/analysis/association.ts';
import type { LonLats } from '../../stats/geocentric.ts';
import { COVERED, coverageOf, findArea } from '../covered-area.ts';
import type { Question } from '../question.ts';
import { type Selected, select } from '../select.ts';
import type { AssociationInputs } from './inputs.ts';

/** The collections of a question. */
export interface Sides {
  readonly events: readonly Selected[];
  readonly to: readonly Selected[];
  /** None: what is found is not held against anything else. */
  readonly places: readonly Selected[];
}

function refuse(input: string, detail: string): never {
  throw new InvalidParameter([{ pointer: `/inputs/${input}`, detail }]);
}

/** @throws InvalidParameter, InvalidFilter, LayerNotFound, VersionNotKept */
export async function findSides(question: Question, inputs: AssociationInputs): Promise<Sides> {
  const ofEvents = { geometry: 'point', input: 'events', takesFilter: true } as const;
  // When they are named they may be other points too: do mines lie in ground that is held?
  const wanted = inputs.events ? ofEvents : ({ ...ofEvents, roles: ['events'] } as const);
  const events = await select(question, inputs.events, inputs, wanted);
  if (events.length === 0) refuse('events', 'No collection of events is in service: name one.');
  const to = await select(question, inputs.to, inputs, { input: 'to', takesFilter: false });
  if (to.length === 0) refuse('to', 'Name a collection that the events may go with.');
  const ofPlaces = { geometry: 'point', input: 'places', takesFilter: false } as const;
  const places = await select(
    question,
    inputs.places,
    inputs,
    inputs.places ? ofPlaces : { ...ofPlaces, roles: ['places'] },
  );
  const both = to.find(({ layer }) => events.some((own) => own.layer.id === layer.id));
  if (both) refuse('to', `"${both.layer.id}" is among the events: everything is near itself. Ask near-repeat.`);
  // What is held against itself explains itself.
  const apart = places.filter(({ layer }) => !to.some((own) => own.layer.id === layer.id));
  return { events, to, places: apart };
}

/** Where it is asked. */
export interface StudyArea extends StudyAreaRow {
  readonly title: Localized;
  readonly geometry: Geometry;
}

/** The place of the question, else where the events say that they are to lie, else their box. @throws InvalidParameter */
export async function findStudyArea(
  question: Question,
  { place }: AssociationInputs,
  events: readonly Selected[],
): Promise<StudyArea> {
  const given = place && (await findArea(question, place, 'place'));
  const geometry = given ? (given.geometry as Geometry) : coverageOf(events);
  if (!geometry) return refuse('place', 'Nothing says where the study area is: give a place that is one.');
  const [row] = await question.run<StudyAreaRow>(studyAreaQuery(geometry));
  if (!row || !(row.area_m2 > 0)) return refuse('place', 'The study area has no size: give a place that is one.');
  return { ...row, title: given?.title ?? COVERED, geometry: JSON.parse(row.geojson) as Geometry };
}

/** Metres to within which an event must be known: those of the first band. */
export const preciseM = ({ within_km: [first = 0] }: AssociationInputs): number => Math.round(first * 1_000);

/** The events in the study area: those that are known well enough, and how many are not. */
export async function readEvents(
  { run }: Question,
  { events }: Sides,
  { geometry }: StudyArea,
  inputs: AssociationInputs,
): Promise<{
  readonly rows: readonly EventRow[];
  readonly imprecise: number;
  readonly included: number;
  readonly reported: LonLats;
}> {
  const inArea = events.map(({ layer, filter }) => ({ layer, filter: { ...filter, place: geometry } }));
  const found = await run<EventRow>(eventsQuery(inArea, preciseM(inputs)));
  const precise = found.filter(([, , , , isPrecise]) => isPrecise);
  const others = found.length - precise.length;
  const reported = {
    lons: Float64Array.from(found, ([, , lon]) => lon),
    lats: Float64Array.from(found, ([, , , lat]) => lat),
  };
  return inputs.imprecise === 'include'
    ? { rows: found, imprecise: 0, included: others, reported }
    : { rows: precise, imprecise: others, included: 0, reported };
}

/** How many shapes each collection has, and of how many pieces. */
export async function sizeShapes(
  { run }: Question,
  collections: readonly Selected[],
  inputs: AssociationInputs,
): Promise<ShapesRow> {
  const sum = { shapes: 0, imprecise: 0, flows: 0, pieces: 0, metres: 0 };
  for (const { layer, filter } of collections) {
    const [row] = await run<ShapesRow>(shapesQuery({ layer, filter }, preciseM(inputs), inputs.flows));
    for (const name of ['shapes', 'imprecise', 'flows', 'pieces', 'metres'] as const) sum[name] += row?.[name] ?? 0;
  }
  return sum;
}

/** Which events lie in a polygon of `to`: their places in the list. */
export async function findInside(
  { run }: Question,
  { to }: Sides,
  rows: readonly EventRow[],
): Promise<ReadonlySet<number>> {
  const [lons, lats] = [rows.map(([, , lon]) => lon), rows.map(([, , , lat]) => lat)];
  const inside = new Set<number>();
  for (const { layer, filter } of to.filter((each) => each.layer.geometry === 'polygon')) {
    for (const { nth } of await run<{ nth: number }>(insideQuery({ layer, filter }, lons, lats))) inside.add(nth);
  }
  return inside;
}
