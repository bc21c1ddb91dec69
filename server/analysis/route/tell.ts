import type { Language, Localized } from '../../core/layer.ts';
import type { Caveat } from '../caveats.ts';
import { count, inWords } from '../words.ts';
import type { Numbers } from './numbers.ts';

type Way = Numbers['ways'][number];
type Comparison = Numbers['comparisons'][number];

const label = (lang: Language, { way, title }: Way) =>
  lang === 'en' ? `Way ${way} (${title.en})` : `L’itinéraire ${way} (${title.fr})`;

/** With two digits that say something, however small. */
function toRate(lang: Language, value: number): string {
  const decimals = value > 0 ? Math.max(2, 1 - Math.floor(Math.log10(value))) : 2;
  return inWords(lang).number(value, Math.min(decimals, 6));
}

function tellWay(lang: Language, way: Way): string {
  const { number } = inWords(lang);
  const { length_km, within_km, events } = way.measures;
  const { rate, rate_lower: lower, rate_upper: upper } = events;
  const isRated = rate !== undefined && lower !== undefined && upper !== undefined;
  if (lang === 'en') {
    const rated = isRated
      ? `, ${toRate(lang, rate)} per 100 km and month (95 % interval ${toRate(lang, lower)} to ${toRate(lang, upper)})`
      : '';
    return `${label(lang, way)} is ${number(length_km, 1)} km long, with ${count(lang, events.count, 'event', 'events')} within ${number(within_km, 1)} km${rated}.`;
  }
  const rated = isRated
    ? `, soit ${toRate(lang, rate)} par 100 km et par mois (intervalle à 95 % : ${toRate(lang, lower)} à ${toRate(lang, upper)})`
    : '';
  return `${label(lang, way)} mesure ${number(length_km, 1)} km, avec ${count(lang, events.count, 'événement', 'événements')} à ${number(within_km, 1)} km au plus${rated}.`;
}

function tellRatio(lang: Language, compared: Comparison): string[] {
  const { way, than, rate_ratio: ratio, rate_ratio_lower: lower = 0, rate_ratio_upper: upper } = compared;
  if (ratio === undefined || upper === undefined) return [];
  const { number } = inWords(lang);
  return [
    lang === 'en'
      ? `The rate along way ${way} is ${number(ratio, 2)} times that along way ${than} (95 % interval ${number(lower, 2)} to ${number(upper, 2)}).`
      : `Le taux le long de l’itinéraire ${way} vaut ${number(ratio, 2)} fois celui de l’itinéraire ${than} (intervalle à 95 % : ${number(lower, 2)} à ${number(upper, 2)}).`,
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
