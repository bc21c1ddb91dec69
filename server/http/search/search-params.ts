import { z } from 'zod';

const MOST = 50;
const LONGEST = 200;

/** What is searched for, and how many answers at most. */
export const SEARCH_PARAMS = {
  q: z
    .string({ error: 'q must say what is searched for' })
    .trim()
    .min(1, 'q must say what is searched for')
    .max(LONGEST, `q must be at most ${LONGEST} characters`)
    .meta({
      description:
        'A name, or how it begins, in any spelling: without accents, as another language writes it, with a letter wrong. Or a P-code.',
      written: { type: 'string', minLength: 1, maxLength: LONGEST },
    }),
  limit: z
    .string()
    .regex(/^\d{1,4}$/, `limit must be a whole number from 1 to ${MOST}`)
    .transform(Number)
    .refine((limit) => limit >= 1 && limit <= MOST, `limit must be from 1 to ${MOST}`)
    .default(10)
    .meta({
      description: 'At most so many answers.',
      written: { type: 'integer', minimum: 1, maximum: MOST, default: 10 },
    }),
} as const;
