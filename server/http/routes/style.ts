import { Router } from 'express';
import { toStyle } from '../../core/style.ts';
import type { Context } from '../context.ts';
import { parseParams } from '../params.ts';
import { baseUrl, sendJson } from '../respond.ts';

/** The map as a MapLibre style, for this server's page and for anyone else's. */
export function styleRoutes(context: Context): Router {
  const router = Router();

  router.get('/style.json', (request, response) => {
    const { lang, theme } = parseParams(request.originalUrl, ['lang', 'theme']);
    const { layers } = context.catalogue();
    sendJson(
      response,
      toStyle(layers, { language: lang, theme, publicUrl: baseUrl(context, request), map: context.mapSettings }),
    );
  });

  return router;
}
