import { outlineOf } from '../../core/hex.ts';
import type { Localized, Style } from '../../core/layer.ts';
import { field, inTiles } from '../field.ts';
import type { Part } from '../process.ts';
import { toQuantity } from '../quantity.ts';
import type { HexagonClass } from './classify.ts';
import { CLASSES, type Hexagon } from './numbers.ts';
import { CLASS_TITLES, TREND_TITLES } from './words.ts';

const NONE = '#e3e3e3';
/** Red and blue apart also for those who do not tell red from green (Brewer's RdBu); darker where it stands out more. */
const COLORS: Readonly<Record<Exclude<HexagonClass, 'none'>, string>> = {
  ...{ intensifying_hot: '#67001f', persistent_hot: '#8e0c25', consecutive_hot: '#b2182b', new_hot: '#d6604d' },
  ...{ sporadic_hot: '#e58368', oscillating_hot: '#f4a582', diminishing_hot: '#f9c4a9', historical_hot: '#fddbc7' },
  ...{ intensifying_cold: '#053061', persistent_cold: '#124984', consecutive_cold: '#2166ac', new_cold: '#4393c3' },
  ...{ sporadic_cold: '#68abd0', oscillating_cold: '#92c5de', diminishing_cold: '#b5d7e8', historical_cold: '#d1e5f0' },
  too_few: '#bdbdbd',
};

/** Hexagons that are drawn: of more a map shows nothing, and they are slow to be sent. */
const MOST_DRAWN = 20_000;

/** How many are not drawn: the last in the order of the list, which have no class before any other. */
export const notDrawn = (hexagons: readonly Hexagon[]): number => Math.max(0, hexagons.length - MOST_DRAWN);

const STYLE: Style = {
  type: 'fill',
  color: { by: 'class', classes: { ...COLORS, none: NONE }, other: NONE },
  opacity: 0.6,
  outline: true,
};

const valuesOf = <Value extends string>(values: readonly Value[], titles: Readonly<Record<Value, Localized>>) =>
  values.map((value) => ({ value, title: titles[value] }));

/** The hexagons as polygons. Those without a class and without events are not among them. */
export function toPart(hexagons: readonly Hexagon[]): Part {
  const classes = { ...field('class', 'string', 'Class', 'Classe'), values: valuesOf(CLASSES, CLASS_TITLES) };
  const trends = valuesOf(['up', 'down', 'none'], TREND_TITLES);
  return {
    id: 'hexagons',
    title: { en: 'Emerging hotspots', fr: 'Points chauds émergents' },
    geometry: 'polygon',
    style: STYLE,
    fields: [
      field('hexagon', 'string', 'H3 cell', 'Cellule H3'),
      inTiles(classes),
      field('events', 'number', 'Events', 'Événements'),
      field(
        'events_behind',
        'number',
        'Events behind the heat, with its neighbours',
        'Événements qui le rendent chaud, voisins compris',
      ),
      field('steps_hot', 'integer', 'Steps in which it is hot', 'Périodes où il est chaud'),
      field('steps_cold', 'integer', 'Steps in which it is cold', 'Périodes où il est froid'),
      field('hot_share', 'number', 'Share of steps that are hot', 'Part des périodes chaudes', '1'),
      field('last_z', 'number', 'z of the last step (Gi*)', 'z de la dernière période (Gi*)', '1'),
      { ...field('trend', 'string', 'Trend of z', 'Tendance de z'), values: trends },
      field('trend_z', 'number', 'Trend of z (Mann-Kendall Z)', 'Tendance de z (Z de Mann-Kendall)', '1'),
      field('trend_p', 'number', 'Trend of z, p', 'Tendance de z, p', '1'),
    ],
    features: hexagons.slice(0, MOST_DRAWN).map((hexagon, index) => {
      const { cell, class: of, events, steps_hot, steps_cold, hot_share, last_z, trend, trend_z, trend_p } = hexagon;
      const { events_behind } = hexagon;
      return {
        type: 'Feature',
        id: index + 1,
        geometry: { type: 'Polygon', coordinates: [outlineOf(cell)] },
        properties: {
          ...{ hexagon: cell, class: of, steps_hot, steps_cold, trend },
          ...{ events: toQuantity(events), events_behind: toQuantity(events_behind) },
          ...{ hot_share: toQuantity(hot_share, 4), last_z: toQuantity(last_z, 4) },
          trend_z: trend_z === undefined ? null : toQuantity(trend_z, 4),
          trend_p: trend_p === undefined ? null : toQuantity(trend_p, 6),
        },
      };
    }),
  };
}
