import type { Feature, Geometry } from 'geojson';
import type { Field, Localized, Style } from '../../core/layer.ts';
import { field, inTiles } from '../field.ts';
import type { Part } from '../process.ts';
import { toQuantity } from '../quantity.ts';
import type { StudyUnit } from '../study-units.ts';
import { type CoverageNumbers, OFTEN } from './numbers.ts';

const OFTEN_WORDS: Readonly<Record<(typeof OFTEN)[number], Localized>> = {
  never: { en: 'no report', fr: 'aucun signalement' },
  seldom: { en: 'in under 10 % of the steps', fr: 'dans moins de 10 % des périodes' },
  'at-times': { en: 'in 10 to 50 % of the steps', fr: 'dans 10 à 50 % des périodes' },
  mostly: { en: 'in 50 % of the steps or more', fr: 'dans 50 % des périodes ou plus' },
};

const STYLE: Style = {
  type: 'fill',
  color: {
    by: 'often',
    classes: { never: '#d9d9d9', seldom: '#9ecae1', 'at-times': '#4292c6', mostly: '#084594' },
    other: '#d9d9d9',
  },
  opacity: 0.6,
  outline: true,
};

const FIELDS: readonly Field[] = [
  field('unit', 'string', 'Unit', 'Unité'),
  field('name', 'string', 'Name', 'Nom'),
  field('area_km2', 'number', 'Area', 'Superficie', 'km2'),
  inTiles({
    ...field('often', 'string', 'Reported', 'Signalements'),
    values: OFTEN.map((value) => ({ value, title: OFTEN_WORDS[value] })),
  }),
  field('events', 'integer', 'Events', 'Événements'),
  field('undated', 'integer', 'Of them in no step', 'Dont dans aucune période'),
  field('imprecise', 'integer', 'Of them perhaps in another unit', 'Dont peut-être d’une autre unité'),
  field('sources', 'integer', 'Sources', 'Sources'),
  field('collections', 'integer', 'Collections', 'Collections'),
  field('first', 'date', 'First report', 'Premier signalement'),
  field('last', 'date', 'Last report', 'Dernier signalement'),
  field('steps_reported', 'integer', 'Steps with a report', 'Périodes avec signalement'),
  field('steps_share', 'number', 'Share of steps with a report', 'Part des périodes avec signalement'),
  field('recent_silence', 'integer', 'Steps since the last report', 'Périodes depuis le dernier signalement'),
  field('longest_silence', 'integer', 'Longest silence, steps', 'Plus long silence, en périodes'),
];

/** All units of the study area, as polygons. @param units those of `numbers.units`, in their order */
export function toPart(units: readonly StudyUnit[], numbers: CoverageNumbers): Part {
  return {
    id: 'units',
    title: { en: 'Where sources report', fr: 'Où les sources signalent' },
    geometry: 'polygon',
    fields: FIELDS,
    style: STYLE,
    features: units.map(({ shape }, index): Feature => {
      const told = numbers.units[index] as CoverageNumbers['units'][number];
      const { unit, often, events, undated, imprecise, sources, collections, steps_reported, recent_silence } = told;
      return {
        ...{ type: 'Feature', id: index + 1, geometry: shape() as Geometry },
        properties: {
          ...{ unit, name: told.name ?? null, area_km2: toQuantity(told.area_km2), often },
          ...{ events, undated, imprecise, sources, collections },
          ...{ first: told.first ?? null, last: told.last ?? null, steps_reported },
          ...{ steps_share: toQuantity(told.steps_share, 4), recent_silence },
          longest_silence: told.longest_silence?.steps ?? 0,
        },
      };
    }),
  };
}
