import type { Language, Localized } from '../../core/layer.ts';
import { count, inWords } from '../words.ts';
import { type BandNumbers, FEW_PAIRS, type Numbers } from './numbers.ts';

/** So many bands are told in a sentence; the table has all. */
const TOLD = 4;

const LACK: Readonly<Record<NonNullable<Numbers['not_defined']>, Localized>> = {
  'too-few': {
    en: 'Nothing can be said: it takes two events to compare.',
    fr: 'On ne peut rien dire : il faut deux événements à comparer.',
  },
  'one-day': {
    en: 'Nothing can be said: all events are of one day, and no order of dates differs from another.',
    fr: 'On ne peut rien dire : tous les événements sont du même jour, et aucun ordre des dates ne diffère d’un autre.',
  },
};

function toldBand({ distance, time, observed, expected, ratio, p_adjusted }: BandNumbers, lang: Language): string {
  const { rate, number } = inWords(lang);
  const p = number(p_adjusted, 4);
  return {
    en: `${distance.en} and ${time.en} apart: ${count('en', observed, 'pair', 'pairs')}, ${rate(ratio ?? 0)} times the ${rate(expected)} expected (p = ${p})`,
    fr: `à ${distance.fr} et ${time.fr} d’écart : ${count('fr', observed, 'paire', 'paires')}, ${rate(ratio ?? 0)} fois les ${rate(expected)} attendues (p = ${p})`,
  }[lang];
}

function tellBands({ bands, permutations }: Numbers, lang: Language): string[] {
  const more = bands.filter(({ verdict }) => verdict === 'more');
  const { number } = inWords(lang);
  const how = {
    en: `p is the share of ${number(permutations)} permutations of the dates, and the data, with as many pairs or more, adjusted for the number of bands.`,
    fr: `p est la part, parmi ${number(permutations)} permutations des dates et les données elles-mêmes, de celles qui ont autant de paires ou davantage, ajustée au nombre de tranches.`,
  }[lang];
  if (more.length === 0) {
    const few = bands.filter(({ verdict }) => verdict === 'too-few').length;
    const none = {
      en: `In none of the ${number(bands.length)} bands is it shown that there are more pairs than were dates and places independent (adjusted p at most 0.05), which is no proof that there are not.`,
      fr: `Dans aucune des ${number(bands.length)} tranches il n’est établi qu’il y ait plus de paires que si dates et lieux étaient indépendants (p ajusté d’au plus 0,05), ce qui ne prouve pas le contraire.`,
    }[lang];
    if (few > 0) {
      const tooFew = {
        en: `${count('en', few, 'band has', 'bands have')} fewer than ${number(FEW_PAIRS)} pairs and cannot tell.`,
        fr: `${count('fr', few, 'tranche a', 'tranches ont')} moins de ${number(FEW_PAIRS)} paires et ne ${few < 2 ? 'permet' : 'permettent'} pas de conclure.`,
      }[lang];
      return [none, tooFew, how];
    }
    return [none, how];
  }
  const told = more.slice(0, TOLD).map((band) => toldBand(band, lang));
  const others = more.length - told.length;
  const rest = others === 0 ? '' : { en: ` and ${number(others)} more`, fr: ` et ${number(others)} de plus` }[lang];
  return [
    {
      en: `In ${number(more.length)} of ${number(bands.length)} bands there are more pairs than were dates and places independent: ${told.join('; ')}${rest}.`,
      fr: `Dans ${number(more.length)} des ${number(bands.length)} tranches, il y a plus de paires que si dates et lieux étaient indépendants : ${told.join(' ; ')}${rest}.`,
    }[lang],
    how,
  ];
}

/** Who counts them on the map would count too few. */
function tellListed({ events_with_repeats: all, listed }: Numbers, lang: Language): string[] {
  if (listed >= all) return [];
  const { number } = inWords(lang);
  return [
    {
      en: `Of these only ${listed === 1 ? 'the one' : `the ${number(listed)}`} with the most such pairs ${listed === 1 ? 'is' : 'are'} listed and drawn.`,
      fr:
        listed < 2
          ? 'Seul celui qui a le plus de telles paires est listé et dessiné.'
          : `Seuls les ${number(listed)} qui ont le plus de telles paires sont listés et dessinés.`,
    }[lang],
  ];
}

function inLanguage(numbers: Numbers, lang: Language): string {
  const { events, pairs, first_day: first, last_day: last, not_defined: lack } = numbers;
  const { day } = inWords(lang);
  const span =
    first === undefined || last === undefined
      ? ''
      : { en: `, ${day(first)} to ${day(last)}`, fr: `, du ${day(first)} au ${day(last)}` }[lang];
  const compared = {
    en: `${count('en', events, 'event is', 'events are')} compared${span}: ${count('en', pairs, 'pair', 'pairs')}.`,
    fr: `${count('fr', events, 'événement est comparé', 'événements sont comparés')}${span} : ${count('fr', pairs, 'paire', 'paires')}.`,
  }[lang];
  if (lack) return `${compared} ${LACK[lack][lang]}`;
  const repeating = {
    en: `${count('en', numbers.events_with_repeats, 'event has', 'events have')} such a repeat, ${inWords('en').percent(numbers.events_with_repeats / Math.max(1, events))} of all.`,
    fr: `${count('fr', numbers.events_with_repeats, 'événement a', 'événements ont')} une telle répétition, soit ${inWords('fr').percent(numbers.events_with_repeats / Math.max(1, events))}.`,
  }[lang];
  const isFound = numbers.events_with_repeats > 0;
  return [compared, ...tellBands(numbers, lang), ...(isFound ? [repeating] : []), ...tellListed(numbers, lang)].join(
    ' ',
  );
}

export const tell = (numbers: Numbers): Localized => ({ en: inLanguage(numbers, 'en'), fr: inLanguage(numbers, 'fr') });
