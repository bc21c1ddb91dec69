import type { LayerSpecification, SourceSpecification, StyleSpecification } from '@maplibre/maplibre-gl-style-spec';

/** A PMTiles archive that takes the place of a source's tiles. */
export interface OfflineArchive {
  /** Where it lies: relative to the style, or a URL. */
  readonly path: string;
  /** Credit shown on the map: the archive's tiles no longer come with a TileJSON that has it. */
  readonly attribution: string;
}

/**
 * The style of a map that is read from archives, by the protocol that the pmtiles library adds to MapLibre:
 * https://docs.protomaps.com/pmtiles/maplibre. A source without an archive has nothing to show; it goes, and with it
 * the style's layers that are drawn from it.
 */
export function toOfflineStyle(
  style: StyleSpecification,
  archives: Readonly<Record<string, OfflineArchive>>,
): StyleSpecification {
  const sources = Object.fromEntries(
    Object.entries(style.sources).flatMap(([name, source]) => {
      const archive = archives[name];
      return archive && source.type === 'vector' ? [[name, fromArchive(source, archive)]] : [];
    }),
  );
  return { ...style, sources, layers: style.layers.filter((layer) => isDrawn(layer, sources)) };
}

/** Tile addresses and zooms are the archive's own; the rest of the source stays. */
function fromArchive(
  { promoteId }: Extract<SourceSpecification, { type: 'vector' }>,
  { path, attribution }: OfflineArchive,
): SourceSpecification {
  return { type: 'vector', url: `pmtiles://${path}`, attribution, ...(promoteId !== undefined && { promoteId }) };
}

function isDrawn(layer: LayerSpecification, sources: Readonly<Record<string, unknown>>): boolean {
  return !('source' in layer) || layer.source in sources;
}
