import { Router } from 'express';
import { accessOf } from '../access.ts';
import { clientSignal } from '../client-signal.ts';
import type { Context } from '../context.ts';
import { whereKept } from '../dropped-version.ts';
import { namesTag } from '../hot/negotiate.ts';
import { pictureBody } from '../pages/first-view.ts';
import { htmlPage } from '../pages/html-page.ts';
import type { Pictures } from '../picture/kept-pictures.ts';
import { readView } from '../picture/read-view.ts';
import { baseUrl, revalidate, sendHtml } from '../respond.ts';

const TITLES = { en: 'Picture of the map', fr: 'Image de la carte' } as const;

/** The map drawn by the server: as a picture, and as a page with its legend and its counts, for who has no map. */
export function pictureRoutes(context: Context, pictures: Pictures): Router {
  const router = Router();

  router.get('/picture.svg', async (request, response) => {
    const signal = clientSignal(response);
    await whereKept(context, async (catalogue) => {
      const view = readView(catalogue, context.mapSettings, request.originalUrl, accessOf(response));
      const tag = `"${pictures.identityOf(view)}"`;
      revalidate(response).set('ETag', `W/${tag}`);
      const known = request.headers['if-none-match'];
      if (known !== undefined && namesTag(known, [tag])) return response.status(304).end();
      const { svg } = await pictures.get(view, signal);
      return response.type('image/svg+xml').send(svg);
    });
  });

  router.get('/picture.html', async (request, response) => {
    const signal = clientSignal(response);
    const page = await whereKept(context, async (catalogue) => {
      const view = readView(catalogue, context.mapSettings, request.originalUrl, accessOf(response));
      const picture = await pictures.get(view, signal);
      const { language } = view;
      const body = pictureBody(view, picture, context.mapSettings);
      return htmlPage({ base: baseUrl(context, request), title: TITLES[language], lang: language, body });
    });
    sendHtml(response, page);
  });

  return router;
}
