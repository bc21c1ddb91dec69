import type { Feature, Geometry } from 'geojson';
import type { Field, Style } from '../../core/layer.ts';
import { field, inTiles } from '../field.ts';
import type { Part } from '../process.ts';
import { toQuantity } from '../quantity.ts';
import type { StudyUnit } from '../study-units.ts';
import { CHANGES } from './classify.ts';
import { LEVELS } from './level.ts';
import type { ChangeNumbers } from './numbers.ts';
import { LEVEL_WEEKS } from './periods.ts';
import { CHANGE_WORDS, LEVEL_WORDS } from './words.ts';

const STYLE: Style = {
  type: 'fill',
  color: {
    by: 'change',
    classes: { risen: '#b2182b', fallen: '#2166ac', 'no-change': '#f7f7f7', 'too-few': '#bdbdbd' },
    other: '#bdbdbd',
  },
  opacity: 0.6,
  outline: true,
};

const withValues = (described: Field, values: readonly (readonly [string, Field['title']])[]): Field => ({
  ...described,
  values: values.map(([value, title]) => ({ value, title })),
});

const FIELDS: readonly Field[] = [
  field('unit', 'string', 'Unit', 'Unité'),
  field('name', 'string', 'Name', 'Nom'),
  field('area_km2', 'number', 'Area', 'Superficie', 'km2'),
  field('earlier', 'integer', 'Events, earlier period', 'Événements, première période'),
  field('later', 'integer', 'Events, later period', 'Événements, seconde période'),
  field('difference', 'number', 'Difference per month', 'Écart par mois', '1/month'),
  field('ratio', 'number', 'Times as many a day', 'Rapport des nombres par jour'),
  field('ratio_lower', 'number', 'Ratio, lower bound (95 %)', 'Rapport, borne inférieure (95 %)'),
  field('ratio_upper', 'number', 'Ratio, upper bound (95 %)', 'Rapport, borne supérieure (95 %)'),
  field('p', 'number', 'p of the exact test', 'p du test exact'),
  field('p_adjusted', 'number', 'p, corrected for all units', 'p, corrigé pour toutes les unités'),
  inTiles(
    withValues(
      field('change', 'string', 'Change', 'Évolution'),
      CHANGES.map((name) => [name, CHANGE_WORDS[name]]),
    ),
  ),
  field(
    'imprecise',
    'integer',
    'Events that may lie in another unit',
    'Événements relevant peut-être d’une autre unité',
  ),
  ...LEVEL_WEEKS.flatMap((weeks) => [
    field(
      `percent_${weeks}_weeks`,
      'number',
      `Last ${weeks} weeks against those before`,
      `${weeks} dernières semaines face aux précédentes`,
      '%',
    ),
    withValues(
      field(`level_${weeks}_weeks`, 'string', `Level, last ${weeks} weeks`, `Niveau, ${weeks} dernières semaines`),
      LEVELS.map((name) => [name, LEVEL_WORDS[name]]),
    ),
  ]),
];

const optional = (value: number | undefined, decimals: number) =>
  value === undefined ? null : toQuantity(value, decimals);

function toProperties(unit: ChangeNumbers['units'][number]): Record<string, unknown> {
  return {
    ...{ unit: unit.unit, name: unit.name ?? null, area_km2: toQuantity(unit.area_km2) },
    ...{ earlier: unit.earlier, later: unit.later, difference: toQuantity(unit.difference, 4) },
    ratio: optional(unit.ratio, 4),
    ratio_lower: optional(unit.ratio_lower, 4),
    ratio_upper: optional(unit.ratio_upper, 4),
    p: optional(unit.p, 9),
    p_adjusted: optional(unit.p_adjusted, 9),
    ...{ change: unit.change, imprecise: unit.imprecise },
    ...Object.fromEntries(
      unit.levels.flatMap(({ weeks, percent, level }) => [
        [`percent_${weeks}_weeks`, optional(percent, 1)],
        [`level_${weeks}_weeks`, level],
      ]),
    ),
  };
}

/** The units with their numbers, as polygons. @param shown those of `numbers.units`, in their order */
export function toPart(shown: readonly StudyUnit[], numbers: ChangeNumbers): Part {
  return {
    id: 'units',
    title: { en: 'Change by unit', fr: 'Évolution par unité' },
    geometry: 'polygon',
    fields: FIELDS,
    style: STYLE,
    features: shown.map(
      ({ shape }, index): Feature => ({
        ...{ type: 'Feature', id: index + 1, geometry: shape() as Geometry },
        properties: toProperties(numbers.units[index] as ChangeNumbers['units'][number]),
      }),
    ),
  };
}
