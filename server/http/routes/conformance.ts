import { Router } from 'express';
import type { Link } from '../../core/collection.ts';
import { CONFORMANCE } from '../../core/conformance.ts';
import { chooseFormat, JSON_AND_HTML } from '../choose-format.ts';
import type { Context } from '../context.ts';
import { html } from '../pages/html.ts';
import { htmlPage } from '../pages/html-page.ts';
import { parseParams } from '../params.ts';
import { baseUrl, sendHtml, sendJson } from '../respond.ts';

/** `/conformance`: the classes of OGC standards that hold here. */
export function conformanceRoutes(context: Context): Router {
  const router = Router();

  router.get('/conformance', (request, response) => {
    const { f } = parseParams(request.originalUrl, ['f']);
    const base = baseUrl(context, request);
    const links: Link[] = [
      { href: `${base}/conformance`, rel: 'self', type: 'application/json', title: 'This document' },
      { href: `${base}/conformance?f=html`, rel: 'alternate', type: 'text/html', title: 'This document as a page' },
    ];
    const document = { links, conformsTo: CONFORMANCE.map(({ uri }) => uri) };
    if (chooseFormat(request, response, f, JSON_AND_HTML) === 'json') return sendJson(response, document);
    sendHtml(
      response,
      htmlPage({
        base,
        title: 'Conformance',
        description: 'Classes of OGC standards that this server keeps to. Each is held by tests of its own.',
        links: [{ ...(links[0] as Link), href: `${base}/conformance?f=json`, rel: 'alternate' }],
        body: html`<ul>${document.conformsTo.map((uri) => html`<li><a href="${uri}">${uri.replace(/^.*\/spec\//, '')}</a></li>\n`)}</ul>`,
      }),
    );
  });

  return router;
}
