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

/** The same of events that are compared with one another. */
export function mostlyNotCompared(left: number, compared: number): Caveat[] {
  if (left === 0 || left < compared) return [];
  return [
    {
      code: 'mostly-left-out',
      text: {
        en: `As many events are left out as are compared, or more (${inWords('en').number(left)} and ${inWords('en').number(compared)}): what is found says nothing of the others.`,
        fr: `Autant d’événements sont écartés que comparés, ou davantage (${inWords('fr').number(left)} et ${inWords('fr').number(compared)}) : le résultat ne dit rien des autres.`,
      },
    },
  ];
}

/** Fewer events than a rate or a comparison can rest on. */
export const FEW = 10;
export function fewEvents(events: number): Caveat[] {
  if (events >= FEW) return [];
  const [en, fr] =
    events === 0
      ? ['No event is counted', 'Aucun événement n’est compté']
      : [
          `Only ${count('en', events, 'event', 'events')}`,
          `Seulement ${count('fr', events, 'événement', 'événements')}`,
        ];
  return [
    {
      code: 'low-count',
      text: {
        en: `${en}: too few for a rate to be relied on; mind its interval.`,
        fr: `${fr} : trop peu pour se fier à un taux ; tenez compte de son intervalle.`,
      },
    },
  ];
}

/** Events that are in no unit, hexagon or cell of what is studied. */
export function outsideStudy(events: number): Caveat[] {
  if (events === 0) return [];
  return [
    {
      code: 'outside',
      text: {
        en: `${count('en', events, 'event lies', 'events lie')} outside the study area and ${events === 1 ? 'is' : 'are'} not counted.`,
        fr: `${count('fr', events, 'événement se trouve hors de la zone d’étude et n’est pas compté', 'événements se trouvent hors de la zone d’étude et ne sont pas comptés')}.`,
      },
    },
  ];
}

/** Hexagons that have something to be said of them, and are not among the features: there would be too many. */
export function notDrawnCaveat(hexagons: number): Caveat[] {
  if (hexagons === 0) return [];
  return [
    {
      code: 'not-drawn',
      text: {
        en: `${count('en', hexagons, 'hexagon', 'hexagons')} in which something is reported ${hexagons === 1 ? 'is' : 'are'} not drawn, for there are too many: where nothing is drawn something may have been reported.`,
        fr: `${count('fr', hexagons, 'hexagone comptant des signalements n’est pas dessiné', 'hexagones comptant des signalements ne sont pas dessinés')}, car il y en a trop : là où rien n’est dessiné, il peut y avoir eu des signalements.`,
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
        fr: `Pour ${count('fr', events, 'événement', 'événements')} de la zone, la date n’est connue que par un intervalle qui dépasse la période : chacun compte en entier.`,
      },
    },
  ];
}
