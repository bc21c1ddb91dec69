import { findArea } from './covered-area.ts';
import type { Place } from './place.ts';
import type { Question } from './question.ts';
import type { Selected } from './select.ts';
import { selectEvents, within } from './select-events.ts';

/** Collections of events, and in which area. */
export interface PlacedEvents {
  readonly selected: readonly Selected[];
  readonly place: Place | undefined;
}

/**
 * The collections of events of a question, narrowed by its place.
 * @throws InvalidParameter, InvalidFilter, LayerNotFound, FeatureNotFound, VersionNotKept
 */
export async function selectPlacedEvents(
  question: Question,
  inputs: Parameters<typeof selectEvents>[1],
  refusal?: Parameters<typeof selectEvents>[2],
): Promise<PlacedEvents> {
  const selected = await selectEvents(question, inputs, refusal);
  const place = inputs.place && (await findArea(question, inputs.place, 'place'));
  return { selected: within(selected, place), place };
}
