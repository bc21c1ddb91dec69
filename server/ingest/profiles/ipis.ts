import type { Mapping } from '../../core/mapping.ts';
import { dateOrderOf } from '../propose/generic.ts';
import { both, field } from '../propose/new-layer.ts';
import { columnFinder, type Surroundings, type Table } from '../propose/table.ts';
import { newLayerOf, type ProfileField, pickFields } from './layer-of.ts';
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

/** Visits to artisanal mines as IPIS records them: one row is one visit, and a site has several. */
export const ipis: Profile = { name: 'ipis', propose };

function propose(table: Table, { layers }: Surroundings): Mapping | null {
  const find = columnFinder(table.columns);
  const [key, site, day] = [find('vid'), find('pcode'), find('visit_date')];
  if (!key || !site || !day) return null;
  const { fields, mapped } = pickFields(FIELDS, find);
  const isThere = layers.some(({ id }) => id === ID);
  return {
    ...{ part: table.part, crs: null, location: null, dateOrder: dateOrderOf(table.layer), endInclusive: true },
    fields: mapped,
    record: {
      record_id: { column: key },
      valid_from: { column: day },
      valid_to: { column: day },
      date_precision: { constant: 'day' },
      confidence: { constant: 'documented' },
      source: { constant: 'ipis' },
      locator: { column: key },
      handling: { constant: 'public' },
    },
    regions: [],
    repairs: ['axes-swapped', 'self-crossing', 'duplicate-exact'],
    target: isThere
      ? { mode: 'upsert', collection: ID, newer: null }
      : {
          mode: 'new',
          layer: newLayerOf({
            id: ID,
            title: { en: 'Visits to mines (IPIS)', fr: 'Visites de mines (IPIS)' },
            description: {
              en: 'Visits to artisanal mining sites. Each record is one visit; the latest of a site says how it was last found.',
              fr: 'Visites de sites miniers artisanaux. Chaque fiche est une visite ; la plus récente d’un site dit son dernier état connu.',
            },
            group: 'mining',
            role: 'sites',
            geometry: 'point',
            time: 'instant',
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
  };
}
