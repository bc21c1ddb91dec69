import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { ChangeSetSchema, type RecordChange } from '../../core/correction.ts';
import { InvalidRecord } from '../../jobs/correct/errors.ts';
import type { Corrected, CorrectedRecord } from '../../jobs/correct-records.ts';
import { accessOf } from '../access.ts';
import { clientSignal } from '../client-signal.ts';
import type { Context } from '../context.ts';
import { recordHistory } from '../corrections/history.ts';
import { readReason } from '../corrections/read-reason.ts';
import { bodyFaults } from '../faults.ts';
import { parseFeatureId, parseParams } from '../params.ts';
import { baseUrl, sendJson } from '../respond.ts';
import { requireToken } from '../token.ts';
import { hasVersion, untilHeard } from '../until-heard.ts';
import { readJson } from '../uploads/json-body.ts';

/** The body of a request about one record is its feature, not a changeset: faults are told by pointers into that. */
const ofFeature = ({ issues }: z.ZodError) =>
  new z.ZodError(issues.map((issue) => ({ ...issue, path: issue.path.slice(['changes', 0, 'feature'].length) })));

function rethrowOfFeature(error: unknown): never {
  if (!(error instanceof InvalidRecord)) throw error;
  throw new InvalidRecord(
    error.faults.map((fault) =>
      fault.pointer === undefined ? fault : { ...fault, pointer: fault.pointer.replace('/changes/0/feature', '') },
    ),
  );
}

/** Is given the body, of requests that have one, and which record is meant. */
type ToChange = (feature: never, known: { id: number; ifMatch?: string }) => RecordChange;

/** One record or several of a layer added, changed and withdrawn, each with a reason; and what was done so before. */
export function correctionRoutes(context: Context): Router {
  const router = Router();
  const { run, editor } = context;
  const mayChange = requireToken(context);

  router.get('/collections/:id/items/:featureId/history', async (request, response) => {
    parseParams(request.originalUrl, []);
    const layer = context.catalogue().get(request.params.id);
    const fid = parseFeatureId(layer, request.params.featureId);
    const history = await recordHistory(run, layer, fid, accessOf(response), clientSignal(response));
    const item = `${baseUrl(context, request)}/collections/${layer.id}/items/${fid}`;
    const links = [
      { href: `${item}/history`, rel: 'self', type: 'application/json' },
      ...(history.isServed ? [{ href: item, rel: 'item', type: 'application/geo+json' }] : []),
    ];
    sendJson(response, { collection: layer.id, id: fid, ...history, links });
  });

  router.post('/collections/:id/changesets', mayChange, async (request, response) => {
    parseParams(request.originalUrl, []);
    const { id } = context.catalogue().get(String(request.params.id));
    const signal = clientSignal(response);
    const parsed = ChangeSetSchema.safeParse(await readJson(request));
    if (!parsed.success) throw bodyFaults(parsed.error);
    const { collection, from, generation, records } = await editor.correct(id, parsed.data, signal);
    await untilHeard(context, hasVersion(collection, generation));
    sendJson(response, { collection, from, generation, dryRun: parsed.data.dryRun, records });
  });

  const correcting = (toChange: ToChange) => async (request: Request, response: Response) => {
    parseParams(request.originalUrl, []);
    const layer = context.catalogue().get(String(request.params.id));
    const { featureId } = request.params;
    const signal = clientSignal(response);
    const given = readReason(request);
    const ifMatch = request.get('if-match');
    const known = {
      id: featureId === undefined ? 0 : parseFeatureId(layer, String(featureId)),
      ...(ifMatch === undefined ? {} : { ifMatch }),
    };
    const body = request.method === 'DELETE' ? undefined : await readJson(request);
    const parsed = ChangeSetSchema.safeParse({ ...given, changes: [toChange(body as never, known)] });
    if (!parsed.success) throw bodyFaults(ofFeature(parsed.error));
    const corrected = await editor.correct(layer.id, parsed.data, signal).catch(rethrowOfFeature);
    await untilHeard(context, hasVersion(corrected.collection, corrected.generation));
    const record = corrected.records[0] as CorrectedRecord;
    if (record.change === 'added')
      response.status(201).location(`/collections/${corrected.collection}/items/${record.id}`);
    answer(response, request, corrected, record);
  };
  const one = '/collections/:id/items/:featureId';
  router.post(
    '/collections/:id/items',
    mayChange,
    correcting((feature) => ({ op: 'add', feature })),
  );
  router.put(
    one,
    mayChange,
    correcting((feature, known) => ({ op: 'replace', ...known, feature })),
  );
  router.patch(
    one,
    mayChange,
    correcting((feature, known) => ({ op: 'change', ...known, feature })),
  );
  router.delete(
    one,
    mayChange,
    correcting((_, known) => ({ op: 'withdraw', ...known })),
  );

  function answer(
    response: Response,
    request: Request,
    { collection, from, generation }: Corrected,
    { id, feature, tag, change, issues }: CorrectedRecord,
  ): void {
    const href = `${baseUrl(context, request)}/collections/${collection}/items/${id}`;
    const correction = { change, from, generation, issues };
    const links = [{ href: `${href}/history`, rel: 'version-history', type: 'application/json' }];
    if (!feature) {
      sendJson(response, { collection, id, correction, links });
      return;
    }
    response.set('ETag', `"${tag}"`);
    const self = { href, rel: 'self', type: 'application/geo+json' };
    sendJson(response, { ...feature, links: [self, ...links], correction }, 'application/geo+json');
  }

  return router;
}
