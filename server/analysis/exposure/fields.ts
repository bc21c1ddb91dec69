import type { Field } from '../../core/layer.ts';
import { field, inTiles } from '../field.ts';
import { HELD_STATES, type HeldGround } from './grounds.ts';
import { COMPONENTS, type Component } from './score.ts';

export const COMPONENT_TITLES: Readonly<Record<Component, { en: string; fr: string }>> = {
  attacks: { en: 'attacks', fr: 'attaques' },
  killed: { en: 'killed', fr: 'tués' },
  corridor: { en: 'nearest corridor', fr: 'corridor le plus proche' },
  contested: { en: 'contested ground', fr: 'terrain contesté' },
  trend: { en: 'trend', fr: 'tendance' },
};

export const GROUND_TITLES: Readonly<Record<HeldGround['state'], { en: string; fr: string }>> = {
  held: { en: 'held', fr: 'tenu' },
  contested: { en: 'contested', fr: 'contesté' },
  influence: { en: 'under influence', fr: 'sous influence' },
  overlap: { en: 'of several actors', fr: 'de plusieurs acteurs' },
  'not recorded': { en: 'not recorded', fr: 'non renseigné' },
  uncertain: { en: 'uncertain', fr: 'incertain' },
};

/**
 * Commodities that have columns of their own. How many columns there are, and what they are called, depends on no record: the
 * fields of a kept result are listed to all, whoever may see its records.
 */
export const COMMODITY_COLUMNS = 10;

/** The columns of commodities, from 1. */
const COLUMNS = Array.from({ length: COMMODITY_COLUMNS }, (_, index) => index + 1);

const scoreFields = COMPONENTS.flatMap((component) => {
  const { en, fr } = COMPONENT_TITLES[component];
  return [
    field(`component_${component}`, 'number', `Component: ${en}`, `Composante : ${fr}`),
    field(`part_${component}`, 'number', `Part of the score: ${en}`, `Part du score : ${fr}`),
  ];
});

/** Of one commodity, which is a value like the others. */
function nearFields(nth: number): Field[] {
  const near = (name: string, type: Field['type'], en: string, fr: string, unit?: string) =>
    field(`near_${nth}_${name}`, type, `Commodity ${nth}: ${en}`, `Trafic ${nth} : ${fr}`, unit);
  return [
    near('commodity', 'string', 'which (absent: not said)', 'lequel (absent : non précisé)'),
    near('km', 'number', 'nearest corridor', 'corridor le plus proche', 'km'),
    near('km_low', 'number', 'nearest corridor, at least', 'corridor le plus proche, au moins', 'km'),
    near('km_high', 'number', 'nearest corridor, at most', 'corridor le plus proche, au plus', 'km'),
    near('record', 'string', 'nearest corridor, record', 'corridor le plus proche, fiche'),
  ];
}

/** Of the table, by column. */
export const ROW_FIELDS: readonly Field[] = [
  inTiles(field('rank', 'integer', 'Rank', 'Rang')),
  inTiles(field('score', 'number', 'Score', 'Score')),
  ...scoreFields,
  field('collection', 'string', 'Collection', 'Collection'),
  field('item', 'integer', 'Item', 'Élément'),
  field('record', 'string', 'Record', 'Fiche'),
  inTiles(field('name', 'string', 'Name', 'Nom')),
  inTiles(field('name_fr', 'string', 'Name (French)', 'Nom (français)')),
  field('site_precision_km', 'number', 'Position within', 'Position à', 'km'),
  field('length_km', 'number', 'Length', 'Longueur', 'km'),
  field('said_held_by', 'string', 'Held by, as its record says', 'Détenu par, selon sa fiche'),
  inTiles({
    ...field('ground', 'string', 'Ground', 'Terrain'),
    values: HELD_STATES.map((value) => ({ value, title: GROUND_TITLES[value] })),
  }),
  field('holders', 'strings', 'Actors on the ground', 'Acteurs sur le terrain'),
  field('holders_perhaps', 'strings', 'Actors who may be there', 'Acteurs peut-être présents'),
  field('holder_share', 'number', 'Share of the ground that is so', 'Part du terrain concernée'),
  field('contested_share', 'number', 'Share contested or of several actors', 'Part contestée ou de plusieurs acteurs'),
  field('unrecorded_share', 'number', 'Share not recorded', 'Part non renseignée'),
  field('ground_certainty', 'string', 'Certainty of the ground', 'Certitude du terrain'),
  field('corridor_km', 'number', 'Nearest corridor', 'Corridor le plus proche', 'km'),
  field('corridor_km_low', 'number', 'Nearest corridor, at least', 'Corridor le plus proche, au moins', 'km'),
  field('corridor_km_high', 'number', 'Nearest corridor, at most', 'Corridor le plus proche, au plus', 'km'),
  field('corridor_commodity', 'string', 'Nearest corridor, commodity', 'Corridor le plus proche, trafic'),
  field('corridor_record', 'string', 'Nearest corridor, record', 'Corridor le plus proche, fiche'),
  ...COLUMNS.flatMap(nearFields),
  inTiles(field('attacks', 'integer', 'Attacks', 'Attaques')),
  field('attacks_comparable', 'number', 'Attacks, as near a point', 'Attaques, comme près d’un point'),
  field('killed', 'number', 'Killed', 'Tués'),
  field('killed_comparable', 'number', 'Killed, as near a point', 'Tués, comme près d’un point'),
  field('attacks_killed_unknown', 'integer', 'Attacks without a figure of killed', 'Attaques sans nombre de tués'),
  field('attacks_imprecise', 'integer', 'Attacks left out as imprecise', 'Attaques écartées, car imprécises'),
  field('attacks_first', 'integer', 'Attacks, first half', 'Attaques, première moitié'),
  field('attacks_last', 'integer', 'Attacks, last half', 'Attaques, seconde moitié'),
  field('attacks_undated', 'integer', 'Attacks of neither half', 'Attaques d’aucune des moitiés'),
  field('trend_ratio', 'number', 'Last half over first', 'Seconde moitié sur première'),
  field('trend_low', 'number', 'Last half over first, at least (95 %)', 'Seconde moitié sur première, au moins (95 %)'),
  field('trend_high', 'number', 'Last half over first, at most (95 %)', 'Seconde moitié sur première, au plus (95 %)'),
  inTiles(field('trend_direction', 'string', 'Trend over steps', 'Tendance par période')),
  field('trend_tau', 'number', 'Trend over steps, tau', 'Tendance par période, tau'),
  field('trend_p', 'number', 'Trend over steps, p', 'Tendance par période, p'),
  field('trend_p_adjusted', 'number', 'Trend over steps, p corrected', 'Tendance par période, p corrigé'),
  field('trend_slope', 'number', 'Attacks more a step', 'Attaques de plus par période'),
  field(
    'trend_slope_low',
    'number',
    'Attacks more a step, at least (95 %)',
    'Attaques de plus par période, au moins (95 %)',
  ),
  field(
    'trend_slope_high',
    'number',
    'Attacks more a step, at most (95 %)',
    'Attaques de plus par période, au plus (95 %)',
  ),
  inTiles(field('low_count', 'boolean', 'Few attacks', 'Peu d’attaques')),
];
