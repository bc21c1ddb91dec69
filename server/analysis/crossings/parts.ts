import type { Feature, Geometry } from 'geojson';
import { cutLine } from '../cut-line.ts';
import { field, inTiles } from '../field.ts';
import type { Part } from '../process.ts';
import { toQuantity } from '../quantity.ts';
import type { Found } from './to-numbers.ts';

const RECORD = [
  field('at', 'datetime', 'At', 'Au'),
  field('collection', 'string', 'Collection', 'Collection'),
  field('item', 'integer', 'Number', 'Numéro'),
  field('record', 'string', 'Record', 'Fiche'),
];
const GROUND = [
  inTiles(field('state', 'string', 'How the ground is held', 'Situation du terrain')),
  field('actors', 'strings', 'Actors', 'Acteurs'),
  field('areas', 'strings', 'Areas of control', 'Zones de contrôle'),
];

/** Each stretch of each corridor on which the ground is held alike. */
export function stretchesPart(found: readonly Found[]): Part {
  const features = found.flatMap(({ at, walk }) =>
    walk.corridors.flatMap(({ collection, item, record, commodity, line }) =>
      line.stretches.map((stretch): Omit<Feature, 'id'> => {
        const { from_km, to_km, state, actors, areas } = stretch;
        return {
          type: 'Feature',
          geometry: cutLine(line.segments, from_km * 1_000, to_km * 1_000),
          properties: {
            ...{ at, collection, item, record, commodity },
            ...{ from_km: toQuantity(from_km), to_km: toQuantity(to_km), length_km: toQuantity(to_km - from_km) },
            ...{ state, actors: [...actors], areas: [...areas] },
          },
        };
      }),
    ),
  );
  return {
    id: 'stretches',
    title: { en: 'Stretches by who holds the ground', fr: 'Tronçons selon qui tient le terrain' },
    geometry: 'line',
    fields: [
      ...RECORD,
      field('commodity', 'string', 'Commodity', 'Marchandise'),
      field('from_km', 'number', 'From km', 'Du km', 'km'),
      field('to_km', 'number', 'To km', 'Au km', 'km'),
      field('length_km', 'number', 'Length', 'Longueur', 'km'),
      ...GROUND,
    ],
    features: features.map((feature, index) => ({ ...feature, id: index + 1 })),
  };
}

/** The sites, with who holds the ground on which they stand. */
export function sitesPart(found: readonly Found[]): Part {
  const features = found.flatMap(({ at, sites }) =>
    sites.map(
      ({ collection, item, record, name, kind, state, actors, areas, since, isUncertain, orActors, geojson }) => ({
        geometry: JSON.parse(geojson) as Geometry,
        properties: {
          ...{ at, collection, item, record, name, kind, state, actors: [...actors], areas: [...areas] },
          ...{ since: since ?? null, certainty: isUncertain ? 'uncertain' : 'certain', or_actors: [...orActors] },
        },
      }),
    ),
  );
  return {
    id: 'mines',
    title: { en: 'Sites by who holds the ground', fr: 'Sites selon qui tient le terrain' },
    geometry: 'point',
    fields: [
      ...RECORD,
      field('name', 'string', 'Name', 'Nom'),
      field('kind', 'string', 'Kind', 'Type'),
      ...GROUND,
      field('since', 'datetime', 'Since', 'Depuis'),
      field('certainty', 'string', 'Certainty', 'Certitude'),
      field('or_actors', 'strings', 'Or, where it may stand', 'Ou, là où il peut se trouver'),
    ],
    features: features.map((feature, index) => ({ type: 'Feature' as const, id: index + 1, ...feature })),
  };
}
