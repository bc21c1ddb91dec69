import type { Field } from '../../server/core/layer.ts';
import type { Collection, RecordFeature } from '../api.ts';
import { local } from '../i18n/text.ts';
import { fieldText, isFilled } from './field-text.ts';

/** A text that is kept once per language: the reader's, or the other where that one is empty. */
export function localText(properties: RecordFeature['properties'], name: string): string | null {
  const value = properties[`${name}${local({ en: '', fr: '_fr' })}`] || properties[name];
  return typeof value === 'string' && value !== '' ? value : null;
}

export const isTranslation = (name: string, fields: readonly Field[]) =>
  name.endsWith('_fr') && fields.some((field) => field.name === name.slice(0, -3));

/** The record's name; or its class, and where it is or from where to where it leads. */
export function headingOf({ azalai }: Collection, properties: RecordFeature['properties']): string {
  const name = localText(properties, 'name') ?? localText(properties, 'title');
  if (name) return name;
  const { style } = azalai;
  const by = 'color' in style && typeof style.color === 'object' ? style.color.by : azalai.kind;
  const classField = azalai.fields.find((field) => field.name === by);
  const what =
    classField && isFilled(properties[classField.name])
      ? fieldText(classField, properties[classField.name])
      : local(azalai.title);
  const [from, to] = [localText(properties, 'from_place'), localText(properties, 'to_place')];
  const where = from && to ? `${from} → ${to}` : localText(properties, 'place');
  const text = where ? `${what}: ${where}` : what;
  return text.charAt(0).toUpperCase() + text.slice(1);
}
