import type { z } from 'zod';
import { InvalidParameter } from '../core/errors.ts';

/** What is wrong in a body, each with a JSON pointer into it. */
export function bodyFaults(error: z.ZodError): InvalidParameter {
  const escaped = (step: PropertyKey) => String(step).replaceAll('~', '~0').replaceAll('/', '~1');
  return new InvalidParameter(
    error.issues.map(({ path, message }) => {
      const pointer = path.map((step) => `/${escaped(step)}`).join('');
      return { detail: `${pointer === '' ? 'The body' : pointer}: ${message}.`, pointer };
    }),
  );
}
