import { Router } from 'express';
import { SettingsSchema } from '../../core/settings.ts';
import type { Context } from '../context.ts';
import { bodyFaults } from '../faults.ts';
import { parseParams } from '../params.ts';
import { sendCollection } from '../send-collection.ts';
import { requireToken } from '../token.ts';
import { hasSettings, untilHeard } from '../until-heard.ts';
import { readJson } from '../uploads/json-body.ts';

/** What a layer is called, from whom it is, how it is drawn. */
export function settingsRoutes(context: Context): Router {
  const router = Router();

  router.patch('/collections/:id', requireToken(context), async (request, response) => {
    parseParams(request.originalUrl, []);
    const known = context.catalogue().get(String(request.params.id));
    const parsed = SettingsSchema.safeParse(await readJson(request));
    if (!parsed.success) throw bodyFaults(parsed.error);
    const set = await context.editor.set(known.id, parsed.data, request.get('if-match'));
    const catalogue = await untilHeard(context, hasSettings(known, set));
    sendCollection(context, request, response, catalogue.get(known.id));
  });

  return router;
}
