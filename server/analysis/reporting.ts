import type { Language } from '../core/layer.ts';
import type { Caveat } from './caveats.ts';
import type { Selected } from './select.ts';
import { STEP_NOUNS } from './step-nouns.ts';
import type { TimeStep } from './steps.ts';
import { count, inWords } from './words.ts';

/** By what is counted: their names, one and many. */
const NOUNS = {
  hexagon: { en: ['hexagon', 'hexagons'], fr: ['hexagone', 'hexagones'] },
  unit: { en: ['unit', 'units'], fr: ['unité', 'unités'] },
  bin: { en: ['bin', 'bins'], fr: ['tronçon', 'tronçons'] },
  row: { en: ['row', 'rows'], fr: ['ligne', 'lignes'] },
  ...STEP_NOUNS,
} as const satisfies Record<string, Readonly<Record<Language, readonly [one: string, many: string]>>>;

/** Of places or of steps of time: how many were looked at, and in how many of them nothing at all was reported. */
export interface Silence {
  readonly of: keyof typeof NOUNS;
  readonly all: number;
  /** Neither precise nor imprecise records. */
  readonly silent: number;
  /** Of steps: there are records known to a longer time only, which may lie in a step that seems silent. */
  readonly isDatedOnly?: boolean;
}

/** To what a date must be known to tell of a step. */
const DATED = {
  month: { en: 'to the month', fr: 'au mois près' },
  quarter: { en: 'to the quarter', fr: 'au trimestre près' },
  year: { en: 'to the year', fr: 'à l’année près' },
} as const satisfies Partial<Record<keyof typeof NOUNS, Record<Language, string>>>;

function dated(lang: Language, { of, isDatedOnly }: Silence): string {
  if (!isDatedOnly || !(of in DATED)) return '';
  const known = DATED[of as keyof typeof DATED][lang];
  return lang === 'en'
    ? ` (as far as dates are known ${known})`
    : ` (pour autant que les dates soient connues ${known})`;
}

const share = (lang: Language, silence: Silence) => {
  const { of, all, silent } = silence;
  const [one, many] = NOUNS[of][lang];
  const known = dated(lang, silence);
  if (lang === 'en') return `in ${inWords(lang).number(silent)} of ${count(lang, all, one, many)}${known}`;
  return `dans ${count(lang, silent, one, many)} sur ${inWords(lang).number(all)}${known}`;
};

/**
 * What a rate or a hotspot is to be read with: where, or when, nothing at all was reported. Nothing where something was
 * reported everywhere.
 * @param silences of places, of steps of time, or of both
 * @param isNarrowed see `isNarrowed`: then there may be reports of other things
 */
export function notCalm(silences: readonly Silence[], isNarrowed = false): Caveat[] {
  const told = silences.filter(({ silent }) => silent > 0);
  if (told.length === 0) return [];
  const where = (lang: Language) => inWords(lang).list(told.map((silence) => share(lang, silence)));
  const nothing = isNarrowed
    ? { en: 'nothing that the question asks for', fr: 'rien de ce qui est demandé' }
    : { en: 'nothing', fr: 'rien' };
  return [
    {
      code: 'no-report',
      text: {
        en: `No report is not calm: ${where('en')} ${nothing.en} was reported in the window, which may mean calm, or that nobody reported.`,
        fr: `L’absence de signalement n’est pas le calme : ${where('fr')}, ${nothing.fr} n’a été signalé sur la fenêtre, soit que le calme y ait régné, soit que personne n’ait rien signalé.`,
      },
    },
  ];
}

/** Whether a question leaves records of its collections out by what they are, and not only by where and when. */
export const isNarrowed = (selected: readonly Selected[]): boolean =>
  selected.some(({ filter }) => filter.expression !== undefined || filter.maxPrecisionM !== undefined);

/**
 * The steps of a series in which nothing was reported.
 * @param counts in the order of the steps
 * @param inNoStep records whose time is not known to lie in one of them
 */
export function silentSteps(
  step: 'month' | 'quarter' | 'year',
  steps: readonly TimeStep[],
  counts: ArrayLike<number>,
  inNoStep = 0,
): Silence {
  const silent = steps.filter((_, index) => (counts[index] ?? 0) === 0).length;
  return { of: step, all: steps.length, silent, ...(inNoStep > 0 ? { isDatedOnly: true } : {}) };
}
