import type { ServerResponse } from 'node:http';
import type { NextFunction, Request, Response } from 'express';

/** What an answer that anybody may read says of it, in the flat form. Without cookies there is nothing to be guarded. */
export const READABLE_EVERYWHERE = ['Access-Control-Allow-Origin', '*', 'Access-Control-Expose-Headers', '*'] as const;

export function allowReading(response: ServerResponse): void {
  response.setHeader('Access-Control-Allow-Origin', '*');
  response.setHeader('Access-Control-Expose-Headers', '*');
}

const PREFLIGHT = {
  'Access-Control-Allow-Methods': 'GET, HEAD, OPTIONS',
  // By name: "*" would not cover Authorization.
  'Access-Control-Allow-Headers':
    'Authorization, Accept, Accept-Language, Content-Type, If-None-Match, Range, X-Request-Id',
  'Access-Control-Max-Age': '86400',
};

/** For who administers the server, on its own page: what was brought, and how the server is. */
const isClosed = (path: string) => /^\/(uploads|metrics)(\/|$)/i.test(path);
const isReading = (method: string | undefined) => method === 'GET' || method === 'HEAD';

/**
 * Lets the pages of other origins read, with a token too when their code sends one (never with cookies, which this
 * server does not know); it lets none of them change anything, nor see uploads.
 */
export function crossOrigin(request: Request, response: Response, next: NextFunction): void {
  const wanted = request.headers['access-control-request-method'];
  const isPreflight = request.method === 'OPTIONS' && wanted !== undefined;
  if (
    !isClosed(request.path) &&
    (isPreflight ? isReading(wanted) : isReading(request.method) || request.method === 'OPTIONS')
  ) {
    allowReading(response);
    if (isPreflight) response.set(PREFLIGHT);
  }
  next();
}
