import type { ExpressionSpecification, SymbolLayerSpecification } from '@maplibre/maplibre-gl-style-spec';
import { type ColorRule, type Layer, labelLayerName, type Style } from '../layer.ts';
import { colorValue, growing, shadeRule } from './color.ts';
import { filtered } from './filter.ts';
import { ITALIC, REGULAR, SEMIBOLD } from './fonts.ts';
import { common, type Part, type PartContext, type Styled, visibility } from './part.ts';
import { FULL_SIZE } from './small.ts';

type Label = Extract<Style, { type: 'label' }>['label'];

interface Placement {
  /** Of what it names; the text takes a darker tone of it. */
  readonly color: ColorRule;
  /** Along the line rather than at one point. */
  readonly along?: boolean;
  /** Beside a marker of this radius in pixels. */
  readonly beside?: number;
  /** With a dot of its own, which is drawn only where the name is. */
  readonly dot?: boolean;
}

/** The field in the reader's language, or the other where that one is empty. */
function textField(label: Label, context: PartContext): ExpressionSpecification {
  if (context.language === 'fr' && label.field_fr) {
    return ['coalesce', ['get', label.field_fr], ['get', label.field], ''];
  }
  return ['coalesce', ['get', label.field], ''];
}

/** Areas of the base map: those with a rank are countries, the others lie within them. */
const isCountry = (layer: Layer, label: Label) => layer.geometry === 'polygon' && label.rank !== undefined;

function fontOf(layer: Layer, label: Label): string {
  if (layer.role === 'rivers') return ITALIC;
  return layer.group === 'base' && isCountry(layer, label) ? SEMIBOLD : REGULAR;
}

/** How far the name stands out from the colour of what it names: towards black on light ground, white on dark. */
function standsOut(layer: Layer, label: Label): number {
  if (layer.group !== 'base') return 0.5;
  if (layer.geometry === 'polygon') return isCountry(layer, label) ? 0.55 : 0.3;
  return layer.geometry === 'line' ? 0.35 : 0;
}

/** A name; of two that do not fit, the one of lower `rank` stays. */
export function labelPart(layer: Layer, context: PartContext, label: Label, placement: Placement): Part {
  const isBase = layer.group === 'base';
  const isArea = layer.geometry === 'polygon';
  const spec: SymbolLayerSpecification = {
    ...common(layer, context, 'label'),
    ...(isArea && { 'source-layer': labelLayerName(layer.id) }),
    ...(label.minzoom !== undefined && { minzoom: label.minzoom }),
    type: 'symbol',
    layout: {
      ...visibility(layer),
      'text-field': textField(label, context),
      'text-font': [fontOf(layer, label)],
      'text-size': growing(sizeOf(layer, label)),
      'text-max-width': 8,
      'text-padding': isBase ? 6 : 3,
      ...(label.rank !== undefined && { 'symbol-sort-key': ['coalesce', ['get', label.rank], 99] }),
      ...(placement.along && { 'symbol-placement': 'line', 'symbol-spacing': 320, 'text-max-angle': 30 }),
      ...(isArea &&
        isBase && {
          'text-letter-spacing': isCountry(layer, label) ? 0.16 : 0.08,
          'text-transform': 'uppercase',
        }),
      ...(placement.beside !== undefined && {
        'text-variable-anchor': ['top', 'bottom', 'left', 'right'],
        'text-radial-offset': 0.35 + placement.beside / 12,
        'text-justify': 'auto',
      }),
      ...(placement.dot && { 'icon-image': 'dot', 'icon-size': growing(1) }),
    },
    ...filtered(
      layer,
      ...(layer.geometry === 'line' ? [FULL_SIZE] : []),
      ...(label.rank === undefined ? [] : [isDue(label.rank, isArea)]),
    ),
    paint: {
      'text-color': colorValue(shadeRule(placement.color, standsOut(layer, label) * context.ground.away)),
      'text-halo-color': context.ground.halo,
      'text-halo-width': 1.4,
      ...(placement.dot && {
        'icon-color': colorValue(placement.color),
        'icon-halo-color': context.ground.casing,
        'icon-halo-width': 1,
      }),
    },
  };
  return { storey: isBase ? 'names' : 'labels', spec };
}

/** Pixels at zoom 6: by rank where there is one. */
function sizeOf(layer: Layer, label: Label): number | ExpressionSpecification {
  const base = layer.group === 'base' ? 12 : 11;
  if (label.rank === undefined) return layer.group === 'base' && layer.geometry === 'polygon' ? 10.5 : base;
  return ['interpolate', ['linear'], ['coalesce', ['get', label.rank], 5], 0, base + 2.5, 2, base + 0.5, 6, base - 1];
}

/**
 * The lesser a name, the nearer the map must be: rank 2 from zoom 4.5, then one more rank for every zoom and a half.
 * Names of areas have room a zoom and a half sooner.
 */
function isDue(rank: string, isArea: boolean): ExpressionSpecification {
  const steps = isArea ? [1, 3, 2, 4.5, 3, 6, 99] : [1, 4.5, 2, 6, 3, 7.5, 4, 9, 99];
  return ['<=', ['coalesce', ['get', rank], 0], ['step', ['zoom'], ...steps]] as unknown as ExpressionSpecification;
}

/** A layer that is only names, with a dot for each place. */
export function nameParts(layer: Styled<'label'>, context: PartContext): Part[] {
  const { label, color } = layer.style;
  const isPlace = layer.geometry === 'point';
  return [labelPart(layer, context, label, { color, ...(isPlace && { beside: 2.2, dot: true }) })];
}
