import type { NextFunction, Request, Response } from 'express';
import type { Tokens } from '../jobs/uploads/admin-token.ts';
import type { Context } from './context.ts';
import { TokenRequired } from './problem.ts';

const BEARER = /^Bearer +([\x21-\x7e]{1,200})$/i;

const HOW =
  'Send "Authorization: Bearer TOKEN" with the token of this server: ADMIN_TOKEN, or the one that its first start printed.';

/**
 * The token of a request, which is this server's; undefined when it brings none.
 * @throws TokenRequired when it brings another
 */
export async function bearerToken(auth: Tokens, authorization: string | undefined): Promise<string | undefined> {
  const token = BEARER.exec(authorization ?? '')?.[1];
  if (token !== undefined && !(await auth.accepts(token)))
    throw new TokenRequired(`It is not this token. ${HOW}`, true);
  return token;
}

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
    if ((await bearerToken(auth, authorization)) === undefined)
      throw new TokenRequired(`It is not this token. ${HOW}`, true);
    next();
  };
}
