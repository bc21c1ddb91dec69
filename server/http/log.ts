import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { NextFunction, Request, Response } from 'express';
import type { Logger } from 'pino';
import type { Metrics } from './metrics.ts';

/** A caller's own request id, when it is one that is safe to write into a log. */
const REQUEST_ID = /^[\w-]{1,64}$/;

/** The caller's own, or a new one. */
export function toRequestId(request: IncomingMessage): string {
  const offered = request.headers['x-request-id'];
  return typeof offered === 'string' && REQUEST_ID.test(offered) ? offered : randomUUID();
}

/** The pattern of the route that answered. */
function routeOf(request: Request, status: number): string {
  const pattern: unknown = request.route?.path;
  if (typeof pattern === 'string') return pattern;
  return status < 400 ? 'file' : 'none';
}

/**
 * Gives each request an id, writes one line when it is done, and counts it. The query string may hold places: only
 * debug has it.
 */
export function requestLog(log: Logger, metrics: Metrics) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const requestId = toRequestId(request);
    response.setHeader('X-Request-Id', requestId);
    const start = performance.now();
    const { socket } = request;
    const sentBefore = socket.bytesWritten;
    response.on('close', () => {
      const ms = performance.now() - start;
      const { method, path, originalUrl } = request;
      const status = response.writableFinished ? response.statusCode : 499;
      const line = { requestId, method, path, status, ms: Math.round(ms * 10) / 10 };
      metrics.requests.series(routeOf(request, status)).add(status, ms / 1000, socket.bytesWritten - sentBefore);
      if (response.writableFinished) log.info(line, 'request');
      else log.info(line, 'request aborted by its client');
      log.debug({ requestId, url: originalUrl }, 'request address');
    });
    next();
  };
}
