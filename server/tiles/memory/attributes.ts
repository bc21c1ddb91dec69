import { toDayNumber } from '../../core/interval.ts';
import { type Field, type Layer, tileFields } from '../../core/layer.ts';
import type { LayerRecord } from '../../core/record.ts';

export type Attributes = Record<string, number | string | boolean>;

function toAttribute(field: Field, value: unknown): number | string | boolean {
  if (field.type === 'date') return toDayNumber(value as string);
  if (field.type === 'datetime') return new Date(value as string).toISOString();
  if (field.type === 'strings') return (value as string[]).join(',');
  return value as number | string | boolean;
}

/** What a tile says of a record: days since 1970-01-01 for a date, an instant in UTC, a list as one text; what is missing is absent. */
export function tileAttributes(layer: Layer): (record: LayerRecord) => Attributes {
  const fields = tileFields(layer);
  return ({ properties }) => {
    const attributes: Attributes = {};
    for (const field of fields) {
      const value = properties[field.name] ?? null;
      if (value !== null) attributes[field.name] = toAttribute(field, value);
    }
    return attributes;
  };
}
