import { Router } from 'express';
import { type Link, toCollection } from '../../core/collection.ts';
import { FeatureNotFound } from '../../core/errors.ts';
import { type ItemRow, toFeature } from '../../encode/feature.ts';
import { countQuery, itemQuery, itemsQuery } from '../../query/items.ts';
import { accessOf } from '../access.ts';
import { clientSignal } from '../client-signal.ts';
import type { Context } from '../context.ts';
import { FILTER_PARAMS, parseFeatureId, parseParams, toFilter } from '../params.ts';
import { baseUrl, sendJson } from '../respond.ts';

const GEOJSON = 'application/geo+json';

function nextPage(self: URL, lastId: number): Link {
  const next = new URL(self);
  next.searchParams.set('after', String(lastId));
  return { href: next.href, rel: 'next', type: GEOJSON };
}

/** OGC API Features, Part 1: collections and their items. */
export function collectionRoutes(context: Context): Router {
  const router = Router();

  router.get('/collections', (request, response) => {
    parseParams(request.originalUrl, ['f']);
    const base = baseUrl(context, request);
    const collections = context.catalogue().layers.map((layer) => toCollection(layer, base));
    const links: Link[] = [{ href: `${base}/collections`, rel: 'self', type: 'application/json' }];
    sendJson(response, { links, collections });
  });

  router.get('/collections/:id', (request, response) => {
    parseParams(request.originalUrl, ['f']);
    sendJson(response, toCollection(context.catalogue().get(request.params.id), baseUrl(context, request)));
  });

  router.get('/collections/:id/items', async (request, response) => {
    const layer = context.catalogue().get(request.params.id);
    const params = parseParams(request.originalUrl, ['bbox', ...FILTER_PARAMS, 'cell', 'limit', 'after', 'f']);
    const filter = toFilter(layer, params, accessOf(response));
    const signal = clientSignal(response);
    const [rows, counts] = await Promise.all([
      // One row more than asked for tells whether there is a next page.
      context.run<ItemRow>(itemsQuery(layer, filter, { limit: params.limit + 1, after: params.after }), signal),
      context.run<{ count: number }>(countQuery(layer, filter), signal),
    ]);
    const features = rows.slice(0, params.limit).map((row) => toFeature(layer, row));
    const self = new URL(request.originalUrl, baseUrl(context, request));
    const last = rows[params.limit - 1];
    const links: Link[] = [
      { href: self.href, rel: 'self', type: GEOJSON },
      ...(rows.length > params.limit && last ? [nextPage(self, last.fid)] : []),
    ];
    const numberMatched = counts[0]?.count;
    const timeStamp = new Date().toISOString();
    const page = {
      type: 'FeatureCollection',
      timeStamp,
      numberMatched,
      numberReturned: features.length,
      links,
      features,
    };
    sendJson(response, page, GEOJSON);
  });

  router.get('/collections/:id/items/:featureId', async (request, response) => {
    const layer = context.catalogue().get(request.params.id);
    parseParams(request.originalUrl, ['f']);
    const featureId = parseFeatureId(layer, request.params.featureId);
    const [row] = await context.run<ItemRow>(
      itemQuery(layer, toFilter(layer, {}, accessOf(response)), featureId),
      clientSignal(response),
    );
    if (!row) throw new FeatureNotFound(layer.id, request.params.featureId);
    const collection = `${baseUrl(context, request)}/collections/${layer.id}`;
    const links: Link[] = [
      { href: `${collection}/items/${featureId}`, rel: 'self', type: GEOJSON },
      { href: collection, rel: 'collection', type: 'application/json' },
    ];
    sendJson(response, { ...toFeature(layer, row), links }, GEOJSON);
  });

  return router;
}
