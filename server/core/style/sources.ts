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

/** A day or an instant as of which layers are shown, but for those of which nothing is kept of then: they are as now. */
export interface KnownAt {
  /** As addresses have it. */
  readonly text: string;
  readonly notKept: ReadonlySet<string>;
}

/** The source that a layer is read from where a moment is asked for: what is shown as now has one of its own. */
export function sourceAsKnown(layer: Layer, knownAt: KnownAt | undefined): string {
  return knownAt?.notKept.has(layer.id) ? layer.id : sourceOf(layer);
}

export interface SourceOptions {
  readonly language: Language;
  /** Without a slash at its end. */
  readonly baseUrl: string;
  readonly knownAt?: KnownAt | undefined;
}

/** The style's sources. */
export function toSources(
  layers: readonly Layer[],
  { language, baseUrl, knownAt }: SourceOptions,
): Record<string, SourceSpecification> {
  const sources: Record<string, SourceSpecification> = {};
  const composites = new Map<string, string[]>();
  const search = (isKept: boolean) =>
    `?lang=${language}${knownAt && isKept ? `&known_at=${encodeURIComponent(knownAt.text)}` : ''}`;
  const isKept = (id: string) => !knownAt?.notKept.has(id);
  for (const layer of layers) {
    const name = sourceAsKnown(layer, knownAt);
    if (layer.style.type === 'hexagons') {
      const url = `${baseUrl}/hexes/${layer.id}.json${search(isKept(layer.id))}`;
      sources[name] = { type: 'vector', url, maxzoom: HEXAGON_MAXZOOM };
    } else composites.set(name, [...(composites.get(name) ?? []), layer.id]);
  }
  for (const [name, ids] of composites) {
    const url = `${baseUrl}/tiles/${ids.join(',')}.json${search(ids.every(isKept))}`;
    sources[name] = { type: 'vector', url };
  }
  return sources;
}
