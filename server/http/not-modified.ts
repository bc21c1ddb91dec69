import { createHash } from 'node:crypto';
import type { Request, Response } from 'express';
import { accessOf } from './access.ts';
import type { Context } from './context.ts';
import { namesTag } from './hot/negotiate.ts';
import { baseUrl, revalidate } from './respond.ts';

/**
 * Gives an answer an ETag by what it is made from, so that nothing need be read to know that the client has it already: the
 * address, the form, who asks, and `versions`, the records. It is a weak one, for the time of the answer is in it. Answers
 * 304 where the client has it, and says so.
 */
export function answerNotModified(
  context: Context,
  request: Request,
  response: Response,
  form: string,
  versions: readonly (string | number)[],
): boolean {
  const { handling } = accessOf(response);
  const parts = [context.version, baseUrl(context, request), request.originalUrl, form, handling, versions];
  const tag = `"${createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 22)}"`;
  revalidate(response).set('ETag', `W/${tag}`);
  const known = request.headers['if-none-match'];
  if (known === undefined || !namesTag(known, [tag])) return false;
  response.status(304).end();
  return true;
}
