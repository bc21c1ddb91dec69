import type { ColorRule, Field, Layer, Style } from '../server/core/layer.ts';
import { COUNT_RAMP, OTHER_COLOR, PALETTE } from '../server/core/palette.ts';

/** Changes of how a layer is drawn. Pure. */

/** More than these, nobody tells apart. */
const MOST_CLASSES = PALETTE.length;

/** The fields by whose values records can be coloured: closed lists that are not too long. */
export function classedFields({ fields }: Pick<Layer, 'fields'>): readonly Field[] {
  return fields.filter(
    ({ type, values }) => type === 'string' && values !== undefined && values.length <= MOST_CLASSES,
  );
}

/** Colours by the values of a field, each of its own, or all records alike. Values that have a colour already keep it. */
export function colorsBy(field: Field | null, color: ColorRule): ColorRule {
  const first = typeof color === 'string' ? color : (Object.values(color.classes)[0] ?? PALETTE[0]);
  if (!field) return first as string;
  const known = typeof color === 'object' && color.by === field.name ? color.classes : {};
  const classes = (field.values ?? []).map(({ value }, at) => [value, known[value] ?? PALETTE[at % PALETTE.length]]);
  return { by: field.name, classes: Object.fromEntries(classes), other: OTHER_COLOR };
}

/** The colours of the palette, in its order, for the classes that there are. */
export function withPalette(color: ColorRule): ColorRule {
  if (typeof color === 'string') return PALETTE[0] as string;
  const classes = Object.keys(color.classes).map((value, at) => [value, PALETTE[at % PALETTE.length]]);
  return { ...color, classes: Object.fromEntries(classes), other: OTHER_COLOR };
}

/** The colour of a value, of all others (null), or of all records. */
export function withColor(color: ColorRule, value: string | null, to: string): ColorRule {
  const next = to.toLowerCase();
  if (typeof color === 'string') return next;
  if (value === null) return { ...color, other: next };
  return { ...color, classes: { ...color.classes, [value]: next } };
}

/** Points one by one, or counted in hexagons. */
export function drawnAs(style: Style, type: 'circle' | 'hexagons'): Style {
  const zooms = {
    ...(style.minzoom === undefined ? {} : { minzoom: style.minzoom }),
    ...(style.maxzoom === undefined ? {} : { maxzoom: style.maxzoom }),
  };
  if (type === 'hexagons') return { type, ramp: [...COUNT_RAMP], ...zooms };
  return { type, color: PALETTE[0] as string, radius: 5, shape: 'circle', uncertainty: true, ...zooms };
}
