import type { LayerSpecification, SourceSpecification, StyleSpecification } from '@maplibre/maplibre-gl-style-spec';

/** A PMTiles archive that takes the place of a source's tiles. */
export interface OfflineArchive {
  /** Where it lies: relative to the style, or a URL. */
  readonly path: string;
  /** Credit shown on the map: the archive's tiles no longer come with a TileJSON that has it. */
  readonly attribution: string;
  /** Of its tiles; between and beyond them a map stretches the last. */
  readonly minzoom: number;
  readonly maxzoom: number;
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
  const layers = style.layers
    .filter((layer) => isDrawn(layer, sources))
    .map((layer) => ('source' in layer ? withResolutions(layer, archives[layer.source]) : layer));
  return { ...style, sources, layers };
}

/** Beyond the archive's last zoom its tiles are stretched, and their hexagons with them. */
function withResolutions<Spec extends LayerSpecification>(layer: Spec, archive: OfflineArchive | undefined): Spec {
  const metadata = layer.metadata as { 'azalai:resolutions'?: readonly number[] } | undefined;
  const byZoom = metadata?.['azalai:resolutions'];
  if (!byZoom || !archive) return layer;
  const last = byZoom[archive.maxzoom] as number;
  const resolutions = byZoom.map((resolution, z) => (z > archive.maxzoom ? last : resolution));
  return { ...layer, metadata: { ...metadata, 'azalai:resolutions': resolutions } };
}

/** Tile addresses are the archive's own; so are the zooms. The rest of the source stays. */
function fromArchive(
  { promoteId }: Extract<SourceSpecification, { type: 'vector' }>,
  { path, attribution, minzoom, maxzoom }: OfflineArchive,
): SourceSpecification {
  const url = `pmtiles://${path}`;
  return { type: 'vector', url, attribution, minzoom, maxzoom, ...(promoteId !== undefined && { promoteId }) };
}

function isDrawn(layer: LayerSpecification, sources: Readonly<Record<string, unknown>>): boolean {
  return !('source' in layer) || layer.source in sources;
}
