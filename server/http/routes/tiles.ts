import { Router } from 'express';
import { parseTileCoord } from '../../core/tile.ts';
import { toTileJson } from '../../core/tilejson.ts';
import type { Context } from '../context.ts';
import { FILTER_PARAMS, parseLayerIds, parseParams, toFilter } from '../params.ts';
import { baseUrl, sendJson, sendTile } from '../respond.ts';

/** Vector tiles of the records of one or more layers. */
export function tileRoutes(context: Context): Router {
  const router = Router();

  router.get('/tiles/:ids.json', (request, response) => {
    const layers = parseLayerIds(context.catalogue(), request.params.ids);
    const { lang } = parseParams(request, ['lang']);
    sendJson(response, toTileJson(layers, baseUrl(context, request), lang));
  });

  router.get('/tiles/:ids/:z/:x/:y.mvt', async (request, response) => {
    const { ids, z, x, y } = request.params;
    const coord = parseTileCoord(z, x, y);
    const layers = parseLayerIds(context.catalogue(), ids);
    const params = parseParams(request, FILTER_PARAMS);
    const filters = layers.map((layer) => toFilter(layer, params));
    sendTile(response, await context.tiles.tile(layers, coord, filters));
  });

  return router;
}
