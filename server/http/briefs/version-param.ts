import { z } from 'zod';

/** Which version of a brief is asked for. */
export const BRIEF_VERSION_PARAM = z
  .string()
  .regex(/^[1-9]\d{0,8}$/, 'version must be a whole number from 1 on')
  .transform(Number)
  .optional()
  .meta({
    description: 'The version that is asked for: the last one when it is left out.',
    written: { type: 'integer', minimum: 1 },
  });
