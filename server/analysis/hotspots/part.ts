import type { Feature } from 'geojson';
import { outlineOf } from '../../core/hex.ts';
import type { Field, Style } from '../../core/layer.ts';
import { field, inTiles } from '../field.ts';
import type { Part } from '../process.ts';
import { toQuantity } from '../quantity.ts';
import type { Found } from './find.ts';
import { isCold, isHot, VERDICTS, type Verdict } from './judge.ts';

/** Hexagons of one answer that are drawn, about 2 MB: where there are more with events, only those that are hot or cold. */
const MOST = 4_000;

const TITLES: Record<Verdict, readonly [en: string, fr: string]> = {
  hot_99: ['Hot, 99 %', 'Point chaud, 99 %'],
  hot_95: ['Hot, 95 %', 'Point chaud, 95 %'],
  hot_90: ['Hot, 90 %', 'Point chaud, 90 %'],
  too_few: ['Hot by fewer than 5 events, too few to tell', 'Chaud par moins de 5 événements, trop peu pour conclure'],
  none: ['Not significant', 'Non significatif'],
  cold_90: ['Cold, 90 %', 'Point froid, 90 %'],
  cold_95: ['Cold, 95 %', 'Point froid, 95 %'],
  cold_99: ['Cold, 99 %', 'Point froid, 99 %'],
  not_defined: ['Not defined', 'Non défini'],
};
const COLORS: Record<Verdict, string> = {
  ...{ hot_99: '#b2182b', hot_95: '#ef8a62', hot_90: '#fddbc7', too_few: '#f6e8a6', none: '#d9d9d9' },
  ...{ cold_90: '#d1e5f0', cold_95: '#67a9cf', cold_99: '#2166ac', not_defined: '#999999' },
};

const verdict = (name: string, en: string, fr: string): Field => ({
  ...inTiles(field(name, 'string', en, fr)),
  values: VERDICTS.map((value) => ({ value, title: { en: TITLES[value][0], fr: TITLES[value][1] } })),
});

const FIELDS: readonly Field[] = [
  field('hexagon', 'string', 'H3 cell', 'Cellule H3'),
  verdict('verdict', 'Verdict', 'Verdict'),
  field('events', 'number', 'Events counted', 'Événements comptés'),
  field('around', 'number', 'Events in it and its neighbours', 'Événements dans l’hexagone et ses voisins'),
  field('summed', 'number', 'Value looked at', 'Valeur étudiée'),
  inTiles(field('z', 'number', 'z (Gi*)', 'z (Gi*)')),
  field('p_adjusted', 'number', 'p, corrected', 'p, corrigé'),
  verdict('with_imprecise', 'With the imprecise events', 'Avec les événements imprécis'),
  verdict('without_imprecise', 'Without the imprecise events', 'Sans les événements imprécis'),
  field('survives', 'boolean', 'Both with and without the imprecise events', 'Avec comme sans les événements imprécis'),
];

const STYLE: Style = {
  type: 'fill',
  color: { by: 'verdict', classes: COLORS, other: '#999999' },
  ...{ opacity: 0.6, outline: false },
};

/** Outlines to ten metres, a fiftieth of the edge of the smallest hexagons. Of the same study area they are the same. */
const outlines = new WeakMap<readonly string[], Map<number, number[][]>>();
function outlineAt(cells: readonly string[], place: number): number[][] {
  const known = outlines.get(cells) ?? new Map<number, number[][]>();
  outlines.set(cells, known);
  const ring = known.get(place) ?? outlineOf(cells[place] as string).map(([lon, lat]) => [round(lon), round(lat)]);
  known.set(place, ring);
  return ring;
}
const round = (degrees: number) => Math.round(degrees * 1e4) / 1e4 + 0;

/** The hexagons in which something is, or that are hot or cold, in the order of their numbers; and how many with events are left out. */
export function toPart(found: Found): { readonly part: Part; readonly undrawn: number } {
  const { study, counts, events, around, values, judged } = found;
  const [all, fewer] = [found.withImprecise, found.withoutImprecise].map((each) =>
    'verdicts' in each ? each.verdicts : undefined,
  );
  const own = 'verdicts' in judged ? judged : undefined;
  const stands = (place: number) =>
    [own?.verdicts, all, fewer].some((verdicts) => {
      const verdict = verdicts?.[place];
      return isHot(verdict) || isCold(verdict) || verdict === 'too_few';
    });
  const isUsed = (place: number) => (counts.events.all[place] as number) > 0 || (events[place] as number) > 0;
  const places = [...study.cells.keys()];
  const significant = places.filter(stands);
  const used = places.filter((place) => isUsed(place) || stands(place));
  const defined = (value: number | undefined, decimals: number) =>
    value === undefined || Number.isNaN(value) ? null : toQuantity(value, decimals);
  const drawn = used.length <= MOST ? used : significant;
  const features = drawn.map((place): Feature => {
    const [one, other] = [all?.[place] ?? 'not_defined', fewer?.[place] ?? 'not_defined'];
    // Members in the order of their names: so they are written canonically in a quarter of the time.
    return {
      geometry: { coordinates: [outlineAt(study.cells, place)], type: 'Polygon' },
      id: place + 1,
      properties: {
        around: toQuantity(around[place] as number),
        events: toQuantity(events[place] as number),
        hexagon: study.cells[place],
        p_adjusted: defined(own?.adjusted[place], 8),
        summed: toQuantity(values[place] as number),
        survives: (isHot(one) && isHot(other)) || (isCold(one) && isCold(other)),
        verdict: own?.verdicts[place] ?? 'not_defined',
        with_imprecise: one,
        without_imprecise: other,
        z: defined(own?.z[place], 4),
      },
      type: 'Feature',
    };
  });
  const part: Part = {
    ...{ id: 'hexagons', title: { en: 'Hot and cold hexagons', fr: 'Hexagones chauds et froids' } },
    ...{ geometry: 'polygon', fields: FIELDS, style: STYLE, features },
  };
  return { part, undrawn: used.length - drawn.length };
}
