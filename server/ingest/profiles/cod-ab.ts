import type { Field, Layer } from '../../core/layer.ts';
import type { Mapping } from '../../core/mapping.ts';
import { isAbsent } from '../locate/absent.ts';
import { dateOrderOf } from '../propose/generic.ts';
import { toIdentifier } from '../propose/names.ts';
import { both, field } from '../propose/new-layer.ts';
import { columnFinder, type Surroundings, type Table } from '../propose/table.ts';
import { newLayerOf } from './layer-of.ts';
import type { Profile } from './profile.ts';

const DEEPEST = 4;

/** The three ways in which these files have named their columns, in French, English or neither. */
const nameColumns = (level: number) => [
  ...[`ADM${level}_FR`, `ADM${level}_EN`, `admin${level}Name`, `admin${level}Name_fr`, `admin${level}Name_en`],
  ...[`adm${level}_name`, `adm${level}_name1`],
];
/** A shapefile cuts names after ten letters: admin1Pcod. */
const codeColumns = (level: number) => [
  `ADM${level}_PCODE`,
  `admin${level}Pcode`,
  `admin${level}Pcod`,
  `adm${level}_pcode`,
];

/** Administrative boundaries as OCHA gives them out (COD-AB): each level a layer of its own. */
export const codAb: Profile = { name: 'cod-ab', propose };

function propose(table: Table, { layers }: Surroundings): Mapping | null {
  const { layer, columns, part } = table;
  if (!layer.geometries.some((type) => type.endsWith('Polygon'))) return null;
  const find = columnFinder(columns);
  let level = DEEPEST;
  while (level >= 0 && (!find(...nameColumns(level)) || !find(...codeColumns(level)))) level -= 1;
  const name = find(...nameColumns(level));
  const code = find(...codeColumns(level));
  if (level < 0 || !name || !code) return null;
  const french = find(`ADM${level}_FR`, `admin${level}Name_fr`, `adm${level}_name_fr`) ?? name;
  const above = level > 0 ? find(...codeColumns(level - 1)) : undefined;
  const country = level > 0 ? find(...codeColumns(0)) : undefined;
  const id = toId(table, level, country);
  const isThere = layers.some((known) => known.id === id);
  return {
    ...{ part, crs: null, location: null, dateOrder: dateOrderOf(layer), endInclusive: true },
    fields: {
      name: { column: name },
      name_fr: { column: french },
      pcode: { column: code },
      ...(above && above !== country && { parent: { column: above } }),
      ...(country && { country: { column: country } }),
      level: { constant: level },
    },
    record: {
      record_id: { column: code },
      confidence: { constant: 'documented' },
      source: { constant: 'cod-ab' },
      locator: { column: code },
      handling: { constant: 'public' },
    },
    regions: [],
    repairs: ['self-crossing', 'duplicate-exact'],
    target: isThere
      ? { mode: 'replace', collection: id }
      : { mode: 'new', layer: newLayer(id, level, Boolean(above && above !== country), Boolean(country)) },
  };
}

/** `admin1_ml`, where all records are of one country. */
function toId({ layer }: Table, level: number, country: string | undefined): string {
  const codes = layer.fields
    .find((column) => column.name === country)
    ?.categories?.filter(({ value }) => !isAbsent(value));
  const [only] = codes ?? [];
  return codes?.length === 1 && only ? `admin${level}_${toIdentifier(only.value)}` : `admin${level}`;
}

function newLayer(id: string, level: number, hasParent: boolean, hasCountry: boolean): Omit<Layer, 'data'> {
  const fields: Field[] = [
    field('name', 'string', 'Name', 'Nom', { tile: true }),
    field('name_fr', 'string', 'Name (French)', 'Nom (français)', { tile: true }),
    field('pcode', 'string', 'P-code', 'P-code'),
    ...(hasParent ? [field('parent', 'string', 'Lies in (P-code)', 'Fait partie de (P-code)')] : []),
    ...(hasCountry ? [field('country', 'string', 'Country', 'Pays')] : []),
    field('level', 'integer', 'Level', 'Niveau'),
  ];
  return newLayerOf({
    id,
    title: { en: `Administrative level ${level} (COD-AB)`, fr: `Niveau administratif ${level} (COD-AB)` },
    description: {
      en: `Administrative boundaries of level ${level}, with their P-codes.`,
      fr: `Limites administratives de niveau ${level}, avec leurs P-codes.`,
    },
    group: 'base',
    role: 'boundaries',
    geometry: 'polygon',
    time: null,
    fields,
    order: 118 + level,
    provenance: {
      en: 'Common operational dataset on administrative boundaries, taken over as it was delivered.',
      fr: 'Jeu de données opérationnel commun sur les limites administratives, repris tel que livré.',
    },
    source: {
      key: 'cod-ab',
      title: 'OCHA, common operational datasets: administrative boundaries (COD-AB)',
      url: 'https://data.humdata.org/',
    },
    licence: {
      name: 'CC BY-IGO, as OCHA gives COD-AB out',
      url: 'https://creativecommons.org/licenses/by/3.0/igo/',
      redistribution: true,
    },
    attribution: both('OCHA COD-AB'),
    style: {
      type: 'fill',
      color: '#8a8172',
      opacity: 0,
      outline: true,
      minzoom: 4,
      label: { field: 'name', field_fr: 'name_fr', minzoom: 5 + level },
    },
  });
}
