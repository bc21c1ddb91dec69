import type { Localized } from '../../core/layer.ts';
import type { ChangeClass } from './classify.ts';
import type { Level } from './level.ts';

/** What classes and levels are called on a map and in a legend. */
export const CHANGE_WORDS: Readonly<Record<ChangeClass, Localized>> = {
  risen: { en: 'risen', fr: 'en hausse' },
  fallen: { en: 'fallen', fr: 'en baisse' },
  'no-change': { en: 'no change shown', fr: 'pas d’évolution établie' },
  'too-few': { en: 'too few to tell', fr: 'trop peu pour conclure' },
};

export const LEVEL_WORDS: Readonly<Record<Level, Localized>> = {
  'large-rise': { en: 'large rise', fr: 'forte hausse' },
  rise: { en: 'rise', fr: 'hausse' },
  'from-none': { en: 'none before', fr: 'rien avant' },
  limited: { en: 'limited change', fr: 'évolution limitée' },
  'large-fall': { en: 'large fall', fr: 'forte baisse' },
  'too-few': { en: 'too few to tell', fr: 'trop peu pour conclure' },
};
