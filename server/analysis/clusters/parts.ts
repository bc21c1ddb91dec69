import type { Feature, Geometry } from 'geojson';
import type { Field } from '../../core/layer.ts';
import { field, inTiles } from '../field.ts';
import type { Part } from '../process.ts';
import { toQuantity } from '../quantity.ts';
import type { Found } from './find-clusters.ts';
import type { Numbers } from './numbers.ts';
import type { Events } from './read-events.ts';
import { MAX_MEMBERS, toDay } from './to-numbers.ts';

const HULL_FIELDS: readonly Field[] = [
  inTiles(field('cluster', 'integer', 'Cluster', 'Groupe')),
  inTiles(field('events', 'integer', 'Events', 'Événements')),
  field('cores', 'integer', 'Cores', 'Cœurs'),
  field('places', 'integer', 'Different positions', 'Positions différentes'),
  field('first_day', 'date', 'First day', 'Premier jour'),
  field('last_day', 'date', 'Last day', 'Dernier jour'),
  field('days', 'integer', 'Duration', 'Durée', 'd'),
  field('hull_km2', 'number', 'Area of the hull', 'Superficie de l’enveloppe', 'km2'),
  field('is_widened', 'boolean', 'Drawn wider than its positions', 'Tracé élargi autour des positions'),
  field('killed', 'integer', 'Killed', 'Tués'),
  field('injured', 'integer', 'Injured', 'Blessés'),
];

const MEMBER_FIELDS: readonly Field[] = [
  inTiles(field('cluster', 'integer', 'Cluster', 'Groupe')),
  field('is_core', 'boolean', 'Core', 'Cœur'),
  field('collection', 'string', 'Collection', 'Collection'),
  field('item', 'integer', 'Number of the record', 'Numéro de la fiche'),
  field('record', 'string', 'Record', 'Fiche'),
  field('kind', 'string', 'Kind', 'Nature'),
  field('first_day', 'date', 'First day', 'Premier jour'),
  field('last_day', 'date', 'Last day', 'Dernier jour'),
  field('killed', 'integer', 'Killed', 'Tués'),
  field('injured', 'integer', 'Injured', 'Blessés'),
];

function toHulls({ listed }: Found, { table }: Numbers): Feature[] {
  return listed.flatMap(({ outline }, index): Feature[] => {
    if (outline === undefined) return [];
    const { kinds: _kinds, items: _items, lon: _lon, lat: _lat, ...row } = table[index] as Numbers['table'][number];
    const properties = {
      ...row,
      hull_km2: row.hull_km2 === undefined ? null : toQuantity(row.hull_km2),
      is_widened: row.hull_km2 === undefined,
      killed: row.killed ?? null,
      injured: row.injured ?? null,
    };
    return [{ type: 'Feature', id: index + 1, geometry: JSON.parse(outline) as Geometry, properties }];
  });
}

function toMembers({ events }: Events, { listed, clusterOf, isCore }: Found): Feature[] {
  const numbers = new Set(listed.map(({ number }) => number));
  const features: Feature[] = [];
  for (const [index, event] of events.entries()) {
    const cluster = (clusterOf[index] as number) + 1;
    if (features.length >= MAX_MEMBERS || !numbers.has(cluster)) continue;
    features.push({
      type: 'Feature',
      id: features.length + 1,
      geometry: { type: 'Point', coordinates: [event.lon, event.lat] },
      properties: {
        ...{ cluster, is_core: isCore[index] === 1, collection: event.collection, item: event.fid },
        ...{ record: event.record_id, kind: event.kind, first_day: toDay(event.first), last_day: toDay(event.last) },
        ...{ killed: event.killed, injured: event.injured },
      },
    });
  }
  return features;
}

/** The outlines of the listed clusters, and their events. */
export const toParts = (events: Events, found: Found, numbers: Numbers): readonly Part[] => [
  {
    id: 'hulls',
    title: { en: 'Clusters', fr: 'Groupes' },
    geometry: 'polygon',
    fields: HULL_FIELDS,
    features: toHulls(found, numbers),
  },
  {
    id: 'members',
    title: { en: 'Events in clusters', fr: 'Événements des groupes' },
    geometry: 'point',
    fields: MEMBER_FIELDS,
    features: toMembers(events, found),
  },
];
