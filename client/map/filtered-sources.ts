import type { SourceSpecification, StyleSpecification } from '@maplibre/maplibre-gl-style-spec';
import { layerOf } from '../map-style.ts';
import type { DescribedLayers } from './hexagon-layers.ts';

/** Finest tiles of records, as the server's TileJSON says. */
export const RECORDS_MAXZOOM = 12;

const NOTHING = ['==', 1, 0];

/** Where the TileJSON of a source lies: the folder of its tiles. */
const TILEJSON = /^(https?:.*\/(?:tiles|hexes))\/[^/?]+\.json(?:\?(.*))?$/;

/**
 * The style with tiles of its own for each layer that has a filter: the others of a composite tile are not to be asked for
 * again. The source is called as the layer, as that of a layer is which never shared one. `filters`: CQL2 text by layer.
 * `archiveOf`: of a copy without a server, the address of the archive that a filter leaves; empty where it leaves nothing.
 */
export function withFilteredSources(
  style: StyleSpecification,
  filters: ReadonlyMap<string, string>,
  collections: DescribedLayers,
  archiveOf: (layer: string, filter: string) => string | undefined = () => undefined,
): StyleSpecification {
  if (filters.size === 0) return style;
  const sources: Record<string, SourceSpecification> = { ...style.sources };
  const made = new Set<string>();
  const layers = style.layers.map((layer) => {
    const id = layerOf(layer);
    const filter = id === undefined ? undefined : filters.get(id);
    const source = 'source' in layer ? style.sources[layer.source] : undefined;
    const archive = id === undefined || filter === undefined ? undefined : archiveOf(id, filter);
    if (archive === '') return { ...layer, filter: NOTHING } as typeof layer;
    if (id !== undefined && archive !== undefined && source?.type === 'vector') {
      sources[id] = { ...source, url: archive };
      return { ...layer, source: id } as typeof layer;
    }
    const [, folder, params = ''] = (source?.type === 'vector' && TILEJSON.exec(source.url ?? '')) || [];
    if (id === undefined || filter === undefined || folder === undefined || source?.type !== 'vector') return layer;
    if (!made.has(id)) {
      const generation = collections.get(id)?.azalai.generation;
      const known = generation === undefined ? '' : `generation=${generation}&`;
      const asOf = new URLSearchParams(params).get('known_at');
      const then = asOf === null ? '' : `&known_at=${encodeURIComponent(asOf)}`;
      const tiles = [`${folder}/${id}/{z}/{x}/{y}.mvt?${known}filter=${encodeURIComponent(filter)}${then}`];
      sources[id] = { type: 'vector', tiles, maxzoom: source.maxzoom ?? RECORDS_MAXZOOM };
      made.add(id);
    }
    return { ...layer, source: id } as typeof layer;
  });
  return { ...style, sources, layers };
}
