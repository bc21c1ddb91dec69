import type { StyleSpecification } from '@maplibre/maplibre-gl-style-spec';
import { windowedState } from '../../server/core/style/hexagon-count.ts';
import { clockOf, layerOf } from '../map-style.ts';
import type { TimeWindow } from '../url.ts';
import { hexagonLayers } from './hexagon-layers.ts';

/** Finest tiles of records, as the server's TileJSON says; hexagons name their own in the style. */
const RECORDS_MAXZOOM = 12;

/** How the reader has set the map. */
export interface Dressing {
  readonly visible: ReadonlySet<string>;
  readonly window: TimeWindow;
  /** Addresses of the tiles of a source with hexagons; undefined: those of its TileJSON. */
  readonly tilesOf: (source: string) => readonly string[] | undefined;
  /** Layers whose hexagons the page counts. */
  readonly isWindowed: (layer: string) => boolean;
}

/** The server's style as the reader has set it: layers switched on, window, how hexagons are counted. */
export function dress(
  style: StyleSpecification,
  { visible, window, tilesOf, isWindowed }: Dressing,
): StyleSpecification {
  const { from, to } = clockOf(window);
  const hexagons = hexagonLayers(style).map(({ id }) => [windowedState(id), { default: isWindowed(id) }]);
  return {
    ...style,
    state: { ...style.state, from: { default: from }, to: { default: to }, ...Object.fromEntries(hexagons) },
    sources: Object.fromEntries(
      Object.entries(style.sources).map(([name, source]) => {
        const tiles = source.type === 'vector' ? tilesOf(name) : undefined;
        if (!tiles || source.type !== 'vector') return [name, source];
        return [name, { type: 'vector' as const, tiles: [...tiles], maxzoom: source.maxzoom ?? RECORDS_MAXZOOM }];
      }),
    ),
    layers: style.layers.map((layer) => {
      const id = layerOf(layer);
      if (id === undefined) return layer;
      return {
        ...layer,
        layout: { ...layer.layout, visibility: visible.has(id) ? 'visible' : 'none' },
      } as typeof layer;
    }),
  };
}
