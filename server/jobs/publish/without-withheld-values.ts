import type { ColorRule, Field, Layer, Style, When } from '../../core/layer.ts';
import { type WithheldValue, withheldValues } from '../../query/publish/withheld-values.ts';
import type { Run } from '../../query/sql.ts';

/**
 * A new definition as anybody may read it: its lists of values and its colours were drawn up from all records of the file,
 * and what only those have that are not public would be named to everybody. A field whose list names such a value has no
 * list any more: left shorter, it would keep the value out of what is brought later. `table` holds the records.
 */
export async function withoutWithheldValues(run: Run, layer: Layer, table: string): Promise<Layer> {
  const fields = layer.fields.filter((field) => isText(field) && listed(field, layer.style).size > 0);
  if (fields.length === 0) return layer;
  const found = await run<WithheldValue>(withheldValues(table, fields));
  const isWithheld = (name: string, value: string) => found.some((each) => each.field === name && each.value === value);
  const open = (field: Field): Field => {
    const { values, ...others } = field;
    return values?.some(({ value }) => isWithheld(field.name, value)) ? others : field;
  };
  return { ...layer, fields: layer.fields.map(open), style: narrowed(layer.style, isWithheld) };
}

const isText = ({ type }: Field) => type === 'string' || type === 'strings';

const colorOf = (style: Style): ColorRule | undefined => ('color' in style ? style.color : undefined);

/** The values of a field that the definition names. */
function listed({ name, values = [] }: Field, style: Style): ReadonlySet<string> {
  const color = colorOf(style);
  const classes = typeof color === 'object' && color.by === name ? Object.keys(color.classes) : [];
  const treated = Object.values(style).flatMap((part) => (isWhen(part) && part.field === name ? part.values : []));
  return new Set([...values.map(({ value }) => value), ...classes, ...treated]);
}

function isWhen(part: unknown): part is When {
  return typeof part === 'object' && part !== null && 'field' in part && 'values' in part;
}

function narrowed(style: Style, isWithheld: (field: string, value: string) => boolean): Style {
  const parts = Object.entries(style).flatMap(([key, part]) => {
    if (key === 'color' && typeof part === 'object') {
      const { by, classes, other } = part as Exclude<ColorRule, string>;
      const shown = Object.entries(classes).filter(([value]) => !isWithheld(by, value));
      return [[key, { by, classes: Object.fromEntries(shown), other }]];
    }
    if (!isWhen(part)) return [[key, part]];
    const values = part.values.filter((value) => !isWithheld(part.field, value));
    return values.length === 0 ? [] : [[key, { ...part, values }]];
  });
  return Object.fromEntries(parts) as Style;
}
