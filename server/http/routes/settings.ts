import { Router } from 'express';
import { canonicalJson } from '../../core/canonical-json.ts';
import { toCollection } from '../../core/collection.ts';
import { SettingsSchema, settingsOf } from '../../core/settings.ts';
import type { Context } from '../context.ts';
import { bodyFaults } from '../faults.ts';
import { parseParams } from '../params.ts';
import { baseUrl, sendJson } from '../respond.ts';
import { requireToken } from '../token.ts';
import { untilHeard } from '../until-heard.ts';
import { readJson } from '../uploads/json-body.ts';

/** What a layer is called, from whom it is, how it is drawn. */
export function settingsRoutes(context: Context): Router {
  const router = Router();

  router.patch('/collections/:id', requireToken(context), async (request, response) => {
    parseParams(request.originalUrl, []);
    const { id } = context.catalogue().get(String(request.params.id));
    const parsed = SettingsSchema.safeParse(await readJson(request));
    if (!parsed.success) throw bodyFaults(parsed.error);
    const set = await context.editor.set(id, parsed.data);
    const wanted = canonicalJson(settingsOf(set.definition));
    const catalogue = await untilHeard(context, (next) => canonicalJson(settingsOf(next.get(id))) === wanted);
    sendJson(response, toCollection(catalogue.get(id), baseUrl(context, request)));
  });

  return router;
}
