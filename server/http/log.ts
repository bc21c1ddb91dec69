import { randomUUID } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';
import type { Logger } from 'pino';

/** A caller's own request id, when it is one that is safe to write into a log. */
const REQUEST_ID = /^[\w-]{1,64}$/;

/** Gives each request an id and writes one line when it is done. The query string may hold places: only debug has it. */
export function requestLog(log: Logger) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const offered = request.get('x-request-id') ?? '';
    const requestId = REQUEST_ID.test(offered) ? offered : randomUUID();
    response.setHeader('X-Request-Id', requestId);
    const start = process.hrtime.bigint();
    response.on('close', () => {
      const ms = Number(process.hrtime.bigint() - start) / 1e6;
      const line = {
        requestId,
        method: request.method,
        path: request.path,
        status: response.statusCode,
        ms: Math.round(ms * 10) / 10,
      };
      if (response.writableFinished) log.info(line, 'request');
      else log.warn(line, 'request aborted by its client');
      log.debug({ requestId, url: request.originalUrl }, 'request address');
    });
    next();
  };
}
