import type { NextFunction, Request, Response } from 'express';
import type { Context } from './context.ts';
import { TokenRequired } from './problem.ts';

const BEARER = /^Bearer +([\x21-\x7e]{1,200})$/i;

const HOW =
  'Send "Authorization: Bearer TOKEN" with the token of this server: ADMIN_TOKEN, or the one that its first start printed.';

/**
 * Lets through who administers the server. It goes before whatever reads the body of a request.
 * @throws TokenRequired
 */
export function requireToken({ auth }: Pick<Context, 'auth'>) {
  return async (request: Request, response: Response, next: NextFunction): Promise<void> => {
    // Nothing of what is behind this may be kept by a cache between the server and its caller.
    response.set('Cache-Control', 'private, no-cache');
    const { authorization } = request.headers;
    if (authorization === undefined) throw new TokenRequired(`This takes a token. ${HOW}`, false);
    const token = BEARER.exec(authorization)?.[1];
    if (token === undefined || !(await auth.accepts(token)))
      throw new TokenRequired(`It is not this token. ${HOW}`, true);
    next();
  };
}
