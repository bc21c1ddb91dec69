import type { Layer } from '../../core/layer.ts';
import type { Mapping } from '../../core/mapping.ts';
import { both, field } from '../propose/new-layer.ts';
import { columnFinder, type Surroundings, type Table } from '../propose/table.ts';
import { mappingOf, newLayerOf, type ProfileField, pickFields, sourceOf } from './layer-of.ts';
import type { Profile } from './profile.ts';

const ID = 'acled';

/** What the kinds of attack of this map are called there; what is complex has no code of its own. */
const KIND_OF: Readonly<Record<string, string>> = {
  'remote explosive/landmine/ied': 'ied',
  'suicide bomb': 'ied',
  'shelling/artillery/missile attack': 'indirect_fire',
  'armed clash': 'small_arms',
  attack: 'small_arms',
};

/** Its terms forbid to pass the rows on, and whoever may look at a layer can read its rows: so not everybody may. */
const HANDLING = 'internal';

const KINDS = [
  { value: 'ied', title: { en: 'explosive device', fr: 'engin explosif' } },
  { value: 'indirect_fire', title: { en: 'rockets or mortars', fr: 'roquettes ou mortiers' } },
  { value: 'small_arms', title: { en: 'small arms', fr: 'armes légères' } },
  { value: 'other', title: { en: 'other', fr: 'autre' } },
];

const FIELDS: readonly ProfileField[] = [
  {
    field: field('kind', 'string', 'Kind', 'Nature', { values: KINDS, tile: true }),
    from: ['sub_event_type'],
    value: (column) => ({ column, values: { ...KIND_OF }, otherwise: 'other' }),
  },
  { field: field('disorder_type', 'string', 'Disorder type', 'Type de trouble'), from: ['disorder_type'] },
  { field: field('event_type', 'string', 'Event type', 'Type d’événement'), from: ['event_type'] },
  { field: field('sub_event_type', 'string', 'Sub-event type', 'Sous-type d’événement'), from: ['sub_event_type'] },
  { field: field('actor', 'string', 'Actor 1', 'Acteur 1'), from: ['actor1'] },
  { field: field('actor_with', 'string', 'With actor 1', 'Avec l’acteur 1'), from: ['assoc_actor_1'] },
  { field: field('target', 'string', 'Actor 2', 'Acteur 2'), from: ['actor2'] },
  { field: field('target_with', 'string', 'With actor 2', 'Avec l’acteur 2'), from: ['assoc_actor_2'] },
  { field: field('interaction', 'string', 'Interaction', 'Interaction'), from: ['interaction'] },
  { field: field('civilian_targeting', 'string', 'Civilian targeting', 'Civils visés'), from: ['civilian_targeting'] },
  { field: field('place', 'string', 'Place', 'Lieu'), from: ['location'] },
  { field: field('admin1', 'string', 'Region', 'Région'), from: ['admin1'] },
  { field: field('admin2', 'string', 'Cercle', 'Cercle'), from: ['admin2'] },
  { field: field('country', 'string', 'Country', 'Pays'), from: ['country'] },
  { field: field('killed', 'integer', 'Killed', 'Tués'), from: ['fatalities'] },
  { field: field('reported_by', 'string', 'Reported by', 'Signalé par'), from: ['source'] },
  { field: field('tags', 'string', 'Tags', 'Étiquettes'), from: ['tags'] },
  { field: field('timestamp', 'integer', 'Changed at the source', 'Modifié à la source'), from: ['timestamp'] },
];

/** Event data of ACLED: a living set, so that a later file replaces what has changed; or the ids that were deleted. */
export const acled: Profile = { name: 'acled', propose };

function propose(table: Table, { layers, fileName }: Surroundings): Mapping | null {
  const find = columnFinder(table.columns);
  const key = find('event_id_cnty');
  if (key === undefined) return null;
  const isThere = layers.some(({ id }) => id === ID);
  const day = find('event_date');
  if (day === undefined || find('event_type', 'sub_event_type') === undefined) {
    const isList =
      table.layer.geometries.length === 0 &&
      (find('deleted_timestamp') !== undefined || /delet|supprim/i.test(fileName));
    if (!isThere || !isList) return null;
    const target = { mode: 'delete' as const, collection: ID };
    return mappingOf(table, { fields: {}, record: { record_id: { column: key } }, target });
  }
  const { fields, mapped } = pickFields(FIELDS, find);
  const hasStamp = fields.some(({ name }) => name === 'timestamp');
  const precision = find('time_precision');
  const position = find('geo_precision');
  const note = find('notes');
  const levels = [find('admin1'), find('admin2')];
  return mappingOf(table, {
    fields: mapped,
    record: {
      record_id: { column: key },
      valid_from: { column: day },
      valid_to: { column: day },
      date_precision: precision
        ? { column: precision, values: { 1: 'day', 2: 'period', 3: 'month' }, otherwise: 'period' }
        : { constant: 'day' },
      ...(position && {
        // The place itself, its surroundings, or no more than the region.
        precision_m: { column: position, values: { 1: 2_000, 2: 25_000, 3: 100_000 }, otherwise: 100_000 },
      }),
      ...sourceOf(ID, key, 'reported'),
      handling: { constant: HANDLING },
      ...(note && { note: { column: note } }),
    },
    regions: levels.flatMap((column, at) => (column === undefined ? [] : [{ column, level: at + 1 }])),
    target: isThere
      ? { mode: 'upsert', collection: ID, newer: hasStamp ? 'timestamp' : null }
      : { mode: 'new', layer: newLayer(fields) },
  });
}

const newLayer = (fields: Layer['fields']) =>
  ({
    ...newLayerOf({
      id: ID,
      title: { en: 'Events (ACLED)', fr: 'Événements (ACLED)' },
      description: {
        en: 'Political violence and protest as ACLED codes them from reports. Numbers of killed are what the reports say.',
        fr: 'Violences politiques et manifestations codées par ACLED d’après ses sources. Les nombres de tués sont ceux des sources.',
      },
      group: 'violence',
      role: 'events',
      geometry: 'point',
      time: 'instant',
      fields,
      measures: ['killed'],
      provenance: {
        en: 'A file of ACLED, taken over as it is; the kinds of this map are told by the sub-event type.',
        fr: 'Fichier d’ACLED, repris tel quel ; la nature affichée ici est tirée du sous-type d’événement.',
      },
      source: { key: ID, title: 'ACLED, Armed Conflict Location & Event Data', url: 'https://acleddata.com/' },
      licence: { name: 'ACLED Terms of Use', url: 'https://acleddata.com/terms-of-use/', redistribution: false },
      attribution: both('ACLED'),
    }),
    handling: HANDLING,
  }) as const;
