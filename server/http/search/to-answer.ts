import type { Language } from '../../core/layer.ts';
import type { Found } from '../../core/name-index.ts';
import type { AreaRow } from '../../query/search-areas.ts';
import type { Place } from './place.ts';

const ARROW = ' → ';

/** A place that was found, as a GeoJSON feature; `base` is the public address of the server. */
export function toHit({ entry, match, by }: Found<Place>, areas: readonly AreaRow[], language: Language, base: string) {
  const { layer, row } = entry;
  const inLanguage = (name: string | null, french: string | null) =>
    (language === 'fr' ? (french ?? name) : (name ?? french)) ?? '';
  const own = inLanguage(row.name, row.name_fr);
  const name = row.to_name === null ? own : `${own}${ARROW}${row.to_name}`;
  const kind = layer.fields
    .find((field) => field.name === layer.kind)
    ?.values?.find(({ value }) => value === row.kind)?.title;
  const isPlace = layer.geometry === 'point' && row.count === 1;
  return {
    type: 'Feature',
    id: `${layer.id}/${row.fid}`,
    geometry: { type: 'Point', coordinates: [round(row.lon), round(row.lat)] },
    ...(isPlace ? {} : { bbox: [row.west, row.south, row.east, row.north].map(round) }),
    properties: {
      name,
      ...(by === own ? {} : { found_by: by }),
      match,
      collection: layer.id,
      collection_title: layer.title[language],
      nature: layer.nature,
      kind: kind?.[language] ?? row.kind,
      item: row.fid,
      count: row.count,
      within: [...new Set(areas.map((area) => inLanguage(area.name, area.name_fr)))],
      codes: entry.codes,
      population: row.population,
      valid_from: row.valid_from,
      valid_to: row.valid_to,
    },
    links: [{ href: `${base}/collections/${layer.id}/items/${row.fid}`, rel: 'item', type: 'application/geo+json' }],
  };
}

/** Degrees with five decimals: a metre. */
const round = (degrees: number) => Math.round(degrees * 1e5) / 1e5;
