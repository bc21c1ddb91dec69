import { Router } from 'express';
import { toTileJson } from '../../core/tilejson.ts';
import type { Context } from '../context.ts';
import type { TileAnswers } from '../hot/answers.ts';
import { parseLayerIds, parseParams, writtenParam } from '../params.ts';
import { baseUrl, sendJson } from '../respond.ts';

/** Vector tiles of the records of one or more layers. */
export function tileRoutes(context: Context, answers: TileAnswers): Router {
  const router = Router();

  router.get('/tiles/:ids.json', (request, response) => {
    const { lang, known_at } = parseParams(request.originalUrl, ['lang', 'known_at']);
    const layers = parseLayerIds(context.catalogue(), request.params.ids, known_at);
    const knownAt = writtenParam(request.originalUrl, 'known_at');
    sendJson(response, toTileJson(layers, baseUrl(context, request), lang, knownAt));
  });

  // Only what the door ahead of Express leaves: addresses written in an unusual way, and those that are wrong.
  router.get('/tiles/:ids/:z/:x/:y.mvt', async (request, response) => {
    const { ids, z, x, y } = request.params;
    await answers.answer({ kind: 'tiles', ids, z, x, y, address: request.originalUrl }, request, response);
  });

  return router;
}
