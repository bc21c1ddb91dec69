import type { Feature } from 'geojson';
import { byCodeUnit } from '../../core/by-code-unit.ts';
import type { Field } from '../../core/layer.ts';
import { field, inTiles } from '../field.ts';
import type { Part } from '../process.ts';
import { toQuantity } from '../quantity.ts';
import type { Measured } from './measure.ts';

const FIELDS: readonly Field[] = [
  field('collection', 'string', 'Collection', 'Collection'),
  field('item', 'integer', 'Number', 'Numéro'),
  inTiles(field('distance_km', 'number', 'Distance to the nearest', 'Distance au plus proche', 'km')),
];

/** The events, the nearest first. */
export function toPart({ rows, events, sides }: Measured, listed: number): Part {
  const nearest = rows
    .map(([nth, item, lon, lat], index) => ({
      ...{ collection: sides.events[nth]?.layer.id as string, item, lon, lat },
      // As it is printed: what differs by less is as far.
      distance_km: toQuantity((events.metres[index] as number) / 1_000),
    }))
    .sort((a, b) => a.distance_km - b.distance_km || byCodeUnit(a.collection, b.collection) || a.item - b.item)
    .slice(0, listed);
  const features = nearest.map(
    ({ lon, lat, ...properties }, index): Feature => ({
      type: 'Feature',
      id: index + 1,
      geometry: { type: 'Point', coordinates: [lon, lat] },
      properties,
    }),
  );
  return {
    id: 'events',
    title: { en: 'Events and how near they are', fr: 'Événements et leur proximité' },
    geometry: 'point',
    fields: FIELDS,
    features,
  };
}
