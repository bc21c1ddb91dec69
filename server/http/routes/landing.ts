import path from 'node:path';
import { Router } from 'express';
import type { Link } from '../../core/collection.ts';
import type { Context } from '../context.ts';
import { landingPage } from '../landing-page.ts';
import { parseParams } from '../params.ts';
import { NotAcceptable } from '../problem.ts';
import { baseUrl, revalidate, sendJson } from '../respond.ts';

const TITLE = 'Azalai';
const DESCRIPTION =
  'Maps and analysis of armed control, trafficking, mining and violence in Mali and the Sahel, each record with its source.';

function landing(base: string) {
  const link = (href: string, rel: string, type: string, title: string): Link => ({
    href: base + href,
    rel,
    type,
    title,
  });
  return {
    title: TITLE,
    description: DESCRIPTION,
    links: [
      link('/', 'self', 'application/json', 'This document'),
      link('/?f=html', 'alternate', 'text/html', 'This document as a page'),
      link('/collections', 'data', 'application/json', 'The collections'),
      link('/style.json', 'style', 'application/json', 'The map as a MapLibre style'),
    ],
  };
}

/** `/`: JSON for programs, the map for people (`Accept: text/html`), and `?f=html` for the landing page as a page. */
export function landingRoutes(context: Context): Router {
  const router = Router();

  router.get('/', (request, response, next) => {
    // The map keeps its state in the fragment, so a query string here is an API client's.
    const { f } = parseParams(request.originalUrl, ['f']);
    const document = landing(baseUrl(context, request));
    response.vary('Accept');
    if (f === 'html')
      return void revalidate(response).type('html').send(landingPage(document, context.catalogue().layers));
    const preferred = f ?? request.accepts(['json', 'html']);
    if (preferred === 'json') return sendJson(response, document);
    if (preferred !== 'html') throw new NotAcceptable('This resource is served as application/json and text/html.');
    revalidate(response).sendFile(path.join(context.clientFolder, 'index.html'), (error) => {
      if (error) next(error);
    });
  });

  return router;
}
