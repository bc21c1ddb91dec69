import { createHash } from 'node:crypto';
import type { Request, Response } from 'express';
import type { PublishedLayer } from '../core/catalogue.ts';
import { toCollection } from '../core/collection.ts';
import { definitionDigest } from '../query/layer-state.ts';
import type { Context } from './context.ts';
import { baseUrl, sendJson } from './respond.ts';

/**
 * Sends a collection, with an ETag of two parts: how the layer is described, which whoever sets it otherwise sends back
 * (If-Match), and the answer.
 */
export function sendCollection(context: Context, request: Request, response: Response, layer: PublishedLayer): void {
  const body = toCollection(layer, baseUrl(context, request));
  const form = createHash('sha256').update(JSON.stringify(body)).digest('base64url').slice(0, 8);
  response.set('ETag', `"${definitionDigest(layer)}.${form}"`);
  sendJson(response, body);
}
