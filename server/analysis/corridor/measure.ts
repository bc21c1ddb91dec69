import type { Geometry } from 'geojson';
import { InvalidParameter } from '../../core/errors.ts';
import { parseDatetime } from '../../core/interval.ts';
import type { Localized } from '../../core/layer.ts';
import type { TotalRow } from '../../query/analysis/corridor/study-area.ts';
import { refuseOwnDatetime } from '../own-datetime.ts';
import { findPlace } from '../place.ts';
import type { Question } from '../question.ts';
import { type Selected, select } from '../select.ts';
import { type Window, windowOf } from '../window.ts';
import { type Bins, toBins } from './bins.ts';
import { type Control, findControl } from './control.ts';
import { corridorSize } from './corridor-size.ts';
import { type Band, type Counted, countRecords, coverOf } from './count-records.ts';
import { Course } from './course.ts';
import { type Crossing, findCrossings } from './crossings.ts';
import type { CorridorInputs } from './inputs.ts';
import { type CorridorLine, findLine } from './line.ts';
import { type Near, nearestRecords } from './nearest-records.ts';
import { findStudyArea, type StudyArea } from './study-area.ts';
import { totals } from './totals.ts';

/** What was found of one collection of points. */
export interface Found extends Selected {
  readonly isEvents: boolean;
  readonly counted: Counted;
  readonly nearest: readonly Near[];
}

/** All that was found along a line, in metres and square metres. */
export interface Measured {
  readonly line: CorridorLine;
  readonly withinM: number;
  readonly bins: Bins;
  readonly window: Window;
  readonly found: readonly Found[];
  readonly area: StudyArea | undefined;
  /** Of the study area, what is within the distance of the line. */
  readonly corridorM2: number | undefined;
  /** Precise enough events in the study area. */
  readonly total: TotalRow | undefined;
  /** Absent where there is no collection of control. */
  readonly control: Control | undefined;
  readonly controls: readonly Selected[];
  readonly crossings: readonly Crossing[];
  /** Every collection that was asked. */
  readonly asked: readonly Selected[];
}

/** Whether it was about events at all. */
export const countsEvents = ({ found }: Measured): boolean => found.some(({ isEvents }) => isEvents);

const step = (en: string, fr: string): Localized => ({ en, fr });

/** Where records are taken from, when the question is about a place. @throws InvalidParameter */
async function placeOf(question: Question, { place }: CorridorInputs): Promise<Geometry | undefined> {
  if (place === undefined) return undefined;
  const { kind, geometry } = await findPlace(question, place);
  if (kind === 'polygon') return geometry as Geometry;
  const detail = `It is a ${kind}: records are taken from a polygon, and looked for along the line.`;
  throw new InvalidParameter([{ pointer: '/inputs/place', detail }]);
}

/** The collections of a question, by what they are asked for. */
async function collections(question: Question, inputs: CorridorInputs) {
  const one = (input: 'events' | 'layers' | 'control' | 'borders' | 'rivers', wanted: object) =>
    select(question, inputs[input], inputs, { input, takesFilter: input === 'events', ...wanted });
  refuseOwnDatetime('control', inputs.control, 'give control_at, or datetime for the whole question');
  const place = await placeOf(question, inputs);
  const inPlace = (selected: readonly Selected[]) =>
    place ? selected.map((each) => ({ ...each, filter: { ...each.filter, place } })) : selected;
  const events = inPlace(await one('events', { roles: ['events'], geometry: 'point' }));
  const beside = inputs.layers ? {} : { roles: ['sites', 'places'] as const };
  return {
    events,
    layers: inPlace(await one('layers', { ...beside, geometry: 'point' })).filter(
      ({ layer }) => !events.some((other) => other.layer.id === layer.id),
    ),
    control: await one('control', { roles: ['control'], geometry: 'polygon' }),
    borders: await one('borders', { roles: ['boundaries'], geometry: 'line' }),
    rivers: await one('rivers', { roles: ['rivers'], geometry: 'line' }),
  };
}

/** Windows are of what anybody may see: of the rest what lies outside would be counted over a time that it is not in. */
function inWindow({ access }: Question, events: readonly Selected[], { from, to }: Window): readonly Selected[] {
  if (access.handling.every((level) => level === 'public')) return events;
  return events.map((each) => {
    const { datetime } = each.filter;
    return { ...each, filter: { ...each.filter, datetime: { from: datetime?.from ?? from, to: datetime?.to ?? to } } };
  });
}

/** Measures along the line of a question. @throws InvalidParameter, LayerNotFound, FeatureNotFound, and what `run` throws */
export async function measure(question: Question, inputs: CorridorInputs): Promise<Measured> {
  const withinM = inputs.within_km * 1_000;
  const preciseM = inputs.include_imprecise ? undefined : withinM;
  const { events: selected, layers, control, borders, rivers } = await collections(question, inputs);
  const line = await findLine(question, inputs.line, inputs.flows, withinM);
  const bins = toBins(line.lengthM, inputs.bin_km);
  const window = windowOf(selected, inputs.datetime);
  const events = inWindow(question, selected, window);
  question.progress(0.1, step('Study area', 'Zone d’étude'));
  const area = await findStudyArea(question, inputs, events, line);
  const rated = area && !area.isEverywhere ? (area.geometry as Geometry) : undefined;
  const band: Band = { line, course: new Course(line.pieces), withinM, preciseM, bins };
  const cells = coverOf(band);
  question.progress(0.2, step('Records along the line', 'Fiches le long de la ligne'));
  const along = async (): Promise<Found[]> => {
    const found: Found[] = [];
    for (const each of [...events, ...layers]) {
      const isEvents = found.length < events.length;
      const counted = await countRecords(question, each, band, isEvents ? rated : undefined, cells);
      const nearest = await nearestRecords(question, each, band, counted.whole.count, inputs.limit);
      found.push({ ...each, isEvents, counted, nearest });
    }
    return found;
  };
  const at = inputs.control_at === undefined ? undefined : Date.parse(parseDatetime(inputs.control_at).from as string);
  const across = async () => ({
    corridorM2: area && (await corridorSize(question, line, withinM, area)),
    total: area && (await totals(question, events, area, preciseM)),
    control: control.length === 0 ? undefined : await findControl(question, line, control, window, at),
    crossings: await findCrossings(question, line, borders, rivers),
  });
  // Two connections are what one question may take of the lane.
  const [found, rest] = await Promise.all([along(), across()]);
  question.progress(0.9, step('Rates', 'Taux'));
  const asked = [...events, ...layers, ...control, ...borders, ...rivers];
  return { line, withinM, bins, window, found, area, ...rest, controls: control, asked };
}
