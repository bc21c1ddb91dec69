import type { Field } from '../../server/core/layer.ts';
import { dayText, instantText } from '../i18n/dates.ts';
import { count, local, t } from '../i18n/text.ts';

export const isFilled = (value: unknown): boolean =>
  Array.isArray(value) ? value.length > 0 : value !== null && value !== undefined && value !== '';

/** A value as a reader has it: with its unit, in words where the field has words for it. */
export function fieldText(field: Field, value: unknown): string {
  const titleOf = (text: string) => {
    const known = field.values?.find((candidate) => candidate.value === text);
    return known ? local(known.title) : text;
  };
  if (Array.isArray(value)) return value.map((item) => titleOf(String(item))).join(', ');
  if (typeof value === 'number')
    return field.unit ? `${count(value)} ${field.unit}` : field.name.includes('year') ? String(value) : count(value);
  if (typeof value === 'boolean') return t(value ? 'value.yes' : 'value.no');
  if (field.type === 'date' && typeof value === 'string') return dayText(value);
  if (field.type === 'datetime' && typeof value === 'string') return instantText(value);
  return titleOf(String(value));
}
