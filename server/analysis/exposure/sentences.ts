import type { PublishedLayer } from '../../core/catalogue.ts';
import type { Language } from '../../core/layer.ts';
import { UNNAMED } from '../ground.ts';
import { titleOf } from '../timeline/control-layers.ts';
import { count, inWords } from '../words.ts';
import { COMPONENT_TITLES, GROUND_TITLES } from './fields.ts';
import { nearestOf, type Row } from './find-rows.ts';
import type { ExposureNumbersIn } from './numbers.ts';
import { type ByComponent, COMPONENTS } from './score.ts';

/** Rows that are told in words; all are in the table. */
const TOLD = 3;

function nameOf(lang: Language, { name, name_fr, record }: Row): string {
  return (lang === 'fr' ? (name_fr ?? name) : name) ?? record;
}

/** "14 km (0 to 45) from a corridor": both positions carried into it. */
function corridorInWords(lang: Language, row: Row): string[] {
  const found = nearestOf(row);
  if (!found) return [];
  const { number } = inWords(lang);
  const km = (metres: number) => number(metres / 1000, metres < 10_000 ? 1 : 0);
  const [low, high] = [km(Math.max(0, found.away_m - found.slack_m)), km(found.away_m + found.slack_m)];
  return lang === 'en'
    ? [`${km(found.away_m)} km (${low} to ${high}) from the nearest corridor`]
    : [`à ${km(found.away_m)} km (${low} à ${high}) du corridor le plus proche`];
}

const DIRECTIONS = {
  en: { rises: 'rises', falls: 'falls', none: 'no trend' },
  fr: { rises: 'en hausse', falls: 'en baisse', none: 'pas de tendance' },
} as const;

/** "rises, p 0.01". */
function stepsInWords(lang: Language, { overSteps }: Row): string[] {
  if (!overSteps) return [];
  return [`${DIRECTIONS[lang][overSteps.direction]}, p ${inWords(lang).rate(overSteps.adjusted)}`];
}

function trendInWords(lang: Language, { trend, attacks }: Row): string[] {
  if (!trend || attacks.attacks === 0) return [];
  const counts = { first: attacks.first_half, last: attacks.last_half };
  return lang === 'en'
    ? [`${counts.first} in the first half, ${counts.last} in the last`]
    : [`${counts.first} dans la première moitié, ${counts.last} dans la seconde`];
}

const PERHAPS = { en: 'perhaps', fr: 'peut-être' } as const;

function rowInWords(lang: Language, layers: readonly PublishedLayer[], row: Row): string {
  const { number, list } = inWords(lang);
  const { ground, attacks } = row;
  const named = (actors: readonly string[]) =>
    actors.map((actor) => titleOf(layers, 'actor', actor === UNNAMED ? null : actor)[lang]);
  const perhaps = ground.perhaps.length > 0 ? [`${PERHAPS[lang]} ${inWords(lang).list(named(ground.perhaps))}`] : [];
  const who = [...(ground.actors.length > 0 ? [list(named(ground.actors))] : []), ...perhaps];
  const holders = who.length > 0 ? ` (${who.join(', ')})` : '';
  const killed = lang === 'en' ? `${number(attacks.killed)} killed` : count('fr', attacks.killed, 'tué', 'tués');
  const facts = [
    `${lang === 'en' ? count('en', attacks.attacks, 'attack', 'attacks') : count('fr', attacks.attacks, 'attaque', 'attaques')}, ${killed}`,
    ...trendInWords(lang, row),
    ...stepsInWords(lang, row),
    `${lang === 'en' ? 'ground' : 'terrain'} ${GROUND_TITLES[ground.state][lang]}${holders}`,
    ...corridorInWords(lang, row),
  ];
  const score = row.score === undefined ? '' : ` ${number(row.score, 2)}`;
  return `${nameOf(lang, row)}${score} (${facts.join(lang === 'fr' ? ' ; ' : '; ')})`;
}

/** How the score is made, as whoever checks it would write it. */
function formulaInWords(lang: Language, weights: ByComponent): string {
  const { number } = inWords(lang);
  const sum = COMPONENTS.filter((component) => weights[component] !== 0)
    .map((component) => `${number(weights[component], 2)} × ${COMPONENT_TITLES[component][lang]}`)
    .join(' + ');
  if (sum === '') {
    return lang === 'en'
      ? 'All weights are zero: there is no score, and rows are in the order of their records.'
      : 'Tous les poids sont nuls : il n’y a pas de score, et les lignes suivent l’ordre des fiches.';
  }
  return lang === 'en'
    ? `The score is ${sum}; each component is from 0 to 1, and its part stands beside it.`
    : `Le score est ${sum} ; chaque composante va de 0 à 1, et sa part figure à côté.`;
}

function windowInWords(lang: Language, { from, to }: ExposureNumbersIn['window']): string {
  const { day } = inWords(lang);
  const last = to === undefined ? undefined : new Date(Date.parse(to) - 1).toISOString();
  if (from === undefined || last === undefined) return { en: 'at any time', fr: 'à toute date' }[lang];
  return { en: `from ${day(from)} to ${day(last)}`, fr: `du ${day(from)} au ${day(last)}` }[lang];
}

/** Of how many steps trends are, and how many rows have one. */
function trendsInWords(lang: Language, { trends }: ExposureNumbersIn): string {
  if (!trends) {
    return {
      en: 'The window has fewer than five whole years and eight whole quarters: no trend is tested.',
      fr: 'La fenêtre compte moins de cinq années entières et de huit trimestres entiers : aucune tendance n’est testée.',
    }[lang];
  }
  const { step, steps, tested, rises, falls } = trends;
  return lang === 'en'
    ? `Over ${steps} whole ${step}s (Mann-Kendall, corrected for ${count('en', tested, 'row', 'rows')}), attacks rise near ${rises} of them and fall near ${falls}.`
    : `Sur ${steps} ${step === 'year' ? 'années entières' : 'trimestres entiers'} (Mann-Kendall, corrigé pour ${count('fr', tested, 'ligne', 'lignes')}), les attaques sont en hausse près de ${rises} d’entre elles et en baisse près de ${falls}.`;
}

/** @param layers of control, which know what actors are called */
export function exposureInWords(
  lang: Language,
  numbers: ExposureNumbersIn,
  rows: readonly Row[],
  weights: ByComponent,
  layers: readonly PublishedLayer[],
): string {
  const { distance, day } = inWords(lang);
  const near = distance(numbers.within_km * 1000);
  if (rows.length === 0) {
    return {
      en: 'No mine, hub or corridor is selected.',
      fr: 'Aucune mine, aucun point de passage ni corridor n’est retenu.',
    }[lang];
  }
  const [window, at] = [windowInWords(lang, numbers.window), day(numbers.at)];
  const { counted } = numbers.attacks;
  const told = rows.slice(0, TOLD).map((row) => rowInWords(lang, layers, row));
  const isScored = rows[0]?.score !== undefined;
  const first = {
    en: isScored ? 'The highest scores' : 'The first rows',
    fr: isScored ? 'Scores les plus élevés' : 'Premières lignes',
  }[lang];
  return lang === 'en'
    ? `${count('en', rows.length, 'row', 'rows')}: ${count('en', counted, 'attack', 'attacks')} within ${near} of any of them ${window}; the ground is told for ${at}. ${trendsInWords(lang, numbers)} ${formulaInWords(lang, weights)} ${first}: ${told.join('; ')}.`
    : `${count('fr', rows.length, 'ligne', 'lignes')} : ${count('fr', counted, 'attaque', 'attaques')} à moins de ${near} de l’une d’elles ${window} ; le contrôle du terrain est celui du ${at}. ${trendsInWords(lang, numbers)} ${formulaInWords(lang, weights)} ${first} : ${told.join(' ; ')}.`;
}
