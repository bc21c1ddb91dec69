import { Router } from 'express';
import { type Link, toCollection } from '../../core/collection.ts';
import { chooseFormat, JSON_AND_HTML } from '../choose-format.ts';
import type { Context } from '../context.ts';
import { collectionPage } from '../pages/collection-page.ts';
import { collectionsPage } from '../pages/collections-page.ts';
import { parseParams } from '../params.ts';
import { baseUrl, sendHtml, sendJson } from '../respond.ts';
import { sendCollection } from '../send-collection.ts';

/** OGC API Features, Part 1: the collections. */
export function collectionRoutes(context: Context): Router {
  const router = Router();

  router.get('/collections', (request, response) => {
    const { f, lang } = parseParams(request.originalUrl, ['f', 'lang']);
    const base = baseUrl(context, request);
    const { layers } = context.catalogue();
    if (chooseFormat(request, response, f, JSON_AND_HTML) === 'html')
      return sendHtml(response, collectionsPage(base, layers, lang));
    const self = `${base}/collections`;
    const links: Link[] = [
      { href: self, rel: 'self', type: 'application/json', title: 'This document' },
      { href: `${self}?f=html`, rel: 'alternate', type: 'text/html', title: 'This document as a page' },
    ];
    sendJson(response, { links, collections: layers.map((layer) => toCollection(layer, base)) });
  });

  router.get('/collections/:id', (request, response) => {
    const { f, lang } = parseParams(request.originalUrl, ['f', 'lang']);
    const base = baseUrl(context, request);
    const layer = context.catalogue().get(request.params.id);
    if (chooseFormat(request, response, f, JSON_AND_HTML) === 'html')
      return sendHtml(response, collectionPage(base, layer, lang));
    sendCollection(context, request, response, layer);
  });

  return router;
}
