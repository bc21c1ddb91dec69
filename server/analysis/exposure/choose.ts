import { InvalidParameter } from '../../core/errors.ts';
import type { Interval } from '../../core/interval.ts';
import type { Events } from '../../query/analysis/exposure/attacks.ts';
import type { CommonInputs, Selection } from '../inputs.ts';
import { findPlace } from '../place.ts';
import type { Question } from '../question.ts';
import { type Selected, select } from '../select.ts';
import { selectControl } from '../timeline/control-layers.ts';
import { toInstant } from '../timeline/day.ts';
import { windowOf } from '../window.ts';

export interface ExposureInputs extends CommonInputs {
  readonly of?: readonly Selection[] | undefined;
  readonly events?: readonly Selection[] | undefined;
  readonly corridors?: readonly Selection[] | undefined;
  readonly control?: readonly Selection[] | undefined;
  readonly at?: string | undefined;
  readonly within_km: number;
}

export interface Choice {
  readonly of: readonly Selected[];
  readonly corridors: readonly Selected[];
  readonly control: readonly Selected[];
  readonly events: readonly (Selected & Events)[];
  readonly window: Interval;
  /** ISO 8601 UTC; null where the window is open. */
  readonly middle: string | null;
  /** Of which the ground is told, ISO 8601 UTC. */
  readonly at: string;
}

function refuse(input: string, detail: string): never {
  throw new InvalidParameter([{ pointer: `/inputs/${input}`, detail }]);
}

/** Which is named first must not matter to the rows. */
const inOrder = (selected: readonly Selected[]) => selected.toSorted((a, b) => (a.layer.id < b.layer.id ? -1 : 1));

const iso = (time: number) => (Number.isFinite(time) ? new Date(time).toISOString() : null);

function middleOf({ from, to }: Interval): string | null {
  if (from === null || to === null || from >= to) return null;
  return iso((Date.parse(from) + Date.parse(to)) / 2);
}

/** The collections of a question, and its window. The question's own `filter` and precision are about the events. */
export async function choose(question: Question, given: ExposureInputs): Promise<Choice> {
  const whole = { ...given, max_precision_m: undefined };
  const events = inOrder(
    await select(question, given.events, given, {
      roles: ['events'],
      geometry: 'point',
      input: 'events',
      takesFilter: true,
    }),
  ).map((each) => ({
    ...each,
    filter: { ...each.filter, maxPrecisionM: undefined },
    ceilingM: each.maxPrecisionM ?? given.within_km * 1000,
  }));
  const window = windowOf(events, given.datetime);
  const at =
    given.at === undefined ? (window.to === null ? null : iso(Date.parse(window.to) - 1)) : toInstant(given.at);
  if (at === null)
    refuse('at', 'Nothing says when the window ends: give at, the day of which the ground is told, or datetime.');
  const of = inOrder(
    await select(question, given.of, whole, { roles: ['sites', 'corridors'], input: 'of', takesFilter: false }),
  );
  for (const { layer } of of) {
    if (layer.geometry === 'polygon') refuse('of', `"${layer.id}" has polygons; of takes points and lines.`);
  }
  const corridors = await select(question, given.corridors, whole, {
    ...{ roles: ['corridors'] as const, geometry: 'line' as const, input: 'corridors', takesFilter: false },
  });
  const hasControl = given.control ? given.control.length > 0 : question.layers.some(({ role }) => role === 'control');
  const control = hasControl ? await selectControl(question, given.control, { ...whole, datetime: at }, false) : [];
  const place = given.place ? await findPlace(question, given.place) : undefined;
  if (place && place.kind !== 'polygon')
    refuse('place', 'place is an area here: rows are the mines, hubs and corridors in it.');
  return {
    of: place ? of.map((each) => ({ ...each, filter: { ...each.filter, place: place.geometry } })) : of,
    ...{ corridors: inOrder(corridors), control: inOrder(control), events },
    ...{ window, middle: middleOf(window), at },
  };
}
