import type { Field } from '../../core/layer.ts';
import { field } from '../field.ts';

type Described = Readonly<Parameters<typeof field>>;
const toField = (described: Described): Field => field(...described);

const STRETCH: readonly Described[] = [
  ['from_km', 'number', 'From km', 'Du km', 'km'],
  ['to_km', 'number', 'To km', 'Au km', 'km'],
];
const RATE: readonly Described[] = [
  ['rate', 'number', 'Events per 100 km and month', 'Événements par 100 km et par mois', '1/100 km/month'],
  ['rate_lower', 'number', 'Lower bound (95 %)', 'Borne inférieure (95 %)', '1/100 km/month'],
  ['rate_upper', 'number', 'Upper bound (95 %)', 'Borne supérieure (95 %)', '1/100 km/month'],
];

const RECORD: readonly Described[] = [
  ['collection', 'string', 'Collection', 'Collection'],
  ['item', 'integer', 'Number', 'Numéro'],
  ['record', 'string', 'Record', 'Fiche'],
  ['name', 'string', 'Name', 'Nom'],
  ['kind', 'string', 'Kind', 'Type'],
  ['date', 'date', 'Date', 'Date'],
  ['distance_km', 'number', 'Distance from the line', 'Distance à la ligne', 'km'],
  ['chainage_km', 'number', 'Along the line', 'Le long de la ligne', 'km'],
  ['position_m', 'number', 'Position known to within', 'Position connue à', 'm'],
];

/** Of the listed records; `measures` are those of their collections, each once. */
export const recordFieldsOf = (measures: readonly Field[]): Field[] => [...RECORD.map(toField), ...measures];
/** Names that measures of collections do not take. */
export const RECORD_NAMES: readonly string[] = RECORD.map(([name]) => name);

export const STRIP_FIELDS: readonly Field[] = [
  ...STRETCH,
  ['in_study_area_km', 'number', 'Of it in the study area', 'Dont dans la zone d’étude', 'km'] as const,
  ['events', 'integer', 'Events', 'Événements'] as const,
  ...RATE,
].map(toField);

export const CONTROL_FIELDS: readonly Field[] = [
  ...STRETCH,
  ['length_km', 'number', 'Length', 'Longueur', 'km'] as const,
  ['state', 'string', 'State of the ground', 'État du terrain'] as const,
  ['actors', 'strings', 'Actors', 'Acteurs'] as const,
].map(toField);

const CROSSING: readonly Described[] = [
  ['crossed', 'string', 'What is crossed', 'Ce qui est franchi'],
  ['collection', 'string', 'Collection', 'Collection'],
  ['item', 'integer', 'Number', 'Numéro'],
  ['name', 'string', 'Name', 'Nom'],
  ['chainage_km', 'number', 'Along the line', 'Le long de la ligne', 'km'],
];
export const CROSSING_FIELDS: readonly Field[] = CROSSING.map(toField);
