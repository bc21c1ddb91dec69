import type { StyleSpecification } from '@maplibre/maplibre-gl-style-spec';
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

export const layerOf = (layer: { metadata?: unknown }): string | undefined =>
  (layer.metadata as Record<string, unknown> | undefined)?.['azalai:layer'] as string | undefined;

export const isPicked = (layer: { metadata?: unknown }): boolean =>
  (layer.metadata as Record<string, unknown> | undefined)?.['azalai:pick'] === true;

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
