import { Router } from 'express';
import { toFeatureSchema } from '../../core/feature-schema.ts';
import type { Context } from '../context.ts';
import { oneOf, parseParams } from '../params.ts';
import { baseUrl, sendJson } from '../respond.ts';

const F = oneOf('f', ['json'], 'The form of the answer.');

/** What a feature of a collection looks like, for readers of GeoJSON. */
export function featureSchemaRoutes(context: Context): Router {
  const router = Router();
  router.get('/collections/:id/schema/feature', (request, response) => {
    parseParams(request.originalUrl, [], { f: F });
    const layer = context.catalogue().get(request.params.id);
    sendJson(response, toFeatureSchema(layer, baseUrl(context, request)), 'application/schema+json');
  });
  return router;
}
