import { z } from 'zod';

/** Of what is drawn at random (`seededRandom`): a default, so that the receipt has it. */
export const SEED = z
  .int()
  .min(0)
  .max(2 ** 32 - 1)
  .default(1);
