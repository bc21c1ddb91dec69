import type { Localized } from './layer.ts';

/** French as it is printed: what stands before : ; ! ? » and after « is never left alone at the end or start of a line. */
export const noBreakSpaces = (french: string): string => french.replace(/ (?=[:;!?»])|(?<=«) /g, '\u00a0');

/** The same of what is said in both languages. */
export const printed = ({ en, fr }: Localized): Localized => ({ en, fr: noBreakSpaces(fr) });

const isLocalized = (value: object): value is Localized =>
  'en' in value && 'fr' in value && typeof value.en === 'string' && typeof value.fr === 'string';

const isObject = (value: unknown) => typeof value === 'object';

/** The same of all that is said in both languages somewhere in plain JSON. */
export function printedWithin<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null) return value;
  if (isLocalized(value)) return { ...value, ...printed(value) };
  if (Array.isArray(value)) return value.some(isObject) ? (value.map(printedWithin) as Value) : value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, printedWithin(inner)])) as Value;
}
