import { Router } from 'express';
import { chooseFormat, JSON_AND_HTML } from '../choose-format.ts';
import type { Context } from '../context.ts';
import { problemsPage } from '../pages/problems-page.ts';
import { parseParams } from '../params.ts';
import { PROBLEM_TYPES } from '../problem.ts';
import { baseUrl, sendHtml, sendJson } from '../respond.ts';

/** What the `type` of a problem document (RFC 9457) points at: every cause, and what its status asks of a client. */
export function problemRoutes(context: Context): Router {
  const router = Router();

  router.get('/problems', (request, response) => {
    const { f } = parseParams(request.originalUrl, ['f']);
    const base = baseUrl(context, request);
    if (chooseFormat(request, response, f, JSON_AND_HTML) === 'json')
      return sendJson(response, { problems: PROBLEM_TYPES });
    sendHtml(response, problemsPage(base, PROBLEM_TYPES));
  });

  return router;
}
