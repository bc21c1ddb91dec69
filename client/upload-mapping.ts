import type { Field, Layer, Style } from '../server/core/layer.ts';
import type { MappedRecordField, Mapping, Target } from '../server/core/mapping.ts';
import type { Collection } from './api/collection.ts';

/** Changes of a mapping, each giving a new one. Pure. */

export type NewLayer = Extract<Target, { mode: 'new' }>['layer'];

const IDENTIFIER = /^[a-z][a-z0-9_]{0,47}$/;
export const isIdentifier = (text: string): boolean => IDENTIFIER.test(text);

export const newLayerOf = ({ target }: Mapping): NewLayer | null => (target.mode === 'new' ? target.layer : null);

/** The column that fills a field; null: none, or the same for all. */
export function columnOf(mapping: Mapping, field: string): string | null {
  const value = mapping.fields[field];
  return value && 'column' in value ? value.column : null;
}

export function recordColumnOf(mapping: Mapping, field: MappedRecordField): string | null {
  const value = mapping.record[field];
  return value && 'column' in value ? value.column : null;
}

export function withLayer(mapping: Mapping, changes: Partial<NewLayer>): Mapping {
  const { target } = mapping;
  return target.mode === 'new'
    ? { ...mapping, target: { ...target, layer: { ...target.layer, ...changes } } }
    : mapping;
}

/** Gives a field of a new layer another name, everywhere it is named. */
export function renameField(mapping: Mapping, from: string, to: string): Mapping {
  const layer = newLayerOf(mapping);
  if (!layer || from === to || !isIdentifier(to) || isReserved(to) || layer.fields.some(({ name }) => name === to))
    return mapping;
  const renamed = (name: string) => (name === from ? to : name);
  const fields = layer.fields.map((field) => ({ ...field, name: renamed(field.name) }));
  const style = structuredClone(layer.style) as Style;
  if ('color' in style && typeof style.color === 'object') style.color.by = renamed(style.color.by);
  if ('label' in style && style.label) style.label.field = renamed(style.label.field);
  const more = {
    ...(layer.kind !== undefined && { kind: renamed(layer.kind) }),
    measures: layer.measures.map(renamed),
    style,
  };
  return {
    ...withLayer(mapping, { fields, ...more }),
    fields: Object.fromEntries(Object.entries(mapping.fields).map(([name, value]) => [renamed(name), value])),
  };
}

export function retypeField(mapping: Mapping, name: string, type: Field['type']): Mapping {
  const layer = newLayerOf(mapping);
  if (!layer) return mapping;
  // A closed list is one of texts.
  const fields = layer.fields.map((field) => {
    if (field.name !== name) return field;
    const { values: _values, ...rest } = field;
    return type === 'string' ? { ...field, type } : { ...rest, type };
  });
  return dropUnused(withLayer(mapping, { fields }));
}

/** Leaves a field of a new layer out. */
export function dropField(mapping: Mapping, name: string): Mapping {
  const layer = newLayerOf(mapping);
  if (!layer) return mapping;
  const { [name]: _dropped, ...fields } = mapping.fields;
  return dropUnused({
    ...withLayer(mapping, { fields: layer.fields.filter((field) => field.name !== name) }),
    fields,
  });
}

/** Takes a column in again, as a field of its own. */
export function addField(mapping: Mapping, column: string, field: Field): Mapping {
  const layer = newLayerOf(mapping);
  if (!layer || layer.fields.some(({ name }) => name === field.name)) return mapping;
  return {
    ...withLayer(mapping, { fields: [...layer.fields, field] }),
    fields: { ...mapping.fields, [field.name]: { column } },
  };
}

/** What names a field that is gone, or no longer a list of values, names nothing any more. */
function dropUnused(mapping: Mapping): Mapping {
  const layer = newLayerOf(mapping);
  if (!layer) return mapping;
  const byName = new Map(layer.fields.map((field) => [field.name, field]));
  const { kind, ...rest } = layer;
  const style = structuredClone(layer.style) as Style;
  if ('color' in style && typeof style.color === 'object' && !byName.get(style.color.by)?.values) {
    style.color = style.color.other;
  }
  if ('label' in style && style.label && !byName.has(style.label.field)) delete (style as { label?: unknown }).label;
  const measures = layer.measures.filter((name) => ['integer', 'number'].includes(byName.get(name)?.type ?? ''));
  const kept = kind !== undefined && byName.get(kind)?.values ? { kind } : {};
  return { ...mapping, target: { mode: 'new', layer: { ...rest, ...kept, measures, style } as NewLayer } };
}

/** Fills a field from a column, or from none. */
export function setColumn(mapping: Mapping, field: string, column: string | null): Mapping {
  const { [field]: before, ...others } = mapping.fields;
  if (column === null) return { ...mapping, fields: others };
  const value = before && 'column' in before ? { ...before, column } : { column };
  return { ...mapping, fields: { ...others, [field]: value } };
}

export function setRecordColumn(mapping: Mapping, field: MappedRecordField, column: string | null): Mapping {
  const { [field]: _before, ...others } = mapping.record;
  return { ...mapping, record: column === null ? others : { ...others, [field]: { column } } };
}

/** The day or the period that records belong to. A new layer is dated when they are. */
export function setDates(mapping: Mapping, from: string | null, to: string | null): Mapping {
  const begun = setRecordColumn(setRecordColumn(mapping, 'valid_from', from), 'valid_to', from && (to ?? from));
  const time = from === null ? null : to !== null && to !== from ? 'interval' : 'instant';
  if (from === null) {
    const { date_precision: _precision, ...record } = begun.record;
    return withLayer({ ...begun, record }, { time });
  }
  const record = { date_precision: { constant: 'day' }, ...begun.record };
  return withLayer({ ...begun, record }, { time });
}

/** Who may see the records: of the layer, and of each of them. */
export function setHandling(mapping: Mapping, handling: Layer['handling']): Mapping {
  return withLayer({ ...mapping, record: { ...mapping.record, handling: { constant: handling } } }, { handling });
}

const plain = (name: string) =>
  name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');

/** Sends the records to a layer that is there: its fields are filled from the columns of the same name. */
export function intoLayer(
  mapping: Mapping,
  mode: Exclude<Target['mode'], 'new'>,
  { id, azalai }: Collection,
  columns: readonly string[],
): Mapping {
  const fields: Mapping['fields'] = {};
  for (const { name } of azalai.fields) {
    const before = mapping.fields[name];
    const column = columns.find((candidate) => plain(candidate) === plain(name));
    if (before) fields[name] = before;
    else if (column !== undefined) fields[name] = { column };
  }
  const target: Target = mode === 'upsert' ? { mode, collection: id, newer: null } : { mode, collection: id };
  return { ...mapping, fields, target };
}

/** What every record has beside the fields of its layer: no field can be called so. */
const RESERVED = new Set([
  ...['fid', 'geom', 'geom_3857', 'geom_before', 'h3_base', 'label_3857', 'valid', 'idx', 'outcome', 'id'],
  ...['record_id', 'valid_from', 'valid_to', 'date_precision', 'confidence', 'precision_m', 'reliability'],
  ...['credibility', 'source', 'locator', 'note', 'handling', 'recorded_at'],
]);
export const isReserved = (name: string): boolean => RESERVED.has(name);
