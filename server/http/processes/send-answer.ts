import type { Response } from 'express';

/** A question says what somebody looks into: no cache keeps its answer. */
export function sendAnswer(response: Response, body: string | Uint8Array): void {
  response.set('Cache-Control', 'no-store').type('application/json');
  // Not `send`, which would hash all of it for an ETag that nobody has a use for.
  response.set('Content-Length', String(Buffer.byteLength(body))).end(body);
}
