import { Router } from 'express';
import { parseTileCoord } from '../../core/tile.ts';
import { toHexTileJson } from '../../core/tilejson.ts';
import { type HexRow, toHexCounts } from '../../encode/hexes.ts';
import { hexesQuery } from '../../query/hexes.ts';
import type { Context } from '../context.ts';
import { FILTER_PARAMS, parseParams, parsePointLayer, toFilter } from '../params.ts';
import { baseUrl, sendJson, sendTile } from '../respond.ts';

/** Records counted in H3 cells, for any layer of points. */
export function hexRoutes(context: Context): Router {
  const router = Router();

  router.get('/hexes/:id.json', (request, response) => {
    const layer = parsePointLayer(context.catalogue(), request.params.id);
    const { lang } = parseParams(request, ['lang']);
    sendJson(response, toHexTileJson(layer, baseUrl(context, request), lang));
  });

  router.get('/hexes/:id', async (request, response) => {
    const layer = parsePointLayer(context.catalogue(), request.params.id);
    const params = parseParams(request, ['res', 'bbox', ...FILTER_PARAMS]);
    const rows = await context.run<HexRow>(hexesQuery(layer, params.res, toFilter(layer, params)));
    const { id: collection, nature } = layer;
    sendJson(response, { collection, nature, resolution: params.res, ...toHexCounts(layer, rows) });
  });

  router.get('/hexes/:id/:z/:x/:y.mvt', async (request, response) => {
    const { id, z, x, y } = request.params;
    const coord = parseTileCoord(z, x, y);
    const layer = parsePointLayer(context.catalogue(), id);
    const params = parseParams(request, FILTER_PARAMS);
    sendTile(response, await context.tiles.hexTile(layer, coord, toFilter(layer, params)));
  });

  return router;
}
