import { Router } from 'express';
import { OPENAPI_TYPE } from '../../core/landing.ts';
import { chooseFormat } from '../choose-format.ts';
import type { Context } from '../context.ts';
import { toOpenApi } from '../openapi/document.ts';
import { parseParams } from '../params.ts';
import { baseUrl, sendJson } from '../respond.ts';

/** Whoever asks for no more than JSON gets the same. */
const FORMS = { openapi: OPENAPI_TYPE, json: 'application/json' } as const;

/** `/api`: the interfaces as OpenAPI 3.0. The page that shows them is `/api.html`, a file of the client. */
export function apiRoutes(context: Context): Router {
  const router = Router();

  router.get('/api', (request, response) => {
    parseParams(request.originalUrl, []);
    const form = chooseFormat(request, response, undefined, FORMS);
    const document = toOpenApi(context.catalogue().layers, baseUrl(context, request), context.version);
    sendJson(response, document, FORMS[form]);
  });

  return router;
}
