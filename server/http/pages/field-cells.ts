import type { Field, Language } from '../../core/layer.ts';
import type { HtmlPart } from './html.ts';

const YES_NO = { en: ['yes', 'no'], fr: ['oui', 'non'] } as const;

/** A value of a record in words: an entry of a closed list by its title, a list with commas. */
export function valueInWords({ values, unit, type }: Field, value: unknown, lang: Language): HtmlPart {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map((each) => titleOf(values, each, lang)).join(', ');
  if (type === 'boolean') return YES_NO[lang][value ? 0 : 1];
  if (typeof value === 'number') return unit === undefined ? value : `${value} ${unit}`;
  return titleOf(values, value, lang);
}

function titleOf(values: Field['values'], value: unknown, lang: Language): string {
  return values?.find((entry) => entry.value === value)?.title[lang] ?? String(value);
}
