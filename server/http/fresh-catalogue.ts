import type { RequestHandler } from 'express';
import type { Context } from './context.ts';

/** While changes of the catalogue are not heard, no route answers from memory before it was read anew. */
export function freshCatalogue({ isFresh, refresh }: Context): RequestHandler {
  return async (_request, _response, next) => {
    if (!isFresh()) await refresh();
    next();
  };
}
