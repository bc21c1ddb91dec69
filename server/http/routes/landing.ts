import { Router } from 'express';
import { toLanding } from '../../core/landing.ts';
import { chooseFormat, JSON_AND_HTML } from '../choose-format.ts';
import { clientSignal } from '../client-signal.ts';
import type { Context } from '../context.ts';
import { landingPage } from '../pages/landing-page.ts';
import { parseParams } from '../params.ts';
import type { Pictures } from '../picture/kept-pictures.ts';
import { openingPage } from '../picture/opening-page.ts';
import { baseUrl, sendHtml, sendJson } from '../respond.ts';

/** `/`: JSON for programs, the map for people (`Accept: text/html`), and `?f=html` for the landing page as a page. */
export function landingRoutes(context: Context, pictures: Pictures): Router {
  const router = Router();

  router.get('/', async (request, response) => {
    // The map keeps its state in the fragment, so a query string here is an API client's.
    const { f } = parseParams(request.originalUrl, ['f']);
    const base = baseUrl(context, request);
    const document = toLanding(base);
    const format = chooseFormat(request, response, f, JSON_AND_HTML);
    if (format === 'json') return sendJson(response, document);
    if (f === 'html') return sendHtml(response, landingPage(document, context.catalogue().layers, base));
    // In the language that the browser asks for first, as the page itself speaks it.
    response.vary('Accept-Language');
    return sendHtml(response, await openingPage(context, pictures, request, clientSignal(response)));
  });

  return router;
}
