import type { Geometry } from 'geojson';
import type { Localized, Style } from '../../core/layer.ts';
import { field, inTiles } from '../field.ts';
import type { Part } from '../process.ts';
import { toQuantity } from '../quantity.ts';
import type { Unit } from '../summary/units.ts';
import { TRENDS, type Trend } from './judge.ts';
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

/** The units with their trends, as polygons. */
export function toPart(units: readonly Unit[], numbers: readonly UnitNumbers[]): Part {
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
      field('events', 'integer', 'Events', 'Événements'),
      field('trend_z', 'number', 'Z (Mann-Kendall)', 'Z (Mann-Kendall)', '1'),
      field('trend_p', 'number', 'p, two-sided', 'p, bilatéral', '1'),
      field('p_adjusted', 'number', 'p, corrected for the number of units', 'p corrigé pour le nombre d’unités', '1'),
      field('slope', 'number', 'Sen slope, change within a year', 'Pente de Sen, variation en un an', '1/a'),
      field(
        'rate_slope',
        'number',
        'Sen slope of the rate, within a year',
        'Pente de Sen du taux, en un an',
        '1/1000 km2/month/a',
      ),
    ],
    features: numbers.map(({ unit, name, trend, events, z, p, p_adjusted, slope, rate_slope }, index) => ({
      type: 'Feature',
      id: index + 1,
      geometry: JSON.parse((units[index] as Unit).geojson) as Geometry,
      properties: {
        ...{ unit, name: name ?? null, trend, events },
        ...{ trend_z: rounded(z, 4), trend_p: rounded(p, 6), p_adjusted: rounded(p_adjusted, 6) },
        ...{ slope: rounded(slope, 6), rate_slope: rounded(rate_slope, 6) },
      },
    })),
  };
}
