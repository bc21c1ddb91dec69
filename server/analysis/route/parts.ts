import type { Field } from '../../core/layer.ts';
import { toParts as corridorParts } from '../corridor/parts.ts';
import { cutLine } from '../cut-line.ts';
import { field, inTiles } from '../field.ts';
import type { Part } from '../process.ts';
import { toQuantity } from '../quantity.ts';
import type { Way } from './measure-ways.ts';

const WAY = inTiles(field('way', 'integer', 'Way', 'Itinéraire'));

const FIELDS: readonly Field[] = [
  WAY,
  field('title_en', 'string', 'Title (English)', 'Titre (anglais)'),
  field('title_fr', 'string', 'Title (French)', 'Titre (français)'),
  field('length_km', 'number', 'Length', 'Longueur', 'km'),
  field('events', 'integer', 'Events', 'Événements'),
  field('rate', 'number', 'Events per 100 km and month', 'Événements par 100 km et par mois', '1/100 km/month'),
  field('rate_lower', 'number', 'Rate, lower bound', 'Taux, borne inférieure', '1/100 km/month'),
  field('rate_upper', 'number', 'Rate, upper bound', 'Taux, borne supérieure', '1/100 km/month'),
];

/** The parts of each way like those of a corridor, put together by their ids, each feature with the number of its way. */
function alongAll(ways: readonly Way[]): Part[] {
  const parts = new Map<string, Part>();
  for (const { way, measured, measures } of ways) {
    for (const part of corridorParts(measured, measures)) {
      const before = parts.get(part.id);
      const features = part.features.map((feature) => ({ ...feature, properties: { way, ...feature.properties } }));
      const fields = before?.fields ?? [WAY, ...part.fields];
      parts.set(part.id, { ...part, fields, features: [...(before?.features ?? []), ...features] });
    }
  }
  return [...parts.values()];
}

const rounded = (value: number | undefined) => (value === undefined ? null : toQuantity(value, 6));

/** The ways, and what is along them. */
export function toParts(ways: readonly Way[]): Part[] {
  const lines: Part = {
    id: 'ways',
    title: { en: 'Ways', fr: 'Itinéraires' },
    geometry: 'line',
    fields: FIELDS,
    features: ways.map(({ way, measured: { line }, measures }) => ({
      type: 'Feature',
      id: way,
      geometry: cutLine(line.segments, 0, line.lengthM),
      properties: {
        ...{ way, title_en: line.title.en, title_fr: line.title.fr },
        length_km: toQuantity(measures.length_km),
        events: measures.events.count,
        rate: rounded(measures.events.rate),
        rate_lower: rounded(measures.events.rate_lower),
        rate_upper: rounded(measures.events.rate_upper),
      },
    })),
  };
  return [lines, ...alongAll(ways)];
}
