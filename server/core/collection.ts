import type { PublishedLayer } from './catalogue.ts';
import { recordFields } from './layer.ts';
import { type LegendEntry, toLegend } from './legend.ts';

/** A link as in OGC API Common. */
export interface Link {
  readonly href: string;
  readonly rel: string;
  readonly type: string;
  readonly title?: string;
}

const CRS84 = 'http://www.opengis.net/def/crs/OGC/1.3/CRS84';

/** A collection of OGC API Features, with what this server's own page needs in the member `azalai`. */
export function toCollection(layer: PublishedLayer, base: string) {
  const self = `${base}/collections/${layer.id}`;
  const { bbox, interval } = layer;
  const { title, description, group, role, order, visible, nature, geometry, time, kind, measures, handling } = layer;
  const { provenance, sources, licence, attribution, style, count, generation } = layer;
  const { pointZoom, seriesResolution } = layer.prepared;
  const links: Link[] = [
    { href: self, rel: 'self', type: 'application/json', title: title.en },
    { href: `${self}/items`, rel: 'items', type: 'application/geo+json', title: `${title.en}: records` },
    { href: `${base}/tiles/${layer.id}.json`, rel: 'tilejson', type: 'application/json', title: `${title.en}: tiles` },
    ...(licence.url ? [{ href: licence.url, rel: 'license', type: 'text/html', title: licence.name }] : []),
  ];
  const legend: readonly LegendEntry[] = toLegend(layer);
  return {
    id: layer.id,
    title: title.en,
    description: description.en,
    attribution: attribution.en,
    extent: {
      ...(bbox ? { spatial: { bbox: [[bbox.west, bbox.south, bbox.east, bbox.north]], crs: CRS84 } } : {}),
      ...(interval ? { temporal: { interval: [[interval.from, interval.to]] } } : {}),
    },
    itemType: 'feature',
    crs: [CRS84],
    links,
    azalai: {
      ...{ title, description, group, role, order, visible, nature, geometry, time, kind, measures, handling },
      ...{ provenance, sources, licence, attribution, style, count, generation, legend },
      ...{ pointZoom, seriesResolution },
      fields: recordFields(layer),
    },
  };
}
