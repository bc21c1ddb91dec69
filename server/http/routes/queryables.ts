import { Router } from 'express';
import { toQueryables } from '../../core/queryables.ts';
import { toSchema } from '../../core/schema.ts';
import { chooseFormat } from '../choose-format.ts';
import type { Context } from '../context.ts';
import { schemaPage } from '../pages/schema-page.ts';
import { parseParams } from '../params.ts';
import { baseUrl, sendHtml, sendJson } from '../respond.ts';

/** The last is for clients that ask for no more than JSON. */
const FORMS = { schema: 'application/schema+json', html: 'text/html', json: 'application/json' } as const;

/** What filters can ask of a collection (OGC API Features, Part 3), and what its records hold (Part 5). */
export function queryablesRoutes(context: Context): Router {
  const router = Router();

  for (const [kind, describe] of [
    ['queryables', toQueryables],
    ['schema', toSchema],
  ] as const) {
    router.get(`/collections/:id/${kind}`, (request, response) => {
      const { f, lang } = parseParams(request.originalUrl, ['f', 'lang']);
      const layer = context.catalogue().get(String(request.params.id));
      const base = baseUrl(context, request);
      const schema = describe(layer, base, lang);
      response.set('Content-Language', lang);
      if (chooseFormat(request, response, f, FORMS) === 'html')
        sendHtml(response, schemaPage(base, layer, kind, schema, lang));
      else sendJson(response, schema, FORMS.schema);
    });
  }

  return router;
}
