import type { NextFunction, Request, Response } from 'express';

/** So long is taken what a client still sends when it has its answer: closed at once, it would never read that. */
const LINGER_MS = 3_000;

/** A request that is refused before its body has come: the body is not awaited, however long it is. */
export function endBody(request: Request, response: Response, next: NextFunction): void {
  response.once('finish', () => {
    if (request.complete) return;
    request.unpipe();
    request.resume();
    const timer = setTimeout(() => request.socket.destroy(), LINGER_MS);
    request.once('end', () => clearTimeout(timer));
    request.once('close', () => clearTimeout(timer));
  });
  next();
}
