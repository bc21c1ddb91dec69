import type { Language, Layer } from '../../core/layer.ts';

/** How far the records of a collection may be trusted as a whole. */
export const NATURE_WORDS: Readonly<Record<Language, Readonly<Record<Layer['nature'], string>>>> = {
  en: { documented: 'documented', approximate: 'approximate', modelled: 'modelled' },
  fr: { documented: 'documenté', approximate: 'approximatif', modelled: 'modélisé' },
};
