import type { SourceSpecification } from '@maplibre/maplibre-gl-style-spec';
import { MAX_RESOLUTION, resolutionForZoom } from '../hex.ts';
import type { Language, Layer } from '../layer.ts';

/** The zoom from which hexagons do not get smaller: tiles beyond it would repeat it. */
const HEXAGON_MAXZOOM =
  Array.from({ length: 23 }, (_, z) => z).find((z) => resolutionForZoom(z) === MAX_RESOLUTION) ?? 11;

/**
 * The source that a layer is read from. What is on when the map opens comes in one composite tile for the base map and
 * one for the records: two requests a tile place, whatever the number of layers. What is off has a source of its own and
 * costs nothing until it is switched on.
 */
export function sourceOf(layer: Layer): string {
  if (layer.style.type === 'hexagons' || !layer.visible) return layer.id;
  return layer.group === 'base' ? 'base-map' : 'records';
}

export interface SourceOptions {
  readonly language: Language;
  /** Without a slash at its end. */
  readonly baseUrl: string;
}

/** The style's sources. */
export function toSources(
  layers: readonly Layer[],
  { language, baseUrl }: SourceOptions,
): Record<string, SourceSpecification> {
  const sources: Record<string, SourceSpecification> = {};
  const composites = new Map<string, string[]>();
  for (const layer of layers) {
    const name = sourceOf(layer);
    if (layer.style.type === 'hexagons') {
      const url = `${baseUrl}/hexes/${layer.id}.json?lang=${language}`;
      sources[name] = { type: 'vector', url, maxzoom: HEXAGON_MAXZOOM };
    } else composites.set(name, [...(composites.get(name) ?? []), layer.id]);
  }
  for (const [name, ids] of composites) {
    sources[name] = { type: 'vector', url: `${baseUrl}/tiles/${ids.join(',')}.json?lang=${language}` };
  }
  return sources;
}
