import type { compareEn } from './compare-en.ts';

export const compareFr: Record<keyof typeof compareEn, string> = {
  'compare.open': 'Comparer deux périodes',
  'compare.close': 'Terminer la comparaison',
  'compare.missing': 'La comparaison n’a pas pu être chargée.',
};
