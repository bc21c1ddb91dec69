import type { Layer, Localized } from '../core/layer.ts';
import { count, inWords } from './words.ts';

/** What must be known with a result. */
export interface Caveat {
  /** Names it for programs. */
  readonly code: string;
  /** A whole sentence. */
  readonly text: Localized;
}

type Named = Pick<Layer, 'id' | 'title' | 'nature'>;
const titles = (layers: readonly Named[], lang: 'en' | 'fr') =>
  inWords(lang).list(layers.map(({ title }) => title[lang]));

/** Of layers whose records are modelled: said first, whatever else there is. */
export function modelled(layers: readonly Named[]): Caveat[] {
  const found = layers.filter(({ nature }) => nature === 'modelled');
  if (found.length === 0) return [];
  return [
    {
      code: 'modelled',
      text: {
        en: `Modelled records are counted (${titles(found, 'en')}): they stand for published totals and are no observations.`,
        fr: `Des fiches modélisées sont comptées (${titles(found, 'fr')}) : elles représentent des totaux publiés et ne sont pas des observations.`,
      },
    },
  ];
}

/** Of layers whose shapes are drawn from words. */
export function approximate(layers: readonly Named[]): Caveat[] {
  const found = layers.filter(({ nature }) => nature === 'approximate');
  if (found.length === 0) return [];
  return [
    {
      code: 'approximate',
      text: {
        en: `Shapes are approximate (${titles(found, 'en')}): drawn from words, not surveyed.`,
        fr: `Les tracés sont approximatifs (${titles(found, 'fr')}) : dessinés d’après des textes, non levés.`,
      },
    },
  ];
}

/** Records left out since their position is not known well enough. */
export function tooImprecise(left: number, limitM: number): Caveat[] {
  if (left === 0) return [];
  return [
    {
      code: 'imprecise',
      text: {
        en: `${count('en', left, 'record is', 'records are')} left out: the position is not known to within ${inWords('en').distance(limitM)}.`,
        fr: `${count('fr', left, 'fiche est écartée', 'fiches sont écartées')} : la position n’est pas connue à ${inWords('fr').distance(limitM)} près.`,
      },
    },
  ];
}

/** Events left out where they are as many as those counted: a low rate, however narrow its interval, is then no finding. */
export function mostlyLeftOut(left: number, counted: number): Caveat[] {
  if (left === 0 || left < counted) return [];
  return [
    {
      code: 'mostly-left-out',
      text: {
        en: `As many events are left out as are counted, or more (${inWords('en').number(left)} and ${inWords('en').number(counted)}): the rates, and their intervals, are of those counted only and say nothing of the others.`,
        fr: `Autant d’événements sont écartés que comptés, ou davantage (${inWords('fr').number(left)} et ${inWords('fr').number(counted)}) : les taux et leurs intervalles ne portent que sur les événements comptés et ne disent rien des autres.`,
      },
    },
  ];
}

/** Fewer events than a rate or a comparison can rest on. */
export const FEW = 10;
export function fewEvents(events: number): Caveat[] {
  if (events >= FEW) return [];
  return [
    {
      code: 'low-count',
      text: {
        en: `Only ${count('en', events, 'event', 'events')}: too few for a rate to be relied on; mind its interval.`,
        fr: `Seulement ${count('fr', events, 'événement', 'événements')} : trop peu pour se fier à un taux ; tenez compte de son intervalle.`,
      },
    },
  ];
}

/** Events of which it is known only to a month or a year when they were, of which the window has a part. */
export function partlyInWindow(events: number): Caveat[] {
  if (events === 0) return [];
  return [
    {
      code: 'partly-in-window',
      text: {
        en: `The time of ${count('en', events, 'event', 'events')} in the area is known only as a span that reaches out of the window: each counts whole.`,
        fr: `La date de ${count('fr', events, 'événement', 'événements')} de la zone n’est connue que par un intervalle qui dépasse la période : chacun compte en entier.`,
      },
    },
  ];
}
