import type { ServerResponse } from 'node:http';
import type { NextFunction, Request, Response } from 'express';

/** What an answer that anybody may read says of it, in the flat form. Without cookies there is nothing to be guarded. */
export const READABLE_EVERYWHERE = ['Access-Control-Allow-Origin', '*', 'Access-Control-Expose-Headers', '*'] as const;

export function allowReading(response: ServerResponse): void {
  response.setHeader('Access-Control-Allow-Origin', '*');
  response.setHeader('Access-Control-Expose-Headers', '*');
}

const preflight = (isQuestion: boolean) => ({
  'Access-Control-Allow-Methods': isQuestion ? 'POST, OPTIONS' : 'GET, HEAD, OPTIONS',
  // By name: "*" would not cover Authorization.
  'Access-Control-Allow-Headers':
    'Authorization, Accept, Accept-Language, Content-Type, If-None-Match, Prefer, Range, X-Request-Id',
  'Access-Control-Max-Age': '86400',
});

/** For who administers the server, on its own page: what was brought, and how the server is. */
const isClosed = (path: string) => /^\/(uploads|metrics)(\/|$)/i.test(path);
/** A question is asked by POST, and changes nothing: who asks to keep its result needs the token for that. */
const isQuestion = (path: string) => /^\/processes\/[^/]+\/execution$/i.test(path);
const isReading = (method: string | undefined) => method === 'GET' || method === 'HEAD';

/**
 * Lets the pages of other origins read and ask, with a token too when their code sends one (never with cookies, which this
 * server does not know); it lets none of them change anything else, nor see uploads.
 */
export function crossOrigin(request: Request, response: Response, next: NextFunction): void {
  const { method, path } = request;
  const wanted = request.headers['access-control-request-method'];
  const isPreflight = method === 'OPTIONS' && wanted !== undefined;
  const isAllowed = (verb: string | undefined) => isReading(verb) || (verb === 'POST' && isQuestion(path));
  if (!isClosed(path) && (isPreflight ? isAllowed(wanted) : isAllowed(method) || method === 'OPTIONS')) {
    allowReading(response);
    if (isPreflight) response.set(preflight(isQuestion(path)));
  }
  next();
}
