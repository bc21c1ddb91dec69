import type { Geometry } from 'geojson';
import type { Field } from '../../core/layer.ts';
import { field, inTiles } from '../field.ts';
import type { Part } from '../process.ts';
import { toQuantity } from '../quantity.ts';
import { toDay } from './day.ts';
import type { Claim } from './find-claims.ts';

const FIELDS: readonly Field[] = [
  inTiles(field('actor', 'string', 'Actor', 'Acteur')),
  field('alignment', 'string', 'Alignment', 'Alignement'),
  inTiles(field('control', 'string', 'Control', 'Contrôle')),
  field('held_from', 'string', 'From', 'Du'),
  field('held_to', 'string', 'Until (not included)', 'Jusqu’au (non compris)'),
  {
    ...field('certainty', 'string', 'Certainty of the place', 'Certitude du lieu'),
    values: [
      { value: 'inside', title: { en: 'inside', fr: 'à l’intérieur' } },
      { value: 'as_drawn', title: { en: 'inside as drawn', fr: 'à l’intérieur d’après le tracé' } },
      { value: 'uncertain', title: { en: 'uncertain', fr: 'incertain' } },
    ],
  },
  field('outline_away_km', 'number', 'Distance to the outline', 'Distance au contour', 'km'),
  field('outline_precision_km', 'number', 'Outline known to within', 'Contour connu à', 'km'),
  field('collection', 'string', 'Collection', 'Collection'),
  field('item', 'integer', 'Item', 'Élément'),
  field('record', 'string', 'Record', 'Fiche'),
  field('cited_source', 'string', 'Source', 'Source'),
  field('cited_locator', 'string', 'Where in the source', 'Passage de la source'),
];

const km = (metres: number | undefined) => (metres === undefined ? null : toQuantity(metres / 1000));

function toFeature(claim: Claim): Part['features'][number] {
  const { actor, alignment, control, collection, item, record } = claim;
  return {
    type: 'Feature',
    geometry: JSON.parse(claim.geojson) as Geometry,
    properties: {
      ...{ actor, alignment, control },
      held_from: toDay(claim.from) ?? null,
      held_to: toDay(claim.to) ?? null,
      certainty: claim.certainty ?? null,
      outline_away_km: km(claim.outline_away_m),
      outline_precision_km: km(claim.outline_m),
      ...{ collection, item, record, cited_source: claim.source, cited_locator: claim.locator },
    },
  };
}

/** The areas that were read: of a point whole, of an area what lies in it. */
export const claimsPart = (claims: readonly Claim[]): Part => ({
  id: 'claims',
  title: { en: 'Who is recorded there', fr: 'Qui y est signalé' },
  geometry: 'polygon',
  fields: FIELDS,
  time: { from: 'held_from', to: 'held_to' },
  features: claims.map(toFeature),
});
