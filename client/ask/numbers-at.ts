import type { Localized } from '../../server/core/layer.ts';

/** A JSON object of an answer: what it says is looked at before it is taken. */
export type Numbers = Readonly<Record<string, unknown>>;

export const isNumbers = (value: unknown): value is Numbers =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
/** What lies at a path of names; undefined where there is nothing. */
export const inner = (numbers: unknown, ...path: readonly string[]): unknown =>
  path.reduce<unknown>((value, name) => (isNumbers(value) ? value[name] : undefined), numbers);
/** The objects of the list at a path; none where there is no list. */
export const listAt = (numbers: unknown, ...path: readonly string[]): readonly Numbers[] => {
  const value = inner(numbers, ...path);
  return Array.isArray(value) ? value.filter(isNumbers) : [];
};
export const numberOf = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);
/** What reads alike in both languages. */
export const same = (text: unknown): Localized => ({ en: String(text ?? ''), fr: String(text ?? '') });
const isLocalized = (value: unknown): value is Localized =>
  isNumbers(value) && typeof value.en === 'string' && typeof value.fr === 'string';
/** What names a row: words in both languages, or a plain value. */
export const labelOf = (value: unknown): Localized => (isLocalized(value) ? value : same(value));
