import type { StyleSpecification } from '@maplibre/maplibre-gl-style-spec';
import { toDayNumber } from './interval.ts';
import type { Language, Layer } from './layer.ts';
import type { MapSettings } from './map-settings.ts';
import { circleParts } from './style/circle.ts';
import { fillParts } from './style/fill.ts';
import { fontFaces } from './style/fonts.ts';
import { GROUNDS } from './style/ground.ts';
import { windowedState } from './style/hexagon-count.ts';
import { hexagonParts } from './style/hexagons.ts';
import { nameParts } from './style/label.ts';
import { lineParts } from './style/line.ts';
import { onGround } from './style/on-dark.ts';
import { type Part, type PartContext, STOREYS, type Styled } from './style/part.ts';
import { type KnownAt, sourceAsKnown, toSources } from './style/sources.ts';
import type { Theme } from './theme.ts';

export interface StyleOptions {
  readonly language: Language;
  /** Light unless said. */
  readonly theme?: Theme;
  /** Where clients find this server: scheme, host and path, with or without a slash at the end. */
  readonly publicUrl: string;
  readonly map: MapSettings;
  /** As of when the records are. Absent: now. */
  readonly knownAt?: KnownAt;
}

/**
 * A complete MapLibre style of the whole catalogue, for our client and for anyone else's.
 * `state` holds the clock: `from` and `to`, a half-open window in whole days since 1970-01-01. Hexagons count all dates
 * until a client counts for itself: style/hexagon-count.ts.
 */
export function toStyle(layers: readonly Layer[], options: StyleOptions): StyleSpecification {
  const { map, language, theme = 'light', knownAt } = options;
  const ground = GROUNDS[theme];
  const baseUrl = options.publicUrl.replace(/\/+$/, '');
  return {
    version: 8,
    name: map.title[language],
    center: [...map.center],
    zoom: map.zoom,
    metadata: { 'azalai:map': map, 'azalai:language': language, 'azalai:theme': theme },
    state: {
      from: { default: toDayNumber(map.window.from) },
      to: { default: toDayNumber(map.window.to) + 1 },
      ...Object.fromEntries(layers.filter(hasHexagons).map(({ id }) => [windowedState(id), { default: false }])),
    },
    sprite: `${baseUrl}/sprite`,
    'font-faces': fontFaces(baseUrl),
    sources: toSources(layers, { language, baseUrl, knownAt }),
    layers: [
      { id: 'background', type: 'background', paint: { 'background-color': ground.sea } },
      ...stacked(
        layers.map((layer) => onGround(layer, theme)),
        { language, ground, latitude: map.center[1] },
        knownAt,
      ),
    ],
  };
}

/** Storey by storey from the ground up; within a storey the layer that is listed first lies on top. */
function stacked(layers: readonly Layer[], context: Omit<PartContext, 'source'>, knownAt: KnownAt | undefined) {
  const lowestFirst = layers.toSorted((a, b) => b.order - a.order || b.id.localeCompare(a.id));
  const parts = lowestFirst.flatMap((layer) => partsOf(layer, { ...context, source: sourceAsKnown(layer, knownAt) }));
  return STOREYS.flatMap((storey) => parts.filter((part) => part.storey === storey).map((part) => part.spec));
}

const hasHexagons = ({ style }: Layer) => style.type === 'hexagons' || style.type === 'circle';

function partsOf(layer: Layer, context: PartContext): Part[] {
  switch (layer.style.type) {
    case 'circle':
      return circleParts(layer as Styled<'circle'>, context);
    case 'line':
      return lineParts(layer as Styled<'line'>, context);
    case 'fill':
      return fillParts(layer as Styled<'fill'>, context);
    case 'hexagons':
      return hexagonParts(layer, layer.style, context);
    case 'label':
      return nameParts(layer as Styled<'label'>, context);
  }
}
