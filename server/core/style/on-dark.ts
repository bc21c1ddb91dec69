import type { ColorRule, Layer, Style } from '../layer.ts';
import type { LegendEntry } from '../legend.ts';
import { fromOklch, toOklch } from '../oklch.ts';
import type { Theme } from '../theme.ts';

/**
 * The catalogue names each colour once, for light ground. On dark ground a colour keeps its hue and gets another
 * lightness, by rules that leave apart what was apart: test/unit/core/palette.test.ts.
 */

const between = (low: number, high: number, share: number) => low + (high - low) * Math.max(0, Math.min(1, share));

/** Of records: light enough to stand out, and still in the order of their lightness; greys and black turn round. */
function markOnDark(color: string): string {
  const { l, c, h } = toOklch(color);
  const isGrey = c < 0.03;
  return fromOklch({ l: isGrey ? between(0.95, 0.62, (l - 0.3) / 0.45) : between(0.57, 0.93, (l - 0.3) / 0.5), c, h });
}

/** Lightness from which a colour is next to nothing on light ground. */
const PALE = 0.86;

/** What is next to nothing on light ground is so on dark ground, and what stands out there stands out here. */
function fadingOnDark(color: string): string {
  const { l, c, h } = toOklch(color);
  return fromOklch({ l: between(0.36, 0.78, (0.95 - l) / 0.5), c, h });
}

/** Classes that fade into the ground, as those of hot and cold about neither do, go on doing so; others are marks. */
const marksOnDark = (colors: readonly string[]): ((color: string) => string) =>
  colors.some((color) => toOklch(color).l >= PALE) ? fadingOnDark : markOnDark;

const classColors = (rule: ColorRule): readonly string[] =>
  typeof rule === 'string' ? [] : Object.values(rule.classes);

/** Of the land, whose lightest part stays the lightest. */
function landOnDark(color: string): string {
  const { l, c, h } = toOklch(color);
  return fromOklch({ l: between(0.2, 0.31, (l - 0.85) / 0.14), c: c * 0.6, h });
}

/** Of rivers, roads, boundaries and names: as far from the land as they were. */
function sceneryOnDark(color: string): string {
  const { l, c, h } = toOklch(color);
  return fromOklch({ l: between(0.36, 0.9, (0.9 - l) / 0.6), c: c * 0.8, h });
}

/** From light to dark becomes from dark to light: the least is nearest to the ground on both. */
export function rampOnDark(ramp: readonly string[]): string[] {
  const lightness = ramp.map((color) => toOklch(color).l);
  const [first = 0, last = 0] = [lightness[0], lightness.at(-1)];
  const [low, high] = [Math.min(...lightness), Math.max(...lightness)];
  const turned = first > last ? ramp.toReversed() : [...ramp];
  return turned.map((color) => {
    const { l, c, h } = toOklch(color);
    return fromOklch({ l: high === low ? 0.7 : between(0.42, 0.92, (l - low) / (high - low)), c, h });
  });
}

function ruleOnDark(rule: ColorRule, change: (color: string) => string): ColorRule {
  if (typeof rule === 'string') return change(rule);
  const classes = Object.fromEntries(Object.entries(rule.classes).map(([value, color]) => [value, change(color)]));
  return { by: rule.by, classes, other: change(rule.other) };
}

/** A colour of records as it is drawn on the ground of a theme. #rrggbb */
export const markOnGround = (color: string, theme: Theme): string => (theme === 'light' ? color : markOnDark(color));

/** Whoever draws records has their look on the ground of a theme. */
export function markStyleOnGround<S extends Style>(style: S, theme: Theme): S {
  if (theme === 'light' || !('color' in style)) return style;
  return { ...style, color: ruleOnDark(style.color, marksOnDark(classColors(style.color))) };
}

/** The layer as it is drawn on the ground of a theme. */
export function onGround(layer: Layer, theme: Theme): Layer {
  if (theme === 'light') return layer;
  const { style } = layer;
  if (style.type === 'hexagons') return { ...layer, style: { ...style, ramp: rampOnDark(style.ramp) } };
  if (layer.group !== 'base') return { ...layer, style: markStyleOnGround(style, theme) };
  const change = isLand(layer, style) ? landOnDark : sceneryOnDark;
  return { ...layer, style: { ...style, color: ruleOnDark(style.color, change) } as Style };
}

const isLand = (layer: Layer, style: Style) => layer.geometry === 'polygon' && style.type === 'fill' && !style.outline;

/** A legend as the map is drawn on the ground of a theme. `group`: of the layer. */
export function legendOnGround(
  entries: readonly LegendEntry[],
  theme: Theme,
  group: Layer['group'],
): readonly LegendEntry[] {
  if (theme === 'light') return entries;
  const classes = entries.flatMap(({ value, swatch }) =>
    value !== undefined && 'color' in swatch ? [swatch.color] : [],
  );
  const mark = marksOnDark(classes);
  const ramp = rampOnDark(entries.flatMap(({ swatch }) => (swatch.type === 'hexagon' ? [swatch.color] : [])));
  return entries.map((entry) => {
    const { swatch } = entry;
    if (swatch.type === 'caption') return entry;
    if (swatch.type === 'hexagon') return { ...entry, swatch: { ...swatch, color: ramp.shift() ?? swatch.color } };
    const change = group === 'base' ? (swatch.type === 'area' ? landOnDark : sceneryOnDark) : mark;
    return { ...entry, swatch: { ...swatch, color: change(swatch.color) } };
  });
}
