import { type Response, Router } from 'express';
import { WatchChangesSchema, WatchSchema } from '../../core/watch.ts';
import { toAtom } from '../../encode/atom.ts';
import { readDigest } from '../../jobs/watches/digest.ts';
import { checkFeedKey, type FeedKey, feedKey } from '../../jobs/watches/feed-key.ts';
import { changeWatch, createWatch, findWatch, listWatches, removeWatch } from '../../jobs/watches/watches.ts';
import { FULL_ACCESS, PUBLIC_ACCESS } from '../../query/filter.ts';
import { clientSignal } from '../client-signal.ts';
import type { Context } from '../context.ts';
import { bodyFaults } from '../faults.ts';
import { parseParams } from '../params.ts';
import { askable } from '../processes/ask.ts';
import { findProcess } from '../processes/find-process.ts';
import { readQuestion } from '../processes/read-question.ts';
import { baseUrl, sendJson } from '../respond.ts';
import { requireToken } from '../token.ts';
import { FEED_KEY_PARAM } from '../watches/key-param.ts';

/** Entries that a feed has: readers ask often enough. */
const FEED_ENTRIES = 100;

/**
 * Questions that are asked again when their layers change, and what was different then. What somebody looks into is nobody
 * else's to know: all of it takes the token, but the feed, whose address has a secret of its own.
 */
export function watchRoutes(context: Context): Router {
  const router = Router();
  const { run } = context;
  const mayWatch = requireToken(context);

  router.get('/watches', mayWatch, async (request, response) => {
    parseParams(request.originalUrl, []);
    const self = { href: `${baseUrl(context, request)}/watches`, rel: 'self', type: 'application/json' };
    sendJson(response, { watches: await listWatches(run), links: [self] });
  });

  router.post('/watches', mayWatch, async (request, response) => {
    parseParams(request.originalUrl, []);
    const parsed = WatchSchema.safeParse(await readQuestion(request));
    if (!parsed.success) throw bodyFaults(parsed.error);
    const { process: id, inputs, handling } = parsed.data;
    const process = findProcess(context.analysis.processes, id);
    // What is wrong with it is said at once, and not by its first entry.
    const access = handling === 'public' ? PUBLIC_ACCESS : FULL_ACCESS;
    const caller = { access, signal: clientSignal(response), isAsynchronous: true, progress: () => undefined };
    await askable(context, process, inputs, caller);
    const watch = await createWatch(run, parsed.data);
    response.status(201).location(`/watches/${watch.id}`);
    sendJson(response, watch);
  });

  router.get('/watches/digest', mayWatch, async (request, response) => {
    const { limit, offset = 0 } = parseParams(request.originalUrl, ['limit', 'offset']);
    const base = baseUrl(context, request);
    // One more than is shown tells whether there is a next page.
    const found = await readDigest(run, { limit: limit + 1, offset });
    const page = (first: number) => `${base}/watches/digest?limit=${limit}&offset=${first}`;
    const links = [
      { href: page(offset), rel: 'self', type: 'application/json' },
      ...(found.length > limit ? [{ href: page(offset + limit), rel: 'next', type: 'application/json' }] : []),
    ];
    sendJson(response, { entries: found.slice(0, limit), links });
  });

  const sendFeedAddress = (response: Response, base: string, { secret, renewedAt }: FeedKey) =>
    sendJson(response, { href: `${base}/watches/feed.atom?key=${secret}`, renewedAt });

  router.get('/watches/feed', mayWatch, async (request, response) => {
    parseParams(request.originalUrl, []);
    sendFeedAddress(response, baseUrl(context, request), await feedKey(run, { isNew: false }));
  });

  router.post('/watches/feed', mayWatch, async (request, response) => {
    parseParams(request.originalUrl, []);
    sendFeedAddress(response, baseUrl(context, request), await feedKey(run, { isNew: true }));
  });

  router.get('/watches/feed.atom', async (request, response) => {
    const { key, lang } = parseParams(request.originalUrl, ['lang'], { key: FEED_KEY_PARAM });
    await checkFeedKey(run, key);
    const { renewedAt } = await feedKey(run, { isNew: false });
    const entries = await readDigest(run, { limit: FEED_ENTRIES, isPublic: true });
    const base = baseUrl(context, request);
    const self = `${base}/watches/feed.atom?key=${encodeURIComponent(key ?? '')}${lang === 'fr' ? '&lang=fr' : ''}`;
    // Its address is a secret: no cache between here and the reader keeps what it opens.
    response.set('Cache-Control', 'private, no-cache').type('application/atom+xml');
    response.send(toAtom(entries, { base, self, language: lang, since: renewedAt }));
  });

  router.get('/watches/:watchId', mayWatch, async (request, response) => {
    parseParams(request.originalUrl, []);
    sendJson(response, await findWatch(run, String(request.params.watchId)));
  });

  router.patch('/watches/:watchId', mayWatch, async (request, response) => {
    parseParams(request.originalUrl, []);
    const parsed = WatchChangesSchema.safeParse(await readQuestion(request));
    if (!parsed.success) throw bodyFaults(parsed.error);
    sendJson(response, await changeWatch(run, String(request.params.watchId), parsed.data));
  });

  router.delete('/watches/:watchId', mayWatch, async (request, response) => {
    parseParams(request.originalUrl, []);
    await removeWatch(run, String(request.params.watchId));
    response.status(204).end();
  });

  return router;
}
