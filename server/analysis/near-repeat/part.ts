import type { Feature } from 'geojson';
import { byCodeUnit } from '../../core/by-code-unit.ts';
import type { Field } from '../../core/layer.ts';
import { field, inTiles } from '../field.ts';
import type { Part } from '../process.ts';
import type { Selected } from '../select.ts';
import type { Compared } from './compare.ts';

const FIELDS: readonly Field[] = [
  field('collection', 'string', 'Collection', 'Collection'),
  field('item', 'integer', 'Number', 'Numéro'),
  field('day', 'date', 'Day', 'Jour'),
  inTiles(field('near_repeats', 'integer', 'Near repeats', 'Répétitions proches')),
];

/** The events that have most near repeats, as points. */
export function toPart(selected: readonly Selected[], { rows }: Compared, repeats: Int32Array, limit: number): Part {
  const listed = rows
    .map(([nth, item, lon, lat, day], index) => ({
      ...{ collection: selected[nth]?.layer.id as string, item, lon, lat, day },
      near_repeats: repeats[index] as number,
    }))
    .filter(({ near_repeats }) => near_repeats > 0)
    .sort((a, b) => b.near_repeats - a.near_repeats || byCodeUnit(a.collection, b.collection) || a.item - b.item)
    .slice(0, limit);
  const features = listed.map(
    ({ collection, item, lon, lat, day, near_repeats }, index): Feature => ({
      type: 'Feature',
      id: index + 1,
      geometry: { type: 'Point', coordinates: [lon, lat] },
      properties: { collection, item, day: new Date(day * 86_400_000).toISOString().slice(0, 10), near_repeats },
    }),
  );
  return {
    id: 'events',
    title: { en: 'Events with near repeats', fr: 'Événements répétés à proximité' },
    geometry: 'point',
    fields: FIELDS,
    features,
  };
}
