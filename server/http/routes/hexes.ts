import { Router } from 'express';
import { toHexTileJson } from '../../core/tilejson.ts';
import { type HexRow, toHexCounts } from '../../encode/hexes.ts';
import { hexesQuery } from '../../query/hexes.ts';
import { accessOf } from '../access.ts';
import { clientSignal } from '../client-signal.ts';
import type { Context } from '../context.ts';
import { whereKept } from '../dropped-version.ts';
import type { TileAnswers } from '../hot/answers.ts';
import { FILTER_PARAMS, parseParams, parsePointLayer, toFilter, writtenParam } from '../params.ts';
import { baseUrl, sendJson } from '../respond.ts';

/** Records counted in H3 cells, for any layer of points. */
export function hexRoutes(context: Context, answers: TileAnswers): Router {
  const router = Router();

  router.get('/hexes/:id.json', (request, response) => {
    const { lang, known_at } = parseParams(request.originalUrl, ['lang', 'known_at']);
    const layer = parsePointLayer(context.catalogue(), request.params.id, known_at);
    const knownAt = writtenParam(request.originalUrl, 'known_at');
    sendJson(response, toHexTileJson(layer, baseUrl(context, request), lang, knownAt));
  });

  router.get('/hexes/:id', async (request, response) => {
    const params = parseParams(request.originalUrl, ['res', 'bbox', ...FILTER_PARAMS]);
    const signal = clientSignal(response);
    const counts = await whereKept(context, async (catalogue) => {
      const layer = parsePointLayer(catalogue, request.params.id, params.known_at);
      const rows = await context.run<HexRow>(
        hexesQuery(layer, params.res, toFilter(layer, params, accessOf(response))),
        signal,
      );
      const { id: collection, nature } = layer;
      return { collection, nature, resolution: params.res, ...toHexCounts(layer, rows) };
    });
    sendJson(response, counts);
  });

  router.get('/hexes/:id/:z/:x/:y.mvt', async (request, response) => {
    const { id: ids, z, x, y } = request.params;
    await answers.answer({ kind: 'hexes', ids, z, x, y, address: request.originalUrl }, request, response);
  });

  return router;
}
