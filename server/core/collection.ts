import type { PublishedLayer } from './catalogue.ts';
import type { Interval } from './interval.ts';
import { recordFields } from './layer.ts';
import { type LegendEntry, toLegend } from './legend.ts';

/** A link as in OGC API Common. */
export interface Link {
  readonly href: string;
  readonly rel: string;
  readonly type: string;
  readonly title?: string;
}

/** Longitude and latitude in degrees: the one reference system that items are served in. */
export const CRS84 = 'http://www.opengis.net/def/crs/OGC/1.3/CRS84';

/** Before the relations of links that OGC API registers. */
export const OGC_REL = 'http://www.opengis.net/def/rel/ogc/1.0';

/** Forms of records, by the value of `f`: of a page of items as of a whole collection. */
const FORMS = [
  ['geojsonseq', 'application/geo+json-seq', 'GeoJSON text sequence'],
  ['ndjson', 'application/x-ndjson', 'newline-delimited GeoJSON'],
  ['csv', 'text/csv', 'CSV'],
  ['fgb', 'application/flatgeobuf', 'FlatGeobuf'],
] as const;

/** Forms of whole collections; see server/encode/formats.ts. */
const EXPORTS = [
  ['geojson', 'application/geo+json', 'GeoJSON'],
  ...FORMS,
  ['gpkg', 'application/geopackage+sqlite3', 'GeoPackage'],
] as const;

/** Forms of a page of items. */
const ITEM_FORMS = [['json', 'application/geo+json'], ['html', 'text/html'], ...FORMS] as const;

/** What can be had of a collection. Its records leave as files only where their licence lets them. */
function collectionLinks({ id, title, licence }: PublishedLayer, base: string): Link[] {
  const self = `${base}/collections/${id}`;
  const link = (path: string, rel: string, type: string, what: string): Link => ({
    ...{ href: `${self}${path}`, rel, type, title: `${title.en}: ${what}` },
  });
  return [
    { href: self, rel: 'self', type: 'application/json', title: title.en },
    { href: `${self}?f=html`, rel: 'alternate', type: 'text/html', title: title.en },
    ...ITEM_FORMS.map(([f, type]) => link(f === 'json' ? '/items' : `/items?f=${f}`, 'items', type, 'records')),
    link('/queryables', `${OGC_REL}/queryables`, 'application/schema+json', 'what filters can ask of'),
    link('/schema', `${OGC_REL}/schema`, 'application/schema+json', 'what records hold'),
    // Written as GDAL compares it.
    link('/schema/feature', 'describedBy', 'application/schema+json', 'a feature'),
    link('/tiles', `${OGC_REL}/tilesets-vector`, 'application/json', 'vector tiles'),
    { href: `${base}/tiles/${id}.json`, rel: 'tilejson', type: 'application/json', title: `${title.en}: tiles` },
    link('/versions', 'version-history', 'application/json', 'versions'),
    ...(licence.redistribution
      ? EXPORTS.map(([f, type, name]) => link(`/export?f=${f}`, 'enclosure', type, `all records as ${name}`))
      : []),
    ...(licence.url ? [{ href: licence.url, rel: 'license', type: 'text/html', title: licence.name }] : []),
  ];
}

/**
 * From the first instant to the last one that belongs to it, to the millisecond: intervals of OGC API are closed, as those in
 * `datetime` are. Ours end where the next instant begins.
 */
export function toClosed({ from, to }: Interval): readonly [string | null, string | null] {
  return [from, to === null ? null : new Date(Date.parse(to) - 1).toISOString()];
}

/** A collection of OGC API Features, with what this server's own page needs in the member `azalai`. */
export function toCollection(layer: PublishedLayer, base: string) {
  const { bbox, interval } = layer;
  const { title, description, group, role, order, visible, nature, geometry, time, kind, measures, handling } = layer;
  const { provenance, sources, licence, attribution, style, count, generation } = layer;
  const { pointZoom, seriesResolution } = layer.prepared;
  const legend: readonly LegendEntry[] = toLegend(layer);
  return {
    id: layer.id,
    title: title.en,
    description: description.en,
    attribution: attribution.en,
    extent: {
      ...(bbox ? { spatial: { bbox: [[bbox.west, bbox.south, bbox.east, bbox.north]], crs: CRS84 } } : {}),
      ...(interval ? { temporal: { interval: [toClosed(interval)] } } : {}),
    },
    itemType: 'feature',
    crs: [CRS84],
    links: collectionLinks(layer, base),
    azalai: {
      ...{ title, description, group, role, order, visible, nature, geometry, time, kind, measures, handling },
      ...{ provenance, sources, licence, attribution, style, count, generation, legend },
      ...{ pointZoom, seriesResolution },
      ...(layer.expires === undefined ? {} : { expires: layer.expires }),
      fields: recordFields(layer),
    },
  };
}
