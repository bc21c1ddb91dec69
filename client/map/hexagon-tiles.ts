import type { StyleSpecification } from '@maplibre/maplibre-gl-style-spec';
import { type DescribedLayers, hexagonLayers } from './hexagon-layers.ts';

/** The tiles of a source, as the server addresses them. */
export interface Tileset {
  /** With `{z}`, `{x}` and `{y}`, without parameters. */
  readonly address: string;
  /** Layers in the tiles, in their order. */
  readonly ids: readonly string[];
  /** CQL2 text that the tiles are narrowed by; null: nothing. */
  readonly filter: string | null;
  /** The moment as of which their records are known, ISO 8601; absent: now. */
  readonly knownAt?: string | null;
}

const TILE_PATH = '/{z}/{x}/{y}.mvt';
/** Where a TileJSON of the server lies; an archive's address is none. */
const TILEJSON = /^(https?:.*\/(?:tiles|hexes)\/([^/?]+))\.json(?:\?(.*))?$/;
/** The tiles of a layer with a filter, which have no TileJSON (filtered-sources.ts). */
const FILTERED = /^(https?:.*\/(?:tiles|hexes)\/([^/?]+))\/\{z\}\/\{x\}\/\{y\}\.mvt\?(.*)$/;

/** The sources that may hold hexagons and whose tiles the server can count for a window. */
export function hexagonTilesets(style: StyleSpecification, collections: DescribedLayers): Map<string, Tileset> {
  const tilesets = new Map<string, Tileset>();
  for (const { id, source: name } of hexagonLayers(style)) {
    const source = style.sources[name];
    const azalai = collections.get(id)?.azalai;
    const isDrawn = azalai && (azalai.style.type === 'hexagons' || azalai.pointZoom > 0);
    if (!isDrawn || source?.type !== 'vector') continue;
    const match = TILEJSON.exec(source.url ?? '') ?? FILTERED.exec(source.tiles?.[0] ?? '');
    if (!match) continue;
    const params = new URLSearchParams(match[3] ?? '');
    const [filter, knownAt] = [params.get('filter'), params.get('known_at')];
    tilesets.set(name, { address: `${match[1]}${TILE_PATH}`, ids: (match[2] as string).split(','), filter, knownAt });
  }
  return tilesets;
}

/**
 * Address of the tiles of the versions that the catalogue names, good for a year; of a window where the server must
 * count it.
 */
export function tileAddress(
  { address, ids, filter, knownAt = null }: Tileset,
  collections: DescribedLayers,
  datetime: string | null,
): string {
  const generations = ids.map((id) => collections.get(id)?.azalai.generation);
  const params = [
    ...(generations.includes(undefined) ? [] : [`generation=${generations.join('.')}`]),
    ...(datetime ? [`datetime=${datetime}`] : []),
    ...(filter === null ? [] : [`filter=${encodeURIComponent(filter)}`]),
    ...(knownAt === null ? [] : [`known_at=${encodeURIComponent(knownAt)}`]),
  ];
  return params.length > 0 ? `${address}?${params.join('&')}` : address;
}
