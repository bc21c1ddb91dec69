import type { Language, Localized } from '../../core/layer.ts';
import type { StudyCells } from '../cells/study-cells.ts';
import { count, eventsInWords, inWords } from '../words.ts';
import { FEW } from './judge.ts';
import type { HotHexagon, HotspotsNumbers } from './numbers.ts';

/** Hexagons that are named in a sentence. */
const NAMED = 3;

const WHY_NOT: Record<NonNullable<HotspotsNumbers['not_defined']>, Localized> = {
  nothing: { en: 'the study area has no hexagon', fr: 'la zone d’étude n’a aucun hexagone' },
  'one-place': { en: 'the study area is a single hexagon', fr: 'la zone d’étude tient en un seul hexagone' },
  'all-zero': { en: 'nothing is counted in any hexagon', fr: 'rien n’est compté dans aucun hexagone' },
  'all-equal': { en: 'every hexagon has the same value', fr: 'tous les hexagones ont la même valeur' },
  'neighbourhood-is-all': {
    en: 'the neighbourhood of every hexagon is the whole study area: take finer hexagons or fewer rings',
    fr: 'le voisinage de chaque hexagone est la zone d’étude entière : prenez des hexagones plus fins ou moins de couronnes',
  },
};

function corrected(lang: Language, p: number): string {
  if (p < 0.001) return lang === 'en' ? 'below 0.001' : 'inférieur à 0,001';
  return inWords(lang).number(p, 3);
}

const isHot = ({ verdict }: HotHexagon) => verdict.startsWith('hot');

function hottest(lang: Language, { significant, measure }: HotspotsNumbers): string {
  const named = significant.filter(isHot).slice(0, NAMED);
  if (named.length === 0) return '';
  const { number, list, position } = inWords(lang);
  const each = named.map((hexagon) => {
    const { events, value, z, p_adjusted } = hexagon;
    const sum = measure === undefined ? '' : `${measure} ${number(value, 1)}, `;
    const all = eventsInWords(lang, events);
    return lang === 'en'
      ? `around ${position(hexagon)} (${sum}${all}, z ${number(z, 1)}, corrected p ${corrected('en', p_adjusted)})`
      : `autour de ${position(hexagon)} (${sum}${all}, z ${number(z, 1)}, p corrigé ${corrected('fr', p_adjusted)})`;
  });
  return lang === 'en' ? ` Hottest: ${list(each)}.` : ` Les plus chauds : ${list(each)}.`;
}

function verdictsInWords(lang: Language, { verdicts, not_defined }: HotspotsNumbers): string {
  const { number } = inWords(lang);
  if (!verdicts) {
    const why = WHY_NOT[not_defined ?? 'nothing'][lang];
    return lang === 'en' ? ` Gi* is not defined: ${why}.` : ` Gi* n’est pas défini : ${why}.`;
  }
  const { too_few } = verdicts;
  const [hot, cold] = (['hot', 'cold'] as const).map((sort) =>
    ([99, 95, 90] as const).map((level) => verdicts[`${sort}_${level}`]),
  ) as [number[], number[]];
  const total = (levels: readonly number[]) => levels.reduce((sum, each) => sum + each, 0);
  const levels = ([at99 = 0, at95 = 0, at90 = 0]: readonly number[]) =>
    lang === 'en'
      ? `${number(at99)} at 99 %, ${number(at95)} at 95 %, ${number(at90)} at 90 %`
      : `${number(at99)} à 99 %, ${number(at95)} à 95 %, ${number(at90)} à 90 %`;
  if (lang === 'en') {
    const part = (sort: string, each: readonly number[]) =>
      total(each) === 0 ? `none is ${sort}` : `${count('en', total(each), 'is', 'are')} ${sort} (${levels(each)})`;
    const few =
      too_few === 0
        ? ''
        : ` ${count('en', too_few, 'more would be hot, but has', 'more would be hot, but have')} fewer than ${FEW} events in the whole neighbourhood: too few to tell from chance.`;
    return ` After the correction for so many tests ${part('hot', hot)}, and ${part('cold', cold)}.${few}`;
  }
  const part = (one: string, many: string, each: readonly number[]) =>
    total(each) === 0
      ? `aucun n’est ${one}`
      : `${count('fr', total(each), `est ${one}`, `sont ${many}`)} (${levels(each)})`;
  const few =
    too_few === 0
      ? ''
      : ` ${count('fr', too_few, 'autre serait chaud, mais compte', 'autres seraient chauds, mais comptent')} moins de ${FEW} événements dans tout le voisinage : trop peu pour les distinguer du hasard.`;
  return ` Après correction pour autant de tests, ${part('chaud', 'chauds', hot)} et ${part('froid', 'froids', cold)}.${few}`;
}

function survivalInWords(lang: Language, { survival, not_defined, events }: HotspotsNumbers): string {
  const { imprecise, counted, inside, spread_away } = events;
  // Of events that lie elsewhere a share may be spread into the study area.
  const isSpreadIn = imprecise === 0 && spread_away !== undefined && counted > inside;
  if ((imprecise === 0 && !isSpreadIn) || not_defined !== undefined) return '';
  if (!survival) {
    return lang === 'en'
      ? ' Without the imprecise events, or with them, Gi* is not defined: whether a hexagon survives cannot be told.'
      : ' Sans les événements imprécis, ou avec eux, Gi* n’est pas défini : on ne peut dire si un hexagone résiste.';
  }
  const { hot } = survival;
  if (lang === 'en') {
    const lost =
      hot.with_imprecise === 0 ? '' : `; ${inWords('en').number(hot.survive)} of these are hot without them too`;
    return ` With the ${isSpreadIn ? 'imprecise events of elsewhere' : imprecise === 1 ? 'imprecise event' : count('en', imprecise, 'imprecise event', 'imprecise events')}, ${count('en', hot.with_imprecise, 'hexagon is', 'hexagons are')} hot${lost}; without them, ${inWords('en').number(hot.without_imprecise)}.`;
  }
  const lost = hot.with_imprecise === 0 ? '' : `, dont ${inWords('fr').number(hot.survive)} le restent sans eux`;
  const all = count('fr', imprecise, 'événement imprécis', 'événements imprécis');
  return ` Avec ${isSpreadIn ? 'les événements imprécis d’ailleurs' : imprecise < 2 ? 'l’événement imprécis' : `les ${all}`}, ${count('fr', hot.with_imprecise, 'hexagone est chaud', 'hexagones sont chauds')}${lost} ; sans eux, ${inWords('fr').number(hot.without_imprecise)}.`;
}

function windowInWords(lang: Language, { from, to }: HotspotsNumbers): string {
  if (from === undefined || to === undefined) return '';
  const { day } = inWords(lang);
  const last = new Date(Date.parse(to) - 1).toISOString();
  return lang === 'en' ? `, ${day(from)} to ${day(last)}` : `, du ${day(from)} au ${day(last)}`;
}

function inLanguage(lang: Language, { title }: StudyCells, what: Localized, numbers: HotspotsNumbers): string {
  const { number } = inWords(lang);
  const { hexagons, resolution, area_km2, occupied, events, ring } = numbers;
  const rest = `${verdictsInWords(lang, numbers)}${hottest(lang, numbers)}${survivalInWords(lang, numbers)}`;
  const counted = eventsInWords(lang, events.counted);
  if (lang === 'en') {
    return `Hot and cold spots of ${what.en} in ${title.en}${windowInWords('en', numbers)}: ${counted} in ${count('en', hexagons, 'hexagon', 'hexagons')} of H3 resolution ${resolution} (${number(area_km2)} km²), ${number(occupied)} with events. Each is compared with the mean of all, together with its neighbours up to ${count('en', ring, 'ring', 'rings')} away (Gi*).${rest} A hot hexagon is where reports are denser than chance would put them, not where danger is proven; the study area is these hexagons as a whole.`;
  }
  return `Points chauds et froids : ${what.fr}, ${title.fr}${windowInWords('fr', numbers)} : ${counted} dans ${count('fr', hexagons, 'hexagone', 'hexagones')} H3 de résolution ${resolution} (${number(area_km2)} km²), dont ${number(occupied)} avec événements. Chacun, avec ses voisins jusqu’à ${count('fr', ring, 'couronne', 'couronnes')} de distance, est comparé à la moyenne de tous (Gi*).${rest} Un hexagone chaud est un lieu où les signalements sont plus denses que le hasard ne le voudrait, non un lieu dont le danger est prouvé ; la zone d’étude est l’ensemble de ces hexagones entiers.`;
}

/** The answer in a paragraph. @param what is counted or summed */
export function tell(study: StudyCells, what: Localized, numbers: HotspotsNumbers): Localized {
  const reason = study.recommended?.reason;
  return {
    en: `${inLanguage('en', study, what, numbers)}${reason ? ` ${reason.en}` : ''}`,
    fr: `${inLanguage('fr', study, what, numbers)}${reason ? ` ${reason.fr}` : ''}`,
  };
}
