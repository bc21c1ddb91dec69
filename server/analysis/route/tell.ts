import type { Language, Localized } from '../../core/layer.ts';
import type { Caveat } from '../caveats.ts';
import { count, inWords } from '../words.ts';
import type { Numbers } from './numbers.ts';

type Way = Numbers['ways'][number];
type Comparison = Numbers['comparisons'][number];

const label = (lang: Language, { way, title }: Way) =>
  lang === 'en' ? `Way ${way} (${title.en})` : `L’itinéraire ${way} (${title.fr})`;

function tellWay(lang: Language, way: Way): string {
  const { number, rate: toRate } = inWords(lang);
  const { length_km, within_km, events } = way.measures;
  const { rate, rate_lower: lower, rate_upper: upper } = events;
  const isRated = rate !== undefined && lower !== undefined && upper !== undefined;
  if (lang === 'en') {
    const rated = isRated
      ? `, ${toRate(rate)} per 100 km and month (95 % interval ${toRate(lower)} to ${toRate(upper)})`
      : '';
    return `${label(lang, way)} is ${number(length_km, 1)} km long, with ${count(lang, events.count, 'event', 'events')} within ${number(within_km, 1)} km${rated}.`;
  }
  const rated = isRated
    ? `, soit ${toRate(rate)} par 100 km et par mois (intervalle à 95 % : ${toRate(lower)} à ${toRate(upper)})`
    : '';
  return `${label(lang, way)} mesure ${number(length_km, 1)} km, avec ${count(lang, events.count, 'événement', 'événements')} à ${number(within_km, 1)} km au plus${rated}.`;
}

function tellRatio(lang: Language, compared: Comparison): string[] {
  const { way, than, rate_ratio: ratio, rate_ratio_lower: lower = 0, rate_ratio_upper: upper } = compared;
  if (ratio === undefined || upper === undefined) return [];
  const { rate: toRate } = inWords(lang);
  return [
    lang === 'en'
      ? `The rate along way ${way} is ${toRate(ratio)} times that along way ${than} (95 % interval ${toRate(lower)} to ${toRate(upper)}).`
      : `Le taux le long de l’itinéraire ${way} vaut ${toRate(ratio)} fois celui de l’itinéraire ${than} (intervalle à 95 % : ${toRate(lower)} à ${toRate(upper)}).`,
  ];
}

const NO_VERDICT: Localized = {
  en: 'These are numbers of what is recorded; they do not say which way is taken, or safe.',
  fr: 'Ce sont des nombres sur ce qui est enregistré ; ils ne disent pas quel itinéraire est emprunté, ni lequel est sûr.',
};

/** Every way, then how their rates compare; no verdict. */
export function tell({ ways, comparisons }: Numbers): Localized {
  const all = (lang: Language) =>
    [
      ...ways.map((way) => tellWay(lang, way)),
      ...comparisons.flatMap((compared) => tellRatio(lang, compared)),
      NO_VERDICT[lang],
    ].join(' ');
  return { en: all('en'), fr: all('fr') };
}

/** Of ways that share events: their counts are not of different events, as an interval of a ratio takes them to be. */
export function sharing(comparisons: readonly Comparison[]): Caveat[] {
  const most = Math.max(0, ...comparisons.map(({ shared_events }) => shared_events));
  if (most === 0) return [];
  return [
    {
      code: 'shared-events',
      text: {
        en: `Up to ${count('en', most, 'event lies near two ways at once and counts for both', 'events lie near two ways at once and count for both')}: the interval of a ratio takes events to be different ones, and is then only a guide.`,
        fr: `Jusqu’à ${count('fr', most, 'événement se situe près de deux itinéraires à la fois et compte pour chacun', 'événements se situent près de deux itinéraires à la fois et comptent pour chacun')} : l’intervalle d’un rapport suppose des événements distincts et n’est alors qu’indicatif.`,
      },
    },
  ];
}
