import { Router } from 'express';
import type { Catalogue, PublishedLayer } from '../../core/catalogue.ts';
import { VersionNotKept } from '../../core/errors.ts';
import { toStyle } from '../../core/style.ts';
import type { Context } from '../context.ts';
import { parseParams, writtenParam } from '../params.ts';
import { baseUrl, sendJson } from '../respond.ts';

/** Ids of layers of which nothing is kept as it was just `before`. */
function notKeptBefore(catalogue: Catalogue, before: string | undefined): ReadonlySet<string> {
  const isKept = ({ id }: PublishedLayer) => {
    try {
      return catalogue.get(id, before) !== undefined;
    } catch (error) {
      if (!(error instanceof VersionNotKept)) throw error;
      return false;
    }
  };
  return new Set(catalogue.layers.filter((layer) => !isKept(layer)).map(({ id }) => id));
}

/**
 * The map as a MapLibre style, for this server's page and for anyone else's. With `known_at` its sources have the records of
 * then. They are drawn as they are now: the legend, which is of the catalogue, is of now too.
 */
export function styleRoutes(context: Context): Router {
  const router = Router();

  router.get('/style.json', (request, response) => {
    const { lang, theme, known_at } = parseParams(request.originalUrl, ['lang', 'theme', 'known_at']);
    const catalogue = context.catalogue();
    const notKept = notKeptBefore(catalogue, known_at);
    const text = writtenParam(request.originalUrl, 'known_at');
    sendJson(
      response,
      toStyle(catalogue.layers, {
        ...{ language: lang, theme, publicUrl: baseUrl(context, request), map: context.mapSettings },
        ...(text === undefined ? {} : { knownAt: { text, notKept } }),
      }),
    );
  });

  return router;
}
