import type { Localized } from '../../core/layer.ts';
import type { Caveat } from '../caveats.ts';
import { count, inWords } from '../words.ts';
import type { Given } from './inputs.ts';
import type { Numbers } from './numbers.ts';

type Asked = Pick<Given, 'within_km' | 'within_days' | 'min_score'>;

const range = (lang: 'en' | 'fr', least: number, most: number) => {
  const { number } = inWords(lang);
  if (least === most) return number(least);
  return lang === 'en' ? `${number(least)} to ${number(most)}` : `${number(least)} à ${number(most)}`;
};

function inEnglish(asked: Asked, numbers: Numbers): string {
  const { number } = inWords('en');
  const { killed } = numbers;
  return [
    `${count('en', numbers.reports, 'report was', 'reports were')} compared. ${count('en', numbers.pairs, 'pair is', 'pairs are')} near in place and time (to within ${number(asked.within_km, 1)} km and ${count('en', asked.within_days, 'day', 'days')} beyond what is known of both), and ${number(numbers.pairs_suggested)} of them ${numbers.pairs_suggested === 1 ? 'scores' : 'score'} at least ${number(asked.min_score, 2)}.`,
    `Counted once they are ${count('en', numbers.events, 'event', 'events')}: ${number(numbers.groups)} told of by more than one report (${count('en', numbers.reports_in_groups, 'report', 'reports')} together).`,
    ...(killed.events === 0
      ? ['No report states a number of killed.']
      : [
          `Of ${count('en', killed.events, 'event', 'events')} a number of killed is stated: ${range('en', killed.at_least, killed.at_most)} when each event is counted once, ${number(killed.reported)} when all reports are added up.`,
        ]),
    ...(numbers.decisions_obeyed === 0
      ? []
      : [
          `${count('en', numbers.decisions_obeyed, 'decision', 'decisions')} of a person ${numbers.decisions_obeyed === 1 ? 'is' : 'are'} obeyed.`,
        ]),
  ].join(' ');
}

function inFrench(asked: Asked, numbers: Numbers): string {
  const { number } = inWords('fr');
  const { killed } = numbers;
  const plural = (value: number, one: string, many: string) => (value < 2 ? one : many);
  return [
    `${count('fr', numbers.reports, 'signalement a été comparé', 'signalements ont été comparés')}. ${count('fr', numbers.pairs, 'paire est proche', 'paires sont proches')} par le lieu et la date (à ${number(asked.within_km, 1)} km et ${count('fr', asked.within_days, 'jour', 'jours')} près, au-delà de ce que l’on sait des deux), dont ${number(numbers.pairs_suggested)} ${plural(numbers.pairs_suggested, 'obtient', 'obtiennent')} un score d’au moins ${number(asked.min_score, 2)}.`,
    `Comptés une fois, cela fait ${count('fr', numbers.events, 'événement', 'événements')}, dont ${number(numbers.groups)} ${plural(numbers.groups, 'signalé', 'signalés')} plus d’une fois (${count('fr', numbers.reports_in_groups, 'signalement', 'signalements')} au total).`,
    ...(killed.events === 0
      ? ['Aucun signalement n’indique le nombre de tués.']
      : [
          `Un nombre de tués est indiqué pour ${count('fr', killed.events, 'événement', 'événements')} : ${range('fr', killed.at_least, killed.at_most)} en comptant chaque événement une fois, ${number(killed.reported)} en additionnant tous les signalements.`,
        ]),
    ...(numbers.decisions_obeyed === 0
      ? []
      : [
          `${count('fr', numbers.decisions_obeyed, 'décision humaine est respectée', 'décisions humaines sont respectées')}.`,
        ]),
  ].join(' ');
}

export const tell = (asked: Asked, numbers: Numbers): Localized => ({
  en: inEnglish(asked, numbers),
  fr: inFrench(asked, numbers),
});

/** Said with every answer: a score is no finding. */
export function toReview({ groups, undated }: Pick<Numbers, 'groups' | 'undated'>): Caveat[] {
  const review: Caveat = {
    code: 'to-be-reviewed',
    text: {
      en: 'These are suggestions by place, time, kind and casualties, to be reviewed by a person: what is alike need not be the same, and every report is kept.',
      fr: 'Ce sont des suggestions d’après le lieu, la date, la nature et les victimes, à faire vérifier par une personne : ce qui se ressemble n’est pas forcément identique, et chaque signalement est conservé.',
    },
  };
  const dates: Caveat = {
    code: 'undated',
    text: {
      en: `${count('en', undated, 'report is', 'reports are')} linked to no other by score: the date is not known.`,
      fr: `${count('fr', undated, 'signalement n’est rapproché', 'signalements ne sont rapprochés')} d’aucun autre par score : la date n’est pas connue.`,
    },
  };
  return [...(groups === 0 ? [] : [review]), ...(undated === 0 ? [] : [dates])];
}
