import { createHash } from 'node:crypto';
import type { Request, Response } from 'express';
import type { Feature } from 'geojson';
import { recordTag } from '../../encode/record-tag.ts';
import { accessOf } from '../access.ts';
import type { Context } from '../context.ts';
import { namesTag } from '../hot/negotiate.ts';
import { baseUrl, revalidate } from '../respond.ts';

/**
 * Gives a record an ETag of two parts: the state of the record, which whoever corrects it sends back (If-Match), and the form
 * of the answer. It stays the same as long as the record does, whatever else of its layer is corrected. Answers 304 where
 * the client has it, and says so.
 */
export function answerKnownItem(context: Context, request: Request, response: Response, feature: Feature): boolean {
  const parts = [context.version, baseUrl(context, request), request.originalUrl, accessOf(response).handling];
  const form = createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 8);
  const tag = `"${recordTag(feature)}.${form}"`;
  revalidate(response).set('ETag', tag);
  const known = request.headers['if-none-match'];
  if (known === undefined || !namesTag(known, [tag])) return false;
  response.status(304).end();
  return true;
}
