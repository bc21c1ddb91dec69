import type { Language, Localized } from '../../core/layer.ts';
import { count, inWords } from '../words.ts';
import type { Given } from './inputs.ts';
import { distanceInWords } from './interval.ts';
import type { Numbers } from './numbers.ts';

interface Told {
  readonly inputs: Pick<Given, 'within_km' | 'nearest'>;
  readonly numbers: Numbers;
  readonly titles: { readonly from: Localized; readonly to: Localized };
}

const records = (lang: Language, value: number) =>
  lang === 'en' ? count(lang, value, 'record', 'records') : count(lang, value, 'fiche', 'fiches');

function inEnglish({ inputs, numbers, titles }: Told): string[] {
  const { number, percent } = inWords('en');
  const limit = inputs.within_km === undefined ? '' : ` within ${number(inputs.within_km, 3)} km`;
  const what = inputs.nearest === undefined ? 'a neighbour' : `a neighbour among the nearest ${number(inputs.nearest)}`;
  return [
    `Of ${records('en', numbers.from.records)} of “${titles.from.en}”, ${number(numbers.with_neighbour)} (${percent(numbers.share_with_neighbour, 1)}) have ${inputs.nearest === 1 ? 'a nearest neighbour' : what} in “${titles.to.en}”${limit}: ${count('en', numbers.pairs, 'pair', 'pairs')} in all.`,
    ...(numbers.pairs_certain === undefined || numbers.pairs === 0
      ? []
      : [
          `${count('en', numbers.pairs_certain, 'pair is', 'pairs are')} within that distance however far off the recorded positions are.`,
        ]),
    ...(numbers.nearest_km
      ? [
          `The median distance to the nearest is ${number(numbers.nearest_km.median, 1)} km; for the middle half it is ${number(numbers.nearest_km.first_quartile, 1)} to ${number(numbers.nearest_km.third_quartile, 1)} km.`,
        ]
      : []),
    ...numbers.table.slice(0, 1).map((pair) => `The closest pair is ${distanceInWords('en', pair)} apart.`),
    ...(numbers.listed < numbers.pairs ? [`The table lists the closest ${number(numbers.listed)}.`] : []),
  ];
}

function inFrench({ inputs, numbers, titles }: Told): string[] {
  const { number, percent } = inWords('fr');
  const limit = inputs.within_km === undefined ? '' : ` à ${number(inputs.within_km, 3)} km au plus`;
  const have = numbers.with_neighbour < 2 ? 'a' : 'ont';
  const what =
    inputs.nearest === undefined || inputs.nearest === 1
      ? `${have} ${inputs.nearest === 1 ? 'une plus proche voisine' : 'au moins une voisine'}`
      : `${have} une voisine parmi les ${number(inputs.nearest)} plus proches`;
  return [
    `Sur ${records('fr', numbers.from.records)} de « ${titles.from.fr} », ${number(numbers.with_neighbour)} (${percent(numbers.share_with_neighbour, 1)}) ${what} dans « ${titles.to.fr} »${limit} : ${count('fr', numbers.pairs, 'paire', 'paires')} en tout.`,
    ...(numbers.pairs_certain === undefined || numbers.pairs === 0
      ? []
      : [
          `${count('fr', numbers.pairs_certain, 'paire est', 'paires sont')} à cette distance ou moins, quel que soit l’écart des positions enregistrées.`,
        ]),
    ...(numbers.nearest_km
      ? [
          `La distance médiane à la plus proche est de ${number(numbers.nearest_km.median, 1)} km ; pour la moitié centrale, elle va de ${number(numbers.nearest_km.first_quartile, 1)} à ${number(numbers.nearest_km.third_quartile, 1)} km.`,
        ]
      : []),
    ...numbers.table
      .slice(0, 1)
      .map((pair) => `La paire la plus proche est distante de ${distanceInWords('fr', pair)}.`),
    ...(numbers.listed < numbers.pairs ? [`Le tableau donne les ${number(numbers.listed)} plus proches.`] : []),
  ];
}

/** What was found, in whole sentences. */
export const tell = (told: Told): Localized => ({ en: inEnglish(told).join(' '), fr: inFrench(told).join(' ') });
