import type { Language } from '../core/layer.ts';
import type { Step } from '../query/analysis/summary/points.ts';

/** What steps of time are called: one, and many. */
export const STEP_NOUNS: Readonly<Record<Step, Readonly<Record<Language, readonly [one: string, many: string]>>>> = {
  month: { en: ['month', 'months'], fr: ['mois', 'mois'] },
  quarter: { en: ['quarter', 'quarters'], fr: ['trimestre', 'trimestres'] },
  year: { en: ['year', 'years'], fr: ['année', 'années'] },
};
