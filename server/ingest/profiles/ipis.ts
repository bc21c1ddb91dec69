import type { Mapping } from '../../core/mapping.ts';
import { both, field } from '../propose/new-layer.ts';
import { columnFinder, type Surroundings, type Table } from '../propose/table.ts';
import { mappingOf, newLayerOf, type ProfileField, pickFields, sourceOf } from './layer-of.ts';
import type { Profile } from './profile.ts';

const ID = 'ipis_visits';

const FIELDS: readonly ProfileField[] = [
  { field: field('site', 'string', 'Site', 'Site'), from: ['pcode'] },
  { field: field('name', 'string', 'Name', 'Nom', { tile: true }), from: ['name'] },
  { field: field('mineral', 'string', 'Mineral', 'Minerai'), from: ['mineral1'] },
  { field: field('mineral_2', 'string', 'Second mineral', 'Deuxième minerai'), from: ['mineral2'] },
  { field: field('mineral_3', 'string', 'Third mineral', 'Troisième minerai'), from: ['mineral3'] },
  { field: field('workers', 'integer', 'Workers', 'Travailleurs'), from: ['workers_numb', 'workers'] },
  { field: field('interference', 'string', 'Interference', 'Ingérence'), from: ['interference'] },
  { field: field('armed_group', 'string', 'Armed group', 'Groupe armé'), from: ['armed_group1'] },
  { field: field('armed_group_2', 'string', 'Second armed group', 'Deuxième groupe armé'), from: ['armed_group2'] },
  { field: field('armed_group_3', 'string', 'Third armed group', 'Troisième groupe armé'), from: ['armed_group3'] },
  { field: field('province', 'string', 'Province', 'Province'), from: ['province'] },
  { field: field('territoire', 'string', 'Territory', 'Territoire'), from: ['territoire'] },
  { field: field('village', 'string', 'Village', 'Village'), from: ['village'] },
];

/**
 * Visits to artisanal mines as IPIS records them: one row is one visit, and a site has several. What a visit found holds
 * until the next one of the same site, so that the map shows the last known state of each site at any time. A delivery
 * has all visits: a later one takes the place of what is there.
 */
export const ipis: Profile = { name: 'ipis', propose };

function propose(table: Table, { layers }: Surroundings): Mapping | null {
  const find = columnFinder(table.columns);
  const [key, site, day] = [find('vid'), find('pcode'), find('visit_date')];
  if (!key || !site || !day) return null;
  const { fields, mapped } = pickFields(FIELDS, find);
  const isThere = layers.some(({ id }) => id === ID);
  return mappingOf(table, {
    fields: mapped,
    record: {
      record_id: { column: key },
      valid_from: { column: day },
      date_precision: { constant: 'day' },
      ...sourceOf('ipis', key, 'documented'),
    },
    succession: 'site',
    target: isThere
      ? { mode: 'replace', collection: ID }
      : {
          mode: 'new',
          layer: newLayerOf({
            id: ID,
            title: { en: 'Mines as visited (IPIS)', fr: 'Mines visitées (IPIS)' },
            description: {
              en: 'Artisanal mining sites as visits found them. Each record is one visit, and holds until the next visit of the site; the latest holds until today.',
              fr: 'Sites miniers artisanaux tels que des visites les ont trouvés. Chaque fiche est une visite et vaut jusqu’à la visite suivante du site ; la dernière vaut jusqu’à aujourd’hui.',
            },
            group: 'mining',
            role: 'sites',
            geometry: 'point',
            time: 'interval',
            fields,
            measures: ['workers'],
            provenance: {
              en: 'Field visits by IPIS and its partners, taken over as they were delivered.',
              fr: 'Visites de terrain d’IPIS et de ses partenaires, reprises telles que livrées.',
            },
            source: { key: 'ipis', title: 'IPIS, artisanal mining site visits', url: 'https://ipisresearch.be/' },
            // The file does not name its licence: nothing is passed on until somebody does.
            licence: { name: 'not stated in the file', redistribution: false },
            attribution: both('IPIS'),
            style: {
              type: 'circle',
              color: '#e69f00',
              radius: 5,
              shape: 'triangle',
              uncertainty: true,
              ...(mapped.name && { label: { field: 'name', minzoom: 8 } }),
            },
          }),
        },
  });
}
