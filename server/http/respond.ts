import type { Request, Response } from 'express';
import { accessOf, isPublic } from './access.ts';
import type { Context } from './context.ts';

/** Public address of the server without a final slash: as configured, else as the request names it. */
export function baseUrl(context: Context, request: Request): string {
  return context.publicUrl ?? `${request.protocol}://${request.get('host') ?? 'localhost'}`;
}

/** May be kept, but is asked for again each time: Express answers 304 by the ETag when nothing changed. */
export function revalidate(response: Response): Response {
  return response.set('Cache-Control', isPublic(accessOf(response)) ? 'no-cache' : 'private, no-cache');
}

export function sendJson(response: Response, body: unknown, type = 'application/json'): void {
  revalidate(response).type(type).send(JSON.stringify(body));
}

export function sendHtml(response: Response, page: string): void {
  revalidate(response).type('html').send(page);
}
