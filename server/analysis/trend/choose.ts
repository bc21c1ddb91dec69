import { InvalidParameter } from '../../core/errors.ts';
import { type Layer, recordFields } from '../../core/layer.ts';
import { checkMeasure } from '../check-measure.ts';
import type { Question } from '../question.ts';
import { type Selected, select } from '../select.ts';
import { lasting, selectEvents } from '../select-events.ts';
import type { SeriesOf, TrendInputs } from './inputs.ts';

/** What a series is of. */
export interface Chosen {
  readonly of: SeriesOf;
  readonly selected: readonly Selected[];
}

function refuse(input: string, detail: string): never {
  throw new InvalidParameter([{ pointer: `/inputs/${input}`, detail }]);
}

const USUAL = { point: 'in-force', line: 'length', polygon: 'area' } as const;
const GEOMETRIES: Partial<Record<SeriesOf, Layer['geometry']>> = { events: 'point', length: 'line', area: 'polygon' };
const THINGS = {
  events: 'points with the day of an event',
  length: 'lines',
  area: 'polygons',
  'in-force': 'records with a time',
} as const;

function checkLayers(layers: readonly Selected[], of: SeriesOf): void {
  for (const { layer } of layers) {
    const isOther = GEOMETRIES[of] !== undefined && layer.geometry !== GEOMETRIES[of];
    if (!isOther && (of !== 'events' || layer.time === 'instant')) continue;
    refuse(
      'series',
      `A series of "${of}" is of ${THINGS[of]}; "${layer.id}" has ${layer.geometry}s that ${layer.time === 'instant' ? 'have a day' : 'last'}.`,
    );
  }
}

/** Whether every collection tells its records apart by this field. */
function checkClass({ by }: TrendInputs, { of, selected }: Chosen): void {
  if (by === undefined) return;
  for (const { layer } of selected) {
    if (of === 'events' && layer.kind !== by) {
      const has = layer.kind === undefined ? 'by nothing' : `by "${layer.kind}"`;
      refuse('by', `Events of "${layer.id}" are told apart ${has}.`);
    }
    const texts = recordFields(layer).filter(({ type }) => type === 'string');
    if (texts.some(({ name }) => name === by)) continue;
    refuse('by', `"${layer.id}" has no text field "${by}".`);
  }
}

async function chooseLayers(question: Question, given: TrendInputs): Promise<Chosen> {
  if (given.events) refuse('events', 'A series is of events or of layers: give one of them.');
  const selected = await select(question, given.layers, given, { input: 'layers', takesFilter: true });
  const [first] = selected;
  if (!first) refuse('layers', 'Name at least one collection.');
  for (const { layer } of selected) {
    if (layer.time === null) refuse('layers', `"${layer.id}" has no time: it is the same in every step.`);
    if (layer.geometry === first.layer.geometry) continue;
    refuse(
      'layers',
      `"${layer.id}" has ${layer.geometry}s and "${first.layer.id}" ${first.layer.geometry}s: a series is of one geometry.`,
    );
  }
  const isOfEvents = selected.every(({ layer }) => layer.geometry === 'point' && layer.time === 'instant');
  const of = given.series ?? (isOfEvents ? 'events' : USUAL[first.layer.geometry]);
  checkLayers(selected, of);
  return { of, selected };
}

async function chooseEvents(question: Question, given: TrendInputs): Promise<Chosen> {
  if ((given.series ?? 'events') !== 'events') {
    refuse('series', `A series of "${given.series}" is of what lasts: name it in layers.`);
  }
  return { of: 'events', selected: await selectEvents(question, given, lasting) };
}

/**
 * The collections of a question, and what of them is counted.
 * @throws InvalidParameter, InvalidFilter, LayerNotFound, VersionNotKept
 */
export async function choose(question: Question, given: TrendInputs): Promise<Chosen> {
  const chosen = await (given.layers ? chooseLayers : chooseEvents)(question, given);
  if (given.measure !== undefined) {
    if (chosen.of === 'length' || chosen.of === 'area') {
      refuse('measure', `A series of "${chosen.of}" is measured by itself: no field is summed.`);
    }
    if (chosen.selected.some(({ layer }) => layer.geometry !== 'point'))
      refuse('measure', 'Only of points a field is summed.');
    checkMeasure(chosen.selected, given.measure);
  }
  checkClass(given, chosen);
  return chosen;
}
