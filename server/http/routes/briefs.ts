import { type Request, type Response, Router } from 'express';
import { type Brief, BriefDraftSchema } from '../../core/brief.ts';
import { listBriefs, listBriefVersions, readBrief } from '../../jobs/briefs/read-brief.ts';
import type { Expected } from '../../jobs/briefs/write-brief.ts';
import { TagRequired } from '../../jobs/correct/errors.ts';
import { accessOf } from '../access.ts';
import { BRIEF_VERSION_PARAM } from '../briefs/version-param.ts';
import { clientSignal } from '../client-signal.ts';
import type { Context } from '../context.ts';
import { bodyFaults } from '../faults.ts';
import { namesTag } from '../hot/negotiate.ts';
import { parseParams } from '../params.ts';
import { baseUrl, revalidate, sendJson } from '../respond.ts';
import { requireToken } from '../token.ts';
import { readJson } from '../uploads/json-body.ts';

/** Which versions a header If-Match names; `*` is whichever there is. What is none of ours matches nothing. */
function expectedOf(request: Request): Expected {
  const header = request.get('if-match');
  if (header === undefined || header.trim() === '*') return undefined;
  return header.split(',').flatMap((tag) => {
    const [, version] = /^\s*"(\d{1,9})"\s*$/.exec(tag) ?? [];
    return version === undefined ? [] : [Number(version)];
  });
}

const tagOf = ({ version }: Brief) => `"${version}"`;

async function readDraft(request: Request) {
  const parsed = BriefDraftSchema.safeParse(await readJson(request));
  if (!parsed.success) throw bodyFaults(parsed.error);
  return parsed.data;
}

/** Views in an order, each with a title and a note. */
export function briefRoutes(context: Context): Router {
  const router = Router();
  const { run, briefs } = context;
  const mayWrite = requireToken(context);

  function send(response: Response, brief: Brief): void {
    response.set('ETag', tagOf(brief));
    sendJson(response, brief);
  }

  router.get('/briefs', async (request, response) => {
    parseParams(request.originalUrl, []);
    const entries = await listBriefs(run, accessOf(response), clientSignal(response));
    const self = { href: `${baseUrl(context, request)}/briefs`, rel: 'self', type: 'application/json' };
    sendJson(response, { briefs: entries, links: [self] });
  });

  router.post('/briefs', mayWrite, async (request, response) => {
    parseParams(request.originalUrl, []);
    const brief = await briefs.create(await readDraft(request));
    response.status(201).location(`/briefs/${brief.id}`);
    send(response, brief);
  });

  router.get('/briefs/:briefId', async (request, response, next) => {
    const { briefId } = request.params;
    // A brief as a file is another resource.
    if (briefId.includes('.')) return next();
    const { version } = parseParams(request.originalUrl, [], { version: BRIEF_VERSION_PARAM });
    const brief = await readBrief(run, briefId, accessOf(response), { version, signal: clientSignal(response) });
    const tag = tagOf(brief);
    if (namesTag(request.get('if-none-match') ?? '', [tag])) {
      revalidate(response).set('ETag', tag).status(304).end();
      return;
    }
    send(response, brief);
  });

  router.put('/briefs/:briefId', mayWrite, async (request, response) => {
    parseParams(request.originalUrl, []);
    if (request.get('if-match') === undefined) {
      throw new TagRequired('Say which version you have changed: If-Match with the ETag of the brief as you read it.');
    }
    const draft = await readDraft(request);
    send(response, await briefs.replace(String(request.params.briefId), draft, expectedOf(request)));
  });

  router.delete('/briefs/:briefId', mayWrite, async (request, response) => {
    parseParams(request.originalUrl, []);
    await briefs.remove(String(request.params.briefId), expectedOf(request));
    response.status(204).end();
  });

  router.get('/briefs/:briefId/versions', async (request, response) => {
    parseParams(request.originalUrl, []);
    const { briefId } = request.params;
    const versions = await listBriefVersions(run, briefId, accessOf(response), clientSignal(response));
    sendJson(response, { id: briefId, versions });
  });

  return router;
}
