import { Router } from 'express';
import type { Catalogue, PublishedLayer } from '../../core/catalogue.ts';
import { VersionNotKept } from '../../core/errors.ts';
import { toStyle } from '../../core/style.ts';
import type { Context } from '../context.ts';
import { parseParams, writtenParam } from '../params.ts';
import { baseUrl, sendJson } from '../respond.ts';

/** The layers as they were just `before`: those of which nothing is kept of then as they are, by name too. */
function layersBefore(catalogue: Catalogue, before: string | undefined) {
  const notKept = new Set<string>();
  const layers = catalogue.layers.map((layer): PublishedLayer => {
    try {
      return catalogue.get(layer.id, before);
    } catch (error) {
      if (!(error instanceof VersionNotKept)) throw error;
      notKept.add(layer.id);
      return layer;
    }
  });
  return { layers, notKept };
}

/** The map as a MapLibre style, for this server's page and for anyone else's. */
export function styleRoutes(context: Context): Router {
  const router = Router();

  router.get('/style.json', (request, response) => {
    const { lang, theme, known_at } = parseParams(request.originalUrl, ['lang', 'theme', 'known_at']);
    const { layers, notKept } = layersBefore(context.catalogue(), known_at);
    const text = writtenParam(request.originalUrl, 'known_at');
    sendJson(
      response,
      toStyle(layers, {
        ...{ language: lang, theme, publicUrl: baseUrl(context, request), map: context.mapSettings },
        ...(text === undefined ? {} : { knownAt: { text, notKept } }),
      }),
    );
  });

  return router;
}
