import type { Language, Localized } from '../../core/layer.ts';
import type { GroundState } from '../ground.ts';
import { count, inWords } from '../words.ts';
import { countsEvents, type Measured } from './measure.ts';
import type { CorridorNumbers } from './numbers.ts';

const STATES: Readonly<Record<GroundState, Localized>> = {
  held: { en: 'held by one actor', fr: 'tenus par un seul acteur' },
  contested: { en: 'contested', fr: 'contestés' },
  influence: { en: 'under the influence of one actor', fr: 'sous l’influence d’un seul acteur' },
  overlap: { en: 'claimed for several actors', fr: 'attribués à plusieurs acteurs' },
  'not recorded': { en: 'not recorded as held by anybody', fr: 'sans détenteur enregistré' },
};

/** Both languages of one sentence, or nothing. */
type Sentence = (lang: Language) => string | undefined;

function tellEvents({ events, within_km, from, until, months }: CorridorNumbers, lang: Language): string {
  const { number, day, rate: toRate } = inWords(lang);
  // The window ends before `until`.
  const last = until === undefined ? undefined : new Date(Date.parse(until) - 1).toISOString();
  const window =
    from && last ? { en: `, ${day(from)} to ${day(last)}`, fr: `, du ${day(from)} au ${day(last)}` }[lang] : '';
  const rate =
    events.rate === undefined ||
    events.rate_lower === undefined ||
    events.rate_upper === undefined ||
    months === undefined
      ? ''
      : {
          en: `: ${toRate(events.rate)} per 100 km and month (95 % interval ${toRate(events.rate_lower)} to ${toRate(events.rate_upper)})`,
          fr: ` : ${toRate(events.rate)} par 100 km et par mois (intervalle à 95 % : ${toRate(events.rate_lower)} à ${toRate(events.rate_upper)})`,
        }[lang];
  return {
    en: `${count('en', events.count, 'event lies', 'events lie')} within ${number(within_km, 1)} km of the line${window}${rate}.`,
    fr: `${count('fr', events.count, 'événement se situe', 'événements se situent')} à ${number(within_km, 1)} km au plus de la ligne${window}${rate}.`,
  }[lang];
}

function tellArea(measured: Measured, { study_area: found, outside_study_area_km: out }: CorridorNumbers): Sentence[] {
  const { area } = measured;
  return [
    (lang) => {
      if (!area || found?.rate_ratio === undefined) return undefined;
      const { number, rate: toRate } = inWords(lang);
      const { rate_ratio: ratio, rate_ratio_lower: lower = 0, rate_ratio_upper: upper } = found;
      const bounds = { en: 'to', fr: 'à' }[lang];
      const interval = upper === undefined ? '' : `, ${toRate(lower)} ${bounds} ${toRate(upper)}`;
      return {
        en: `By area, events are ${toRate(ratio)} times as frequent there as in the rest of the study area (95 % interval${interval}): ${area.title.en}, ${number(found.area_km2)} km².`,
        fr: `À surface égale, ils y sont ${toRate(ratio)} fois aussi fréquents que dans le reste de la zone d’étude (intervalle à 95 %${interval}) : ${area.title.fr}, ${number(found.area_km2)} km².`,
      }[lang];
    },
    (lang) => {
      if (out === undefined || out === 0 || !countsEvents(measured)) return undefined;
      const km = inWords(lang).number(out, 1);
      return {
        en: `${km} km of the line lie outside the study area: nothing is known of events there, and no rate is given.`,
        fr: `${km} km de la ligne sortent de la zone d’étude : on n’y sait rien des événements, et aucun taux n’y est donné.`,
      }[lang];
    },
  ];
}

function tellControl({ control }: CorridorNumbers): Sentence {
  return (lang) => {
    if (!control) return undefined;
    const { number, list, day } = inWords(lang);
    const states = Object.entries(control.by_state).map(
      ([state, km]) => `${number(km, 1)} km ${STATES[state as GroundState][lang]}`,
    );
    const at = control.at === undefined ? '' : { en: ` on ${day(control.at)}`, fr: ` au ${day(control.at)}` }[lang];
    const { length } = control.changes;
    const changes =
      length === 0
        ? ''
        : {
            en: `; ${count('en', length, 'change', 'changes')} within the window`,
            fr: ` ; ${count('fr', length, 'changement', 'changements')} dans la période`,
          }[lang];
    return { en: `Ground${at}: ${list(states)}${changes}.`, fr: `Terrain${at} : ${list(states)}${changes}.` }[lang];
  };
}

function tellCrossings({ crossings }: CorridorNumbers): Sentence {
  return (lang) => {
    const of = (kind: string) => crossings.filter((each) => each.kind === kind).length;
    const [borders, rivers] = [of('border'), of('river')];
    if (borders + rivers === 0) return undefined;
    return {
      en: `The line crosses borders ${count('en', borders, 'time', 'times')} and rivers ${count('en', rivers, 'time', 'times')}.`,
      fr: `La ligne franchit ${count('fr', borders, 'fois', 'fois')} une frontière et ${count('fr', rivers, 'fois', 'fois')} un cours d’eau.`,
    }[lang];
  };
}

/** Whole sentences of what was found along a line. */
export function tell(measured: Measured, numbers: CorridorNumbers): Localized {
  const { title } = measured.line;
  const isCounted = countsEvents(measured);
  const sentences: Sentence[] = [
    (lang) => {
      const km = inWords(lang).number(numbers.length_km, 1);
      const name = title[lang].charAt(0).toUpperCase() + title[lang].slice(1);
      return lang === 'en' ? `${name}: ${km} km.` : `${name} : ${km} km.`;
    },
    (lang) => (isCounted ? tellEvents(numbers, lang) : undefined),
    ...tellArea(measured, numbers),
    tellControl(numbers),
    tellCrossings(numbers),
  ];
  const inLanguage = (lang: Language) => sentences.flatMap((sentence) => sentence(lang) ?? []).join(' ');
  return { en: inLanguage('en'), fr: inLanguage('fr') };
}
