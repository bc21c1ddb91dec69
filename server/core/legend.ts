import type { ColorRule, Layer, Localized, Style, When } from './layer.ts';
import type { Prepared } from './prepared.ts';
import { hexagonClasses, MANY_POINTS, type Scale } from './style/hexagon-scale.ts';

/** What stands beside a line of the legend. Colours are #rrggbb; sizes are the client's. */
export type Swatch =
  | { readonly type: 'point'; readonly color: string; readonly shape: Extract<Style, { type: 'circle' }>['shape'] }
  | { readonly type: 'line'; readonly color: string; readonly dashed: boolean; readonly arrow: boolean }
  | {
      readonly type: 'area';
      readonly color: string;
      readonly opacity: number;
      readonly hatch: 'none' | 'hatch' | 'crosshatch';
    }
  | { readonly type: 'hexagon'; readonly color: string }
  | { readonly type: 'text'; readonly color: string }
  /** A line of text only, above what follows. */
  | { readonly type: 'caption' };

export interface LegendEntry {
  readonly label: Localized;
  readonly swatch: Swatch;
  /** The value of `field` that the entry stands for; absent when it stands for all records. */
  readonly value?: string;
  readonly field?: string;
}

/** Says how a treatment looks where no colour can: it applies to every colour. */
const INK = '#5b6770';

/**
 * What a reader needs to decode the layer on the map, in the order in which it is listed. Points that are hexagons from
 * afar have both: first the records' classes, then the hexagons'; the map shows one or the other.
 */
export function toLegend(layer: Layer & { readonly prepared?: Prepared }): LegendEntry[] {
  const { style } = layer;
  switch (style.type) {
    case 'circle':
      return [
        ...byClass(layer, style.color, (color) => ({ type: 'point', color, shape: style.shape })),
        ...((layer.prepared?.pointZoom ?? 0) > 0 ? hexagonEntries(layer, MANY_POINTS) : []),
      ];
    case 'line': {
      const swatch =
        (dashed: boolean) =>
        (color: string): Swatch => ({ type: 'line', color, dashed, arrow: style.arrows });
      return [...byClass(layer, style.color, swatch(false)), ...treated(layer, style.dash, swatch(true)(INK))];
    }
    case 'fill': {
      const swatch =
        (hatch: 'none' | 'hatch' | 'crosshatch') =>
        (color: string): Swatch => ({
          type: 'area',
          color,
          opacity: style.opacity,
          hatch,
        });
      return [
        ...byClass(layer, style.color, swatch('none')),
        ...treated(layer, style.hatch, swatch('hatch')(INK)),
        ...treated(layer, style.crosshatch, swatch('crosshatch')(INK)),
      ];
    }
    case 'hexagons':
      return hexagonEntries(layer, style);
    case 'label':
      return [{ label: layer.title, swatch: { type: 'text', color: style.color } }];
  }
}

function byClass(layer: Layer, rule: ColorRule, swatch: (color: string) => Swatch): LegendEntry[] {
  if (typeof rule === 'string') return [{ label: layer.title, swatch: swatch(rule) }];
  return Object.entries(rule.classes).map(([value, color]) => ({
    label: titleOf(layer, rule.by, value),
    swatch: swatch(color),
    field: rule.by,
    value,
  }));
}

function treated(layer: Layer, when: When | undefined, swatch: Swatch): LegendEntry[] {
  if (!when) return [];
  return when.values.map((value) => ({ label: titleOf(layer, when.field, value), swatch, field: when.field, value }));
}

/** The value's title in the layer's field, or the value itself. */
function titleOf(layer: Layer, fieldName: string, value: string): Localized {
  const field = layer.fields.find(({ name }) => name === fieldName);
  return field?.values?.find((known) => known.value === value)?.title ?? { en: value, fr: value };
}

/** A caption that says what is counted (and that it is modelled, where it is), then the classes with their numbers. */
function hexagonEntries(layer: Layer, scale: Scale): LegendEntry[] {
  const modelled = layer.nature === 'modelled';
  const caption: LegendEntry = {
    label: {
      en: modelled ? 'Modelled records per hexagon' : 'Records per hexagon',
      fr: modelled ? 'Fiches modélisées par hexagone' : 'Fiches par hexagone',
    },
    swatch: { type: 'caption' },
  };
  const classes = hexagonClasses(scale).filter(({ from }) => Number.isFinite(from));
  const steps = classes.map(({ from, color }, index): LegendEntry => {
    const text = rangeText(from, classes[index + 1]?.from);
    return { label: { en: text, fr: text }, swatch: { type: 'hexagon', color } };
  });
  return [caption, ...steps];
}

/** Whole counts from `from` up to but not including `next`. */
function rangeText(from: number, next: number | undefined): string {
  if (next === undefined) return `${from}+`;
  return next - 1 <= from ? `${from}` : `${from}–${next - 1}`;
}
