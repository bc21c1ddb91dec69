import type { Language, Localized } from '../../core/layer.ts';
import { count, inWords } from '../words.ts';
import type { Measured } from './measure.ts';
import type { BandNumbers, Numbers } from './numbers.ts';

const LACK: Readonly<Record<NonNullable<Numbers['not_defined']>, Localized>> = {
  'no-events': {
    en: 'Nothing can be said: no event of the study area is known well enough.',
    fr: 'On ne peut rien dire : aucun événement de la zone d’étude n’est assez bien connu.',
  },
  'no-shapes': {
    en: 'Nothing can be said: there is nothing to measure the distance to.',
    fr: 'On ne peut rien dire : il n’y a rien dont mesurer la distance.',
  },
  'no-reference': {
    en: 'Nothing can be said: nothing of the study area lies beyond the last band, to be compared with.',
    fr: 'On ne peut rien dire : rien de la zone d’étude ne se trouve au-delà de la dernière tranche, pour comparer.',
  },
};

const VERDICT: Readonly<Record<Numbers['verdict'], Localized>> = {
  'no-difference': {
    en: 'Neither shows a difference.',
    fr: 'Ni l’un ni l’autre ne montre de différence.',
  },
  remains: {
    en: 'The difference remains after allowing for the places.',
    fr: 'La différence demeure une fois les localités prises en compte.',
  },
  'may-be-explained': {
    en: 'The places may explain it: after allowing for them no difference is shown.',
    fr: 'Les localités peuvent l’expliquer : une fois prises en compte, aucune différence n’apparaît.',
  },
  reversed: {
    en: 'After allowing for the places the difference is the other way round.',
    fr: 'Une fois les localités prises en compte, la différence s’inverse.',
  },
  appears: {
    en: 'A difference appears only after allowing for the places.',
    fr: 'Une différence n’apparaît qu’une fois les localités prises en compte.',
  },
  'crude-only': {
    en: 'There are no places to allow for: whether both follow the towns is not known.',
    fr: 'Il n’y a pas de localités à prendre en compte : on ne sait pas si les deux suivent les villes.',
  },
  'cannot-tell': {
    en: 'Whether the places explain it cannot be told from so few events.',
    fr: 'Si les localités l’expliquent, si peu d’événements ne permettent pas de le dire.',
  },
};

const NO_SHIFTS: Readonly<Record<NonNullable<Numbers['shifts_not_defined']>, Localized>> = {
  'too-thin': {
    en: 'They are not held against random shifts: the study area fills so little of its box that shifted events mostly fall out of it.',
    fr: 'Ils ne sont pas comparés à des décalages aléatoires : la zone d’étude occupe si peu de son cadre que les événements décalés en sortent presque tous.',
  },
  empty: {
    en: 'They are not held against random shifts: none lies in a cell of the study area.',
    fr: 'Ils ne sont pas comparés à des décalages aléatoires : aucun ne se trouve dans une maille de la zone d’étude.',
  },
};

function interval(lower: number | undefined, upper: number | undefined, lang: Language): string {
  const { rate } = inWords(lang);
  if (upper === undefined) {
    const open = { en: `${rate(lower ?? 0)} or more`, fr: `${rate(lower ?? 0)} ou plus` }[lang];
    return lower === undefined ? '' : ` (${open})`;
  }
  return ` (${rate(lower ?? 0)} ${{ en: 'to', fr: 'à' }[lang]} ${rate(upper)})`;
}

function tellRatio(numbers: Numbers, titles: Localized, lang: Language): string | undefined {
  const [first] = numbers.bands;
  const reference = numbers.bands.at(-1) as BandNumbers;
  if (!first || first.ratio === undefined) {
    return {
      en: `How frequent events are near ${titles.en} cannot be compared: none lies ${reference.distance.en} away, or no ground is so near.`,
      fr: `La fréquence des événements près de ${titles.fr} ne peut être comparée : aucun ne se trouve à ${reference.distance.fr}, ou aucun terrain n’est si proche.`,
    }[lang];
  }
  const { rate } = inWords(lang);
  const { adjusted } = first;
  const where = first.is_inside
    ? { en: `Inside ${titles.en}`, fr: `À l’intérieur de ${titles.fr}` }[lang]
    : { en: `At ${first.distance.en} from ${titles.en}`, fr: `À ${first.distance.fr} de ${titles.fr}` }[lang];
  const crude = `${rate(first.ratio)} ${{ en: 'times', fr: 'fois' }[lang]}${interval(first.ratio_lower, first.ratio_upper, lang)}`;
  const after =
    adjusted?.ratio === undefined
      ? ''
      : {
          en: `; after allowing for the distance to places ${rate(adjusted.ratio)} times${interval(adjusted.ratio_lower, adjusted.ratio_upper, lang)}`,
          fr: ` ; à distance égale des localités, ${rate(adjusted.ratio)} fois${interval(adjusted.ratio_lower, adjusted.ratio_upper, lang)}`,
        }[lang];
  return {
    en: `${where}, events are by area ${crude} as frequent as at ${reference.distance.en} (95 % interval)${after}.`,
    fr: `${where}, les événements sont, à surface égale, ${crude} aussi fréquents qu’à ${reference.distance.fr} (intervalle à 95 %)${after}.`,
  }[lang];
}

function tellShifts({ shifts, shifts_not_defined: lack, nearest_km: nearest }: Numbers, lang: Language): string[] {
  if (!nearest) return [];
  const { number } = inWords(lang);
  const half = {
    en: `Half of the events lie within ${number(nearest.median, 1)} km; on average they are ${number(nearest.mean, 1)} km away, and ground anywhere in the study area ${number(nearest.mean_of_area, 1)} km.`,
    fr: `La moitié des événements se trouvent à ${number(nearest.median, 1)} km au plus ; ils sont en moyenne à ${number(nearest.mean, 1)} km, et un lieu quelconque de la zone d’étude à ${number(nearest.mean_of_area, 1)} km.`,
  }[lang];
  if (!shifts) return lack ? [half, NO_SHIFTS[lack][lang]] : [half];
  const moved = {
    en: `Shifted together at random ${number(shifts.done)} times they are on average ${number(shifts.mean_km_shifted, 1)} km away: as near as they are, or nearer, with p = ${number(shifts.p_nearer, 4)}.`,
    fr: `Décalés ensemble au hasard ${number(shifts.done)} fois, ils sont en moyenne à ${number(shifts.mean_km_shifted, 1)} km : aussi près qu’ils le sont, ou plus près, avec p = ${number(shifts.p_nearer, 4)}.`,
  }[lang];
  const [first] = shifts.within;
  if (!first) return [half, moved];
  const { percent } = inWords(lang);
  const where =
    first.to_km === 0
      ? { en: 'Inside', fr: 'À l’intérieur' }[lang]
      : { en: `Nearer than ${number(first.to_km, 1)} km`, fr: `À moins de ${number(first.to_km, 1)} km` }[lang];
  const share = {
    en: `${where} lie ${percent(first.share, 1)} of the events and on average ${percent(first.share_shifted, 1)} of those shifted (p = ${number(first.p, 4)}).`,
    fr: `${where} se trouvent ${percent(first.share, 1)} des événements et en moyenne ${percent(first.share_shifted, 1)} des événements décalés (p = ${number(first.p, 4)}).`,
  }[lang];
  return [half, moved, share];
}

function inLanguage({ sides }: Measured, numbers: Numbers, lang: Language): string {
  const { number, list } = inWords(lang);
  const { study_area: area } = numbers;
  const titles = (lang: Language) => inWords(lang).list(sides.to.map(({ layer }) => `“${layer.title[lang]}”`));
  const quoted: Localized = { en: titles('en'), fr: list(sides.to.map(({ layer }) => `« ${layer.title.fr} »`)) };
  const counted = {
    en: `${count('en', numbers.events, 'event is', 'events are')} held against ${count('en', numbers.shapes, 'shape', 'shapes')} of ${quoted.en}. Study area: ${area.title.en}, ${number(area.area_km2)} km².`,
    fr: `${count('fr', numbers.events, 'événement est mis en regard', 'événements sont mis en regard')} de ${count('fr', numbers.shapes, 'entité', 'entités')} de ${quoted.fr}. Zone d’étude : ${area.title.fr}, ${number(area.area_km2)} km².`,
  }[lang];
  if (numbers.not_defined) return `${counted} ${LACK[numbers.not_defined][lang]}`;
  const ratio = tellRatio(numbers, quoted, lang);
  const isCompared = numbers.bands[0]?.ratio !== undefined;
  return [counted, ratio, ...(isCompared ? [VERDICT[numbers.verdict][lang]] : []), ...tellShifts(numbers, lang)].join(
    ' ',
  );
}

export const tell = (measured: Measured, numbers: Numbers): Localized => ({
  en: inLanguage(measured, numbers, 'en'),
  fr: inLanguage(measured, numbers, 'fr'),
});
