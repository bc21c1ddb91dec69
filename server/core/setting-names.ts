import type { Style } from './layer.ts';

/** The members of a layer that a person may set when it is there. */
export const SETTING_NAMES = [
  ...(['title', 'description', 'group', 'order', 'visible', 'nature', 'handling', 'provenance'] as const),
  ...(['sources', 'licence', 'attribution', 'style'] as const),
] as const;

/** The fields that a style reads. */
export function fieldsRead(style: Style): readonly string[] {
  const color = 'color' in style && typeof style.color === 'object' ? [style.color.by] : [];
  const label = 'label' in style && style.label ? [style.label.field, style.label.field_fr, style.label.rank] : [];
  const treated = ['dash', 'hatch', 'crosshatch'].flatMap((name) => {
    const part = (style as Readonly<Record<string, unknown>>)[name];
    return typeof part === 'object' && part !== null && 'field' in part ? [String(part.field)] : [];
  });
  return [...color, ...label, ...treated].filter((name) => name !== undefined);
}
