import type { StyleSpecification } from '@maplibre/maplibre-gl-style-spec';
import { windowedState } from '../../server/core/style/hexagon-count.ts';
import type { ClassRule } from '../layer-classes.ts';
import { clockOf, layerOf } from '../map-style.ts';
import { stacked } from '../stack.ts';
import type { TimeWindow } from '../url.ts';
import { withoutClasses } from './class-filter.ts';
import { RECORDS_MAXZOOM } from './filtered-sources.ts';
import { hexagonLayers } from './hexagon-layers.ts';
import { seenThrough } from './seen-through.ts';

/** How the reader has set the map. */
export interface Dressing {
  readonly visible: ReadonlySet<string>;
  readonly window: TimeWindow;
  /** Addresses of the tiles of a source with hexagons; undefined: those of its TileJSON. */
  readonly tilesOf: (source: string) => readonly string[] | undefined;
  /** Layers whose hexagons the page counts. */
  readonly isWindowed: (layer: string) => boolean;
  /** From 0 to 1; absent: as the server has them. */
  readonly opacityOf?: (layer: string) => number;
  /** What remains of the classes of its legend. */
  readonly rulesOf?: (layer: string) => readonly ClassRule[];
  /** Uppermost first; null: as the server has it. */
  readonly order?: readonly string[] | null;
}

/** The server's style as the reader has set it: layers switched on, window, how hexagons are counted, what lies on what. */
export function dress(style: StyleSpecification, dressing: Dressing): StyleSpecification {
  const { visible, window, tilesOf, isWindowed } = dressing;
  const { opacityOf = () => 1, rulesOf = () => [], order = null } = dressing;
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
    layers: stacked(style.layers, order).map((layer) => {
      const id = layerOf(layer);
      if (id === undefined) return layer;
      const set = seenThrough(withoutClasses(layer, id, rulesOf(id)), opacityOf(id));
      return { ...set, layout: { ...set.layout, visibility: visible.has(id) ? 'visible' : 'none' } } as typeof layer;
    }),
  };
}
