import type { Language, Localized } from '../../core/layer.ts';
import type { Pattern } from '../../stats/emerging-class.ts';
import { count } from '../words.ts';
import type { HexagonClass, NotDefined } from './classify.ts';
import type { Trend } from './numbers.ts';

/** Before the noun in English; of French words see `BEFORE`. As those who use geographic information systems know them. */
const PATTERN_TITLES: Readonly<Record<Pattern, Localized>> = {
  new: { en: 'new', fr: 'nouveau' },
  consecutive: { en: 'consecutive', fr: 'consécutif' },
  intensifying: { en: 'intensifying', fr: 'en intensification' },
  persistent: { en: 'persistent', fr: 'persistant' },
  diminishing: { en: 'diminishing', fr: 'en diminution' },
  sporadic: { en: 'sporadic', fr: 'sporadique' },
  oscillating: { en: 'oscillating', fr: 'oscillant' },
  historical: { en: 'historical', fr: 'historique' },
};

const SIDE_TITLES = {
  hot: { en: ['hotspot', 'hotspots'], fr: ['point chaud', 'points chauds'] },
  cold: { en: ['cold spot', 'cold spots'], fr: ['point froid', 'points froids'] },
} as const;

/** The one adjective that French has before the noun. */
const NEW_FR = ['nouveau', 'nouveaux'] as const;
/** Those that are words after it, in the plural; what is not among them does not change. */
const PLURALS_FR: Readonly<Record<string, string>> = {
  consécutif: 'consécutifs',
  persistant: 'persistants',
  sporadique: 'sporadiques',
  oscillant: 'oscillants',
  historique: 'historiques',
};

const capital = (text: string) => text.slice(0, 1).toUpperCase() + text.slice(1);

/** "new hotspots", "nouveaux points chauds". @param many whether there is more than one */
function nameOf(lang: Language, pattern: Pattern, side: 'hot' | 'cold', many: boolean): string {
  const [noun, title] = [SIDE_TITLES[side][lang][many ? 1 : 0], PATTERN_TITLES[pattern][lang]];
  if (lang === 'en') return `${title} ${noun}`;
  if (pattern === 'new') return `${NEW_FR[many ? 1 : 0]} ${noun}`;
  return `${noun} ${many ? (PLURALS_FR[title] ?? title) : title}`;
}

/** "7 new hotspots", "7 nouveaux points chauds". @param of a class that is hot or cold */
export function countOfClass(lang: Language, of: HexagonClass, value: number): string {
  const [pattern, side] = of.split('_') as [Pattern, 'hot' | 'cold'];
  return count(lang, value, nameOf(lang, pattern, side, false), nameOf(lang, pattern, side, true));
}

/** "New hotspot", "Nouveau point chaud". */
export const CLASS_TITLES = {
  ...Object.fromEntries(
    (Object.keys(PATTERN_TITLES) as Pattern[]).flatMap((pattern) =>
      (['hot', 'cold'] as const).map((side) => {
        const title = (lang: Language) => capital(nameOf(lang, pattern, side, false));
        return [`${pattern}_${side}`, { en: title('en'), fr: title('fr') }];
      }),
    ),
  ),
  too_few: {
    en: 'Hot by fewer than 5 events, too few to tell',
    fr: 'Chaud par moins de 5 événements, trop peu pour conclure',
  },
  none: { en: 'No class', fr: 'Aucune classe' },
} as Readonly<Record<HexagonClass, Localized>>;

export const TREND_TITLES: Readonly<Record<Trend, Localized>> = {
  up: { en: 'Rising', fr: 'En hausse' },
  down: { en: 'Falling', fr: 'En baisse' },
  none: { en: 'No significant trend', fr: 'Sans tendance significative' },
};

/** Whole sentences. */
export const REASONS: Readonly<Record<NotDefined, Localized>> = {
  'too-few-steps': {
    en: 'Classes are not defined: there are fewer than three whole steps.',
    fr: 'Les classes ne sont pas définies : il y a moins de trois périodes entières.',
  },
  'one-cell': {
    en: 'Classes are not defined: the study area is one hexagon, which has nothing to be compared with.',
    fr: 'Les classes ne sont pas définies : la zone d’étude est un seul hexagone, sans rien à quoi le comparer.',
  },
  'all-zero': {
    en: 'Classes are not defined: nothing is counted in any hexagon and step.',
    fr: 'Les classes ne sont pas définies : rien n’est compté dans aucun hexagone ni aucune période.',
  },
  'all-equal': {
    en: 'Classes are not defined: every hexagon has the same in every step.',
    fr: 'Les classes ne sont pas définies : chaque hexagone a la même valeur à chaque période.',
  },
  'ring-covers-all': {
    en: 'Classes are not defined: the ring around a hexagon covers the whole study area. Take a smaller ring, finer hexagons or a larger area.',
    fr: 'Les classes ne sont pas définies : la couronne autour d’un hexagone couvre toute la zone d’étude. Prenez une couronne plus petite, des hexagones plus fins ou une zone plus grande.',
  },
};
