import type { Mapping, Value } from '../../core/mapping.ts';
import { both, field } from '../propose/new-layer.ts';
import type { Surroundings, Table } from '../propose/table.ts';
import { mappingOf, newLayerOf, type ProfileField, pickFields, sourceOf } from './layer-of.ts';
import type { Profile } from './profile.ts';
import { findGedColumns } from './ucdp-ged-columns.ts';

const ID = 'ucdp_ged';

const KINDS = [
  { value: 'state', title: { en: 'state-based conflict', fr: 'conflit impliquant un État' } },
  { value: 'non_state', title: { en: 'conflict between non-state groups', fr: 'conflit entre groupes non étatiques' } },
  { value: 'one_sided', title: { en: 'violence against civilians', fr: 'violence contre des civils' } },
];

const fromCode =
  (values: Record<string, string | number>, otherwise: string | number | null) =>
  (column: string): Value => ({
    column,
    values,
    otherwise,
  });

const FIELDS: readonly ProfileField[] = [
  {
    field: field('kind', 'string', 'Kind', 'Nature', { values: KINDS, tile: true }),
    from: ['type_of_violence'],
    value: (column) => ({ column, values: { 1: 'state', 2: 'non_state', 3: 'one_sided' } }),
  },
  { field: field('conflict', 'string', 'Conflict', 'Conflit'), from: ['conflict_name'] },
  { field: field('actor', 'string', 'Side A', 'Partie A'), from: ['side_a'] },
  { field: field('target', 'string', 'Side B', 'Partie B'), from: ['side_b'] },
  { field: field('place', 'string', 'Place', 'Lieu'), from: ['where_coordinates'] },
  {
    field: field('where_described', 'string', 'Place as described', 'Lieu tel que décrit'),
    from: ['where_description'],
  },
  { field: field('admin1', 'string', 'Region', 'Région'), from: ['adm_1'] },
  { field: field('admin2', 'string', 'District', 'District'), from: ['adm_2'] },
  { field: field('country', 'string', 'Country', 'Pays'), from: ['country'] },
  { field: field('killed', 'integer', 'Killed (best estimate)', 'Tués (meilleure estimation)'), from: ['best'] },
  { field: field('killed_high', 'integer', 'Killed (high estimate)', 'Tués (estimation haute)'), from: ['high'] },
  { field: field('killed_low', 'integer', 'Killed (low estimate)', 'Tués (estimation basse)'), from: ['low'] },
  {
    field: field('killed_other', 'integer', 'Killed (low or high estimate)', 'Tués (estimation basse ou haute)'),
    from: ['bound_1'],
  },
  {
    field: field(
      'killed_another',
      'integer',
      'Killed (the other of these two)',
      'Tués (l’autre de ces deux estimations)',
    ),
    from: ['bound_2'],
  },
  { field: field('killed_a', 'integer', 'Killed on side A', 'Tués, partie A'), from: ['deaths_a'] },
  { field: field('killed_b', 'integer', 'Killed on side B', 'Tués, partie B'), from: ['deaths_b'] },
  { field: field('killed_civilians', 'integer', 'Civilians killed', 'Civils tués'), from: ['deaths_civilians'] },
  {
    field: field('killed_unknown', 'integer', 'Killed, not known who', 'Tués, non identifiés'),
    from: ['deaths_unknown'],
  },
  { field: field('clarity', 'integer', 'Event clarity', 'Clarté de l’événement'), from: ['event_clarity'] },
];

/** How far off a position may be, by `where_prec`: the place, near it, district, region, line or area, country, beyond. */
const WITHIN_M = { 1: 2_000, 2: 25_000, 3: 50_000, 4: 150_000, 5: 150_000, 6: 500_000, 7: 1_000_000 };
/** How exactly the date is known, by `date_prec`: day, up to a week, week, month, year. */
const DATED = { 1: 'day', 2: 'period', 3: 'period', 4: 'month', 5: 'year' };

/** The georeferenced event data of UCDP, in the columns of any of its versions. */
export const ucdpGed: Profile = { name: 'ucdp-ged', propose };

function propose(table: Table, { layers }: Surroundings): Mapping | null {
  const find = findGedColumns(table);
  if (!find) return null;
  const [key, from, to] = [find('id'), find('date_start'), find('date_end')];
  if (!key || !from) return null;
  const { fields, mapped } = pickFields(FIELDS, find);
  const [position, dated, relative] = [find('where_prec'), find('date_prec'), find('relid')];
  const isThere = layers.some(({ id }) => id === ID);
  return mappingOf(table, {
    fields: mapped,
    record: {
      record_id: { column: key },
      valid_from: { column: from },
      valid_to: { column: to ?? from },
      date_precision: dated ? fromCode(DATED, 'period')(dated) : { constant: 'period' },
      ...(position && { precision_m: fromCode(WITHIN_M, 1_000_000)(position) }),
      ...sourceOf(ID, relative ?? key, 'documented'),
    },
    target: isThere
      ? { mode: 'upsert', collection: ID, newer: null }
      : {
          mode: 'new',
          layer: newLayerOf({
            id: ID,
            title: { en: 'Events (UCDP GED)', fr: 'Événements (UCDP GED)' },
            description: {
              en: 'Events of organised violence with at least one death, as the Uppsala Conflict Data Program codes them.',
              fr: 'Événements de violence organisée avec au moins un mort, codés par l’Uppsala Conflict Data Program.',
            },
            group: 'violence',
            role: 'events',
            geometry: 'point',
            time: 'interval',
            fields,
            measures: ['killed'],
            provenance: {
              en: 'Coded by UCDP from news and reports; taken over as delivered, the position no more exact than its code says.',
              fr: 'Codé par l’UCDP d’après la presse et des rapports ; repris tel que livré, la position n’étant pas plus exacte que son code.',
            },
            source: { key: ID, title: 'UCDP Georeferenced Event Dataset', url: 'https://ucdp.uu.se/downloads/' },
            licence: { name: 'CC BY 4.0', url: 'https://creativecommons.org/licenses/by/4.0/', redistribution: true },
            attribution: both('UCDP GED'),
          }),
        },
  });
}
