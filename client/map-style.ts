import type { StyleSpecification } from '@maplibre/maplibre-gl-style-spec';
import { datetimeOf } from './api.ts';
import type { TimeWindow } from './url.ts';

/** What the page asks of the style that the server made; pure. */

const DAY = 86_400_000;
/** Finest tiles of records, as the server's TileJSON says; hexagons name their own in the style. */
const RECORDS_MAXZOOM = 12;
const TILE_PATH = '/{z}/{x}/{y}.mvt';
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

/**
 * The sources whose tiles the server must count for the window: those that may hold hexagons. Their addresses are those
 * of their TileJSON without the generation: a window is counted on what is published now.
 */
function countedByServer(style: StyleSpecification, pointZoom: (layer: string) => number): Map<string, string> {
  const counted = new Map<string, string>();
  for (const layer of style.layers) {
    const id = layerOf(layer);
    if (id === undefined || !layer.id.endsWith(':hexagon') || !('source' in layer) || !layer.source) continue;
    const source = style.sources[layer.source];
    if (source?.type !== 'vector' || !source.url) continue;
    const isOwn = /\/hexes\/[^/]+$/.test(source.url);
    if (isOwn || pointZoom(id) > 0) counted.set(layer.source, source.url.replace(/\.json(\?.*)?$/, TILE_PATH));
  }
  return counted;
}

export const layerOf = (layer: { metadata?: unknown }): string | undefined =>
  (layer.metadata as Record<string, unknown> | undefined)?.['azalai:layer'] as string | undefined;

export const isPicked = (layer: { metadata?: unknown }): boolean =>
  (layer.metadata as Record<string, unknown> | undefined)?.['azalai:pick'] === true;

/** The server's style as the reader has set it: layers switched on, window, hexagons of that window. */
export function dress(
  style: StyleSpecification,
  visible: ReadonlySet<string>,
  window: TimeWindow,
  pointZoom: (layer: string) => number,
): StyleSpecification {
  const { from, to } = clockOf(window);
  const counted = countedByServer(style, pointZoom);
  return {
    ...style,
    state: { ...style.state, from: { default: from }, to: { default: to } },
    sources: Object.fromEntries(
      Object.entries(style.sources).map(([name, source]) => [
        name,
        source.type === 'vector' && counted.has(name)
          ? {
              type: 'vector' as const,
              tiles: timedTiles([counted.get(name) ?? ''], window),
              maxzoom: source.maxzoom ?? RECORDS_MAXZOOM,
            }
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
