import { InvalidParameter } from '../../core/errors.ts';
import { type Localized, recordFields } from '../../core/layer.ts';
import type { CommonInputs, Selection } from '../inputs.ts';
import type { Question } from '../question.ts';
import { type Selected, select } from '../select.ts';

type Whole = Omit<CommonInputs, 'place' | 'generations'>;

function refuse(detail: string): never {
  throw new InvalidParameter([{ pointer: '/inputs/control', detail }]);
}

/**
 * The collections of control areas of a question.
 * @param takesFilter whether the question's own `filter` is about them
 * @throws InvalidParameter where there is none, or one has no field `actor`; and what select throws
 */
export async function selectControl(
  question: Question,
  named: readonly Selection[] | undefined,
  whole: Whole,
  takesFilter: boolean,
): Promise<readonly Selected[]> {
  const selected = await select(question, named, whole, {
    roles: ['control'],
    geometry: 'polygon',
    input: 'control',
    takesFilter,
  });
  if (selected.length === 0) refuse('There is no collection of control areas in service: name one.');
  for (const { layer } of selected) {
    if (recordFields(layer).some(({ name, type }) => name === 'actor' && type === 'string')) continue;
    refuse(`"${layer.id}" has no text field "actor": control takes collections that say who is there.`);
  }
  return selected;
}

const UNNAMED: Localized = { en: 'an actor that is not named', fr: 'un acteur non nommé' };

/** What a value of a field is called in sentences: as the layers' own lists have it, else the value itself. */
export function titleOf(layers: readonly Selected['layer'][], field: string, value: string | null): Localized {
  if (value === null) return UNNAMED;
  for (const { fields } of layers) {
    const found = fields.find(({ name }) => name === field)?.values?.find((each) => each.value === value);
    if (found) return found.title;
  }
  return { en: value, fr: value };
}
