import type { Geometry } from 'geojson';
import type { Localized, Style } from '../../core/layer.ts';
import { field, inTiles } from '../field.ts';
import type { Part } from '../process.ts';
import { toQuantity } from '../quantity.ts';
import type { Unit } from '../summary/units.ts';
import type { SeriesOf } from './inputs.ts';
import { TRENDS, type Trend } from './judge.ts';
import { MEMBERS } from './members.ts';
import type { UnitNumbers } from './numbers.ts';

export const TREND_TITLES: Readonly<Record<Trend, Localized>> = {
  up: { en: 'Rising', fr: 'En hausse' },
  down: { en: 'Falling', fr: 'En baisse' },
  none: { en: 'No significant trend', fr: 'Sans tendance significative' },
  not_defined: { en: 'Not defined', fr: 'Non définie' },
};

/** Brewer's PuOr: told apart without red and green, and dark against light on a grey print. */
const COLORS = { up: '#b35806', down: '#8073ac', none: '#bdbdbd', not_defined: '#ececec' } as const;
const STYLE: Style = {
  ...{ type: 'fill', opacity: 0.6, outline: true },
  color: { by: 'trend', classes: COLORS, other: COLORS.not_defined },
};

/** Of what the slope is, in which words. */
const SLOPES: Readonly<Record<SeriesOf, Localized>> = {
  events: { en: 'Sen slope, change within a year', fr: 'Pente de Sen, variation en un an' },
  'in-force': { en: 'Sen slope of those in force, within a year', fr: 'Pente de Sen du nombre en vigueur, en un an' },
  length: { en: 'Sen slope of the length, within a year', fr: 'Pente de Sen de la longueur, en un an' },
  area: { en: 'Sen slope of the ground, within a year', fr: 'Pente de Sen du terrain, en un an' },
};

/** The units with their trends, as polygons. */
export function toPart(units: readonly Unit[], numbers: readonly UnitNumbers[], of: SeriesOf): Part {
  const { count, rate } = MEMBERS[of];
  const values = TRENDS.map((value) => ({ value, title: TREND_TITLES[value] }));
  const rounded = (value: number | undefined, decimals: number) =>
    value === undefined ? null : toQuantity(value, decimals);
  return {
    id: 'units',
    title: { en: 'Trends', fr: 'Tendances' },
    geometry: 'polygon',
    style: STYLE,
    fields: [
      field('unit', 'string', 'Unit', 'Unité'),
      field('name', 'string', 'Name', 'Nom'),
      inTiles({ ...field('trend', 'string', 'Trend', 'Tendance'), values }),
      of === 'events'
        ? field('events', 'integer', 'Events', 'Événements')
        : field('records', 'integer', 'Records in force', 'Fiches en vigueur'),
      field('trend_z', 'number', 'Z (Mann-Kendall)', 'Z (Mann-Kendall)', '1'),
      field('trend_p', 'number', 'p, two-sided', 'p, bilatéral', '1'),
      field('p_adjusted', 'number', 'p, corrected for the number of units', 'p corrigé pour le nombre d’unités', '1'),
      field(count.slope, 'number', SLOPES[of].en, SLOPES[of].fr, `${count.unit}/a`),
      field(
        rate.slope,
        'number',
        'Sen slope of the rate, within a year',
        'Pente de Sen du taux, en un an',
        `${rate.unit}/a`,
      ),
    ],
    features: numbers.map((unit, index) => ({
      type: 'Feature',
      id: index + 1,
      geometry: JSON.parse((units[index] as Unit).geojson) as Geometry,
      properties: {
        ...{ unit: unit.unit, name: unit.name ?? null, trend: unit.trend },
        ...(of === 'events' ? { events: unit.events } : { records: unit.records }),
        ...{ trend_z: rounded(unit.z, 4), trend_p: rounded(unit.p, 6), p_adjusted: rounded(unit.p_adjusted, 6) },
        ...{ [count.slope]: rounded(unit[count.slope], 6), [rate.slope]: rounded(unit[rate.slope], 6) },
      },
    })),
  };
}
