import type { ExpressionSpecification } from '@maplibre/maplibre-gl-style-spec';
import type { ColorRule } from '../layer.ts';
import type { ColorValue } from './part.ts';

/** A rule as a style value: one colour, or one per value of a field. */
export function colorValue(rule: ColorRule): ColorValue {
  if (typeof rule === 'string') return rule;
  const classes = Object.entries(rule.classes);
  // `match` without a branch is not valid.
  if (classes.length === 0) return rule.other;
  return ['match', ['get', rule.by], ...classes.flat(), rule.other] as unknown as ExpressionSpecification;
}

/** A value for features under the pointer or chosen by it, and one for all others. */
export function whenActive<T extends string | number>(
  selected: T,
  hovered: T,
  otherwise: unknown,
): ExpressionSpecification {
  return [
    'case',
    ['boolean', ['feature-state', 'selected'], false],
    selected,
    ['boolean', ['feature-state', 'hover'], false],
    hovered,
    otherwise,
  ] as unknown as ExpressionSpecification;
}

/** Pixels at zoom 6, a little less when far and more when near. */
export function growing(atSix: number | ExpressionSpecification): ExpressionSpecification {
  const times = (factor: number) => (typeof atSix === 'number' ? atSix * factor : ['*', factor, atSix]);
  return [
    'interpolate',
    ['linear'],
    ['zoom'],
    3,
    times(0.65),
    6,
    times(1),
    12,
    times(1.7),
  ] as unknown as ExpressionSpecification;
}

/** The colour mixed with black (amount < 0) or white (amount > 0). */
export function shade(color: string, amount: number): string {
  const target = amount < 0 ? 0 : 255;
  const channels = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));
  const mixed = channels.map((channel) => Math.round(channel + (target - channel) * Math.abs(amount)));
  return `#${mixed.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}

/** `shade` on every colour of a rule. */
export function shadeRule(rule: ColorRule, amount: number): ColorRule {
  if (typeof rule === 'string') return shade(rule, amount);
  const classes = Object.fromEntries(
    Object.entries(rule.classes).map(([value, color]) => [value, shade(color, amount)]),
  );
  return { by: rule.by, classes, other: shade(rule.other, amount) };
}
