import { z } from 'zod';

/** How sure a finding must be to be called one, %. */
export const CONFIDENCE = z
  .number()
  .min(80)
  .max(99.9)
  .meta({
    description: 'How sure a finding must be to be called one, in percent: 90, 95 and 99 are usual.',
    description_fr:
      'Niveau de confiance à partir duquel un résultat est retenu, en pour cent : 90, 95 et 99 sont d’usage.',
  })
  .default(95);

/** The p up to which something is found. */
export const alphaOf = (confidence: number): number => (100 - confidence) / 100;
