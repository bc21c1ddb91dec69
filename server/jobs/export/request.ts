import type { Bbox } from '../../core/bbox.ts';
import type { PublishedLayer } from '../../core/catalogue.ts';
import type { Localized } from '../../core/layer.ts';
import { toTileJson } from '../../core/tilejson.ts';
import { type Family, toMetadata } from '../../encode/pmtiles/metadata.ts';
import type { Filter } from '../../query/filter.ts';

export interface ExportRequest {
  /** Records of the layers together in each tile, or the hexagons of one layer. */
  readonly family: Family;
  readonly layers: readonly PublishedLayer[];
  /** In the order of `layers`. */
  readonly filters: readonly Filter[];
  readonly minzoom: number;
  readonly maxzoom: number;
  /** Only tiles that meet it; absent: wherever there is something. */
  readonly area?: Bbox | undefined;
  /** What the archive says of itself; see `toMetadata`. */
  readonly metadata: ReturnType<typeof toMetadata>;
}

export interface ExportWish extends Pick<ExportRequest, 'family' | 'layers' | 'filters' | 'minzoom' | 'area'> {
  /** Absent: as far as the server's tilesets go. */
  readonly maxzoom: number | undefined;
  /** What the filters are, as the person who exports wrote it. */
  readonly datetime: string | undefined;
  readonly filter: string | undefined;
}

/** Completes a wish: the last zoom, and what the archive will say of itself. */
export function toExportRequest(wish: ExportWish, disclaimer: Localized, now: Date): ExportRequest {
  const { family, layers, filters, minzoom, area, datetime, filter } = wish;
  const maxzoom = wish.maxzoom ?? Math.max(minzoom, toTileJson(layers, '', 'en').maxzoom);
  const metadata = toMetadata({ family, layers, exportedAt: now.toISOString(), datetime, filter, disclaimer });
  return { family, layers, filters, minzoom, maxzoom, area, metadata };
}
