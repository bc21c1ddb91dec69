import { Router } from 'express';
import { ViewDraftSchema } from '../../core/view.ts';
import { readView } from '../../jobs/views/read-view.ts';
import { accessOf } from '../access.ts';
import { clientSignal } from '../client-signal.ts';
import type { Context } from '../context.ts';
import { bodyFaults } from '../faults.ts';
import { parseParams } from '../params.ts';
import { sendJson } from '../respond.ts';
import { readJson } from '../uploads/json-body.ts';
import { changedLayers } from '../views/changed-layers.ts';

/** What the page shows, stored under a short id. Nobody needs a token for either: the id is what opens it. */
export function viewRoutes(context: Context): Router {
  const router = Router();
  const { run, views } = context;
  const findChanged = changedLayers(run);

  router.post('/views', async (request, response) => {
    parseParams(request.originalUrl, []);
    const parsed = ViewDraftSchema.safeParse(await readJson(request));
    if (!parsed.success) throw bodyFaults(parsed.error);
    const { view, isNew } = await views.store(run, parsed.data);
    response.status(isNew ? 201 : 200).location(`/views/${view.id}`);
    sendJson(response, view);
  });

  router.get('/views/:viewId', async (request, response, next) => {
    const { viewId } = request.params;
    // A view as a file is another resource.
    if (viewId.includes('.')) return next();
    parseParams(request.originalUrl, []);
    const signal = clientSignal(response);
    const view = await readView(run, viewId, signal);
    const changed = await findChanged(context.catalogue(), view.layers, accessOf(response), signal);
    sendJson(response, { ...view, changed });
  });

  return router;
}
