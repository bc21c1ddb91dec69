import type { ProcessInput } from '../api/process-input.ts';
import { type InputForm, inputForm } from './input-form.ts';

/** What a question is about: asked for at once, in this order. What must be said comes before. */
const ESSENTIAL = [
  ...['line', 'ways', 'events', 'of', 'layers', 'from', 'to', 'corridors', 'sites', 'materiel', 'lots'],
  ...['within_km', 'nearest', 'within_days', 'earlier', 'later', 'weeks', 'compare', 'at', 'step'],
  ...['units', 'hexagons', 'resolution', 'eps_km', 'eps_days', 'min_points', 'distances_km', 'days', 'bandwidth_km'],
  ...['place', 'datetime'],
];
/** For who asks a receipt again, by other means; and what is asked for beside the answer. */
const NEVER = new Set(['generations', 'keep', 'keep_days', 'keep_handling']);

export interface AskedInput extends ProcessInput {
  readonly name: string;
  readonly form: InputForm;
}

/** The inputs in the order in which they are asked for: what must be said, what the question is about, where and when; and the rest. */
export function arrangeInputs(inputs: Readonly<Record<string, ProcessInput>>): {
  readonly first: readonly AskedInput[];
  readonly more: readonly AskedInput[];
} {
  const all = Object.entries(inputs)
    .filter(([name]) => !NEVER.has(name))
    .map(([name, input]): AskedInput => ({ ...input, name, form: inputForm(name, input.schema) }));
  // Where two periods are compared, they say when.
  const isSaid = (name: string) => name === 'datetime' && inputs.earlier !== undefined;
  const isFirst = ({ name, minOccurs, form }: AskedInput) =>
    minOccurs > 0 || (ESSENTIAL.includes(name) && !isSaid(name) && form.type !== 'json');
  const rank = ({ name, minOccurs }: AskedInput) => (minOccurs > 0 ? -1 : ESSENTIAL.indexOf(name));
  return {
    first: all.filter(isFirst).toSorted((a, b) => rank(a) - rank(b)),
    more: all.filter((input) => !isFirst(input)),
  };
}
