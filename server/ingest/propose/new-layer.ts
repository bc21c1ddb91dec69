import type { Field, Layer, Localized } from '../../core/layer.ts';
import { OTHER_COLOR, PALETTE } from '../../core/palette.ts';

export type NewLayer = Omit<Layer, 'data'>;

export const both = (text: string): Localized => ({ en: text, fr: text });

/** A field of both languages. */
export const field = (name: string, type: Field['type'], en: string, fr: string, more: Partial<Field> = {}): Field => ({
  name,
  type,
  title: { en, fr },
  tile: false,
  ...more,
});

/** A colour for each value of a field that has a closed list. */
export function colorsOf(by: Field): { by: string; classes: Record<string, string>; other: string } {
  const classes = Object.fromEntries(
    (by.values ?? []).map(({ value }, at) => [value, PALETTE[at % PALETTE.length] as string]),
  );
  return { by: by.name, classes, other: OTHER_COLOR };
}

/** How records of a geometry are drawn when nobody has said it. */
export function plainStyle(geometry: Layer['geometry'], kind: Field | undefined, label?: string): Layer['style'] {
  const color = kind ? colorsOf(kind) : (PALETTE[0] as string);
  const more = label ? { label: { field: label, minzoom: geometry === 'polygon' ? 5 : 8 } } : {};
  switch (geometry) {
    case 'point':
      return { type: 'circle', color, radius: 5, shape: 'circle', uncertainty: true, ...more };
    case 'line':
      return { type: 'line', color, width: 2, arrows: false, ...more };
    case 'polygon':
      return { type: 'fill', color, opacity: 0.35, outline: true, ...more };
  }
}

/** Lists and draws above the base map; what is small goes above what is large. */
export const ORDER: Readonly<Record<Layer['geometry'], number>> = { point: 15, line: 65, polygon: 85 };
