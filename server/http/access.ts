import type { IncomingHttpHeaders } from 'node:http';
import type { NextFunction, Request, Response } from 'express';
import { type Access, FULL_ACCESS, PUBLIC_ACCESS } from '../query/filter.ts';
import type { Context } from './context.ts';
import { bearerToken } from './token.ts';

/**
 * What the caller of a request may see: everything with this server's token, else what is public. Other schemes are not
 * this server's to judge: a proxy before it may ask for a password of its own.
 * @throws TokenRequired for a token that is not this server's: who sends one must not take the public part for the whole
 */
export async function callerAccess({ auth }: Pick<Context, 'auth'>, headers: IncomingHttpHeaders): Promise<Access> {
  return (await bearerToken(auth, headers.authorization)) === undefined ? PUBLIC_ACCESS : FULL_ACCESS;
}

/** Whether an answer for this access may be given to anybody. */
export const isPublic = (access: Access): boolean => access === PUBLIC_ACCESS;

/** Finds out who calls, before any route reads a record. */
export function knowCaller(context: Pick<Context, 'auth'>) {
  return async (request: Request, response: Response, next: NextFunction): Promise<void> => {
    const access = await callerAccess(context, request.headers);
    response.locals.access = access;
    // A cache that keeps the public answer must not give it to who may see more, nor the other way round.
    response.vary('Authorization');
    next();
  };
}

/** What the caller of this request may see. */
export function accessOf(response: Response): Access {
  return (response.locals.access as Access | undefined) ?? PUBLIC_ACCESS;
}
