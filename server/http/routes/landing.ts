import path from 'node:path';
import { Router } from 'express';
import { toLanding } from '../../core/landing.ts';
import { chooseFormat, JSON_AND_HTML } from '../choose-format.ts';
import type { Context } from '../context.ts';
import { landingPage } from '../pages/landing-page.ts';
import { parseParams } from '../params.ts';
import { baseUrl, revalidate, sendHtml, sendJson } from '../respond.ts';

/** `/`: JSON for programs, the map for people (`Accept: text/html`), and `?f=html` for the landing page as a page. */
export function landingRoutes(context: Context): Router {
  const router = Router();

  router.get('/', (request, response, next) => {
    // The map keeps its state in the fragment, so a query string here is an API client's.
    const { f } = parseParams(request.originalUrl, ['f']);
    const base = baseUrl(context, request);
    const document = toLanding(base);
    const format = chooseFormat(request, response, f, JSON_AND_HTML);
    if (format === 'json') return sendJson(response, document);
    if (f === 'html') return sendHtml(response, landingPage(document, context.catalogue().layers, base));
    revalidate(response).sendFile(path.join(context.clientFolder, 'index.html'), (error) => {
      if (error) next(error);
    });
  });

  return router;
}
