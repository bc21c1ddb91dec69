import type { StyleSpecification } from '@maplibre/maplibre-gl-style-spec';
import { datetimeOf } from './api.ts';
import type { TimeWindow } from './url.ts';

/** What the page asks of the style that the server made; pure. */

const DAY = 86_400_000;
/** Any day number of a record lies between these. */
const EVER = 1e7;

/** The window as the style's clock: half-open [from, to) in whole days since 1970-01-01. */
export function clockOf(window: TimeWindow): { from: number; to: number } {
  const day = (text: string) => Math.floor(Date.parse(`${text}T00:00:00Z`) / DAY);
  return {
    from: window.from === null ? -EVER : day(window.from),
    to: window.to === null ? EVER : day(window.to) + 1,
  };
}

/** Tile addresses of a source whose window is in the address: hexagons. */
export function timedTiles(tiles: readonly string[], window: TimeWindow): string[] {
  return tiles.map((tile) => {
    const [path = '', query = ''] = tile.split('?');
    const kept = query.split('&').filter((part) => part !== '' && !part.startsWith('datetime='));
    const datetime = datetimeOf(window);
    const params = [...kept, ...(datetime ? [`datetime=${datetime}`] : [])];
    return params.length > 0 ? `${path}?${params.join('&')}` : path;
  });
}

export const isTimed = (tiles: readonly string[] | undefined): tiles is string[] =>
  tiles?.some((tile) => tile.includes('datetime=') || tile.includes('/hexes/')) ?? false;

export const layerOf = (layer: { metadata?: unknown }): string | undefined =>
  (layer.metadata as Record<string, unknown> | undefined)?.['azalai:layer'] as string | undefined;

export const isPicked = (layer: { metadata?: unknown }): boolean =>
  (layer.metadata as Record<string, unknown> | undefined)?.['azalai:pick'] === true;

/** The server's style as the reader has set it: layers switched on, window, hexagons of that window. */
export function dress(style: StyleSpecification, visible: ReadonlySet<string>, window: TimeWindow): StyleSpecification {
  const { from, to } = clockOf(window);
  return {
    ...style,
    state: { ...style.state, from: { default: from }, to: { default: to } },
    sources: Object.fromEntries(
      Object.entries(style.sources).map(([name, source]) => [
        name,
        source.type === 'vector' && isTimed(source.tiles)
          ? { ...source, tiles: timedTiles(source.tiles, window) }
          : source,
      ]),
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

/** The catalogue layers that are read from each source. */
export function layersBySource(style: StyleSpecification): Map<string, string[]> {
  const bySource = new Map<string, Set<string>>();
  for (const layer of style.layers) {
    const id = layerOf(layer);
    if (id === undefined || !('source' in layer) || !layer.source) continue;
    bySource.set(layer.source, (bySource.get(layer.source) ?? new Set()).add(id));
  }
  return new Map([...bySource].map(([source, ids]) => [source, [...ids]]));
}
