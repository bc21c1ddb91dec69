import type { Feature, Geometry } from 'geojson';
import type { Field, Style } from '../../core/layer.ts';
import { field, inTiles } from '../field.ts';
import type { Part } from '../process.ts';
import { toQuantity } from '../quantity.ts';
import { inWords } from '../words.ts';
import type { Computed } from './compute.ts';
import type { Given } from './inputs.ts';
import type { Numbers } from './numbers.ts';
import { toRate } from './to-numbers.ts';

/** From pale to dark (ColorBrewer YlOrRd): the order is kept in grey and by eyes that do not tell red from green. */
const RAMP = [
  ...['#ffffcc', '#ffeda0', '#fed976', '#feb24c', '#fd8d3c'],
  ...['#fc4e2a', '#e31a1c', '#bd0026', '#800026'],
];
/** Below the lowest level. */
const BELOW = 'below';
const NAME = (index: number) => `level_${index + 1}`;

/** So many colours, as far apart on the ramp as can be. */
const colours = (many: number) =>
  Array.from({ length: many }, (_, index) => RAMP[many === 1 ? 6 : Math.round((index * 8) / (many - 1))] as string);

function titleOf(share: number, { level_of }: Given): Field['title'] {
  const percent = (lang: 'en' | 'fr') => inWords(lang).percent(share, 1);
  return level_of === 'peak'
    ? { en: `${percent('en')} of the peak or more`, fr: `${percent('fr')} du maximum ou plus` }
    : { en: `the densest ${percent('en')} of the surface`, fr: `les ${percent('fr')} les plus denses de la surface` };
}

function classField({ levels }: Numbers, inputs: Given): Field {
  return {
    ...inTiles(field('class', 'string', 'Density', 'Densité')),
    values: [
      { value: BELOW, title: { en: 'less', fr: 'moins' } },
      ...levels.map(({ share }, index) => ({ value: NAME(index), title: titleOf(share, inputs) })),
    ],
  };
}

function styleOf({ levels }: Numbers, opacity: number, outline: boolean): Style {
  const classes = Object.fromEntries(colours(levels.length).map((colour, index) => [NAME(index), colour]));
  return {
    type: 'fill',
    color: { by: 'class', classes: { [BELOW]: '#e8e8e8', ...classes }, other: '#e8e8e8' },
    opacity,
    outline,
  };
}

const UNIT = '1/1000 km2';
const RATES: readonly Field[] = [
  field('density', 'number', 'Per 1,000 km²', 'Par 1 000 km²', UNIT),
  field('monthly', 'number', 'Per 1,000 km² and month', 'Par 1 000 km² et par mois', `${UNIT}/month`),
];

const rates = (density: number, months: number | undefined) => ({
  density: toQuantity(toRate(density), 6),
  monthly: months === undefined ? null : toQuantity(toRate(density) / months, 6),
});

function toContours({ contours }: Computed, { months }: Numbers): Feature[] {
  return contours.flatMap(({ share, density, areaKm2, polygons, events, geojson }, index): Feature[] => {
    // Too small for the grid.
    if (polygons === 0) return [];
    const properties = {
      ...{ class: NAME(index), share: toQuantity(share, 4), ...rates(density, months) },
      ...{ area_km2: toQuantity(areaKm2), polygons, events },
    };
    return [{ type: 'Feature', id: index + 1, geometry: JSON.parse(geojson) as Geometry, properties }];
  });
}

function toHexagons({ cells, contours, peak }: Computed, { months }: Numbers): Feature[] {
  return cells.map(({ cell, density, outline }, index) => {
    const level = contours.findLastIndex((contour) => density >= contour.density);
    const properties = {
      ...{ class: level < 0 ? BELOW : NAME(level), hexagon: cell, ...rates(density, months) },
      share_of_peak: toQuantity(density / peak.density, 4),
    };
    return { type: 'Feature', id: index + 1, geometry: outline as Geometry, properties };
  });
}

/** The contours, the widest first, and the hexagons, by their numbers. */
export function toParts(computed: Computed | undefined, numbers: Numbers, inputs: Given): readonly Part[] {
  const level = classField(numbers, inputs);
  return [
    {
      id: 'contours',
      title: { en: 'Contours of density', fr: 'Contours de densité' },
      geometry: 'polygon',
      fields: [
        level,
        field('share', 'number', 'Level', 'Niveau'),
        ...RATES,
        field('area_km2', 'number', 'Area', 'Superficie', 'km2'),
        field('polygons', 'integer', 'Separate areas', 'Zones séparées'),
        field('events', 'integer', 'Events in them', 'Événements compris'),
      ],
      style: styleOf(numbers, 0.45, true),
      features: computed ? toContours(computed, numbers) : [],
    },
    {
      id: 'hexagons',
      title: { en: 'Density by hexagon', fr: 'Densité par hexagone' },
      geometry: 'polygon',
      fields: [
        level,
        field('hexagon', 'string', 'H3 cell', 'Cellule H3'),
        ...RATES,
        field('share_of_peak', 'number', 'Share of the peak', 'Part du maximum'),
      ],
      style: styleOf(numbers, 0.6, false),
      features: computed ? toHexagons(computed, numbers) : [],
    },
  ];
}
