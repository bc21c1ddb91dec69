import type { ColorRule, Style } from '../server/core/layer.ts';
import type { Mapping } from '../server/core/mapping.ts';
import { OTHER_COLOR, PALETTE } from '../server/core/palette.ts';
import { columnOf, type NewLayer, newLayerOf, withLayer } from './upload-mapping.ts';

/** Changes of how a new layer is drawn, each giving a new mapping. Pure. */

/** Colours the records by the values of a field, or all alike. */
export function colorBy(
  mapping: Mapping,
  name: string | null,
  categories: ReadonlyMap<string, readonly string[]>,
): Mapping {
  const layer = newLayerOf(mapping);
  if (!layer || !('color' in layer.style)) return mapping;
  const { kind: _kind, ...rest } = layer;
  const known = layer.fields.find((field) => field.name === name)?.values?.map(({ value }) => value);
  const values = name === null ? [] : (known ?? categories.get(columnOf(mapping, name) ?? '') ?? []);
  const isClassed = name !== null && values.length > 0;
  const fields = layer.fields.map((field) =>
    field.name === name && isClassed
      ? {
          ...field,
          tile: true,
          values: field.values ?? values.map((value) => ({ value, title: { en: value, fr: value } })),
        }
      : field,
  );
  const classes = Object.fromEntries(values.map((value, at) => [value, PALETTE[at % PALETTE.length] as string]));
  const color: ColorRule = isClassed ? { by: name, classes, other: OTHER_COLOR } : (PALETTE[0] as string);
  const kept = isClassed && layer.geometry === 'point' ? { kind: name } : {};
  const changed = { ...rest, ...kept, fields, style: { ...layer.style, color } } as NewLayer;
  return { ...mapping, target: { mode: 'new', layer: changed } };
}

/** The colour of a value, or of all records. */
export function setColor(mapping: Mapping, value: string | null, to: string): Mapping {
  const layer = newLayerOf(mapping);
  if (!layer || !('color' in layer.style)) return mapping;
  const { color } = layer.style;
  const next: ColorRule =
    typeof color === 'string' || value === null
      ? to.toLowerCase()
      : { ...color, classes: { ...color.classes, [value]: to.toLowerCase() } };
  return withLayer(mapping, { style: { ...layer.style, color: next } as Style });
}
