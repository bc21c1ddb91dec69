import type { PublishedLayer } from '../core/catalogue.ts';
import { InvalidParameter } from '../core/errors.ts';
import type { CommonInputs, Selection } from './inputs.ts';
import type { Place } from './place.ts';
import type { Question } from './question.ts';
import { type Selected, select } from './select.ts';

/** Why a collection of events cannot be asked; undefined: it can. */
type Refusal = (layer: PublishedLayer) => string | undefined;

/** Of questions about before and after. */
export const timeless: Refusal = ({ id, time }) =>
  time === null ? `"${id}" has no time: nothing of it can be before or after.` : undefined;

/** Of questions about steps of time: what lasts is in all of them. */
export const lasting: Refusal = ({ id, time }) =>
  time === 'instant' ? undefined : `"${id}" has no dates of events: there are no steps of time.`;

/** Collections of a question, narrowed by a place. */
export const within = (
  selected: readonly Selected[],
  place: Pick<Place, 'geometry'> | undefined,
): readonly Selected[] =>
  place ? selected.map((each) => ({ ...each, filter: { ...each.filter, place: place.geometry } })) : selected;

/**
 * The collections of events of a question: points, at least one collection.
 * @throws InvalidParameter, InvalidFilter, LayerNotFound, VersionNotKept
 */
export async function selectEvents(
  question: Question,
  given: CommonInputs & { readonly events?: readonly Selection[] | undefined },
  refusal: Refusal = () => undefined,
): Promise<readonly Selected[]> {
  const refuse = (detail: string) => new InvalidParameter([{ pointer: '/inputs/events', detail }]);
  const wanted = { roles: ['events'], geometry: 'point', input: 'events', takesFilter: true } as const;
  const selected = await select(question, given.events, given, wanted);
  if (selected.length === 0) throw refuse('There is no collection of events in service: name one.');
  for (const { layer } of selected) {
    const why = refusal(layer);
    if (why !== undefined) throw refuse(why);
  }
  return selected;
}
