import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { Router } from 'express';
import { dismiss, findJob, findResult, listJobs } from '../../jobs/analysis/find-job.ts';
import { accessOf, isPublic } from '../access.ts';
import { clientSignal } from '../client-signal.ts';
import type { Context } from '../context.ts';
import { acceptsGzip } from '../hot/negotiate.ts';
import { parseParams } from '../params.ts';
import { sendAnswer } from '../processes/send-answer.ts';
import { toStatusInfo } from '../processes/status-info.ts';
import { baseUrl } from '../respond.ts';
import { requireToken } from '../token.ts';

const unpack = promisify(gunzip);

/**
 * OGC API Processes, Part 1: questions whose answer is come back for. What is asked may be as sensitive as what is found:
 * the list takes the token, and so does each job that was asked with it.
 */
export function jobRoutes(context: Context): Router {
  const router = Router();
  const { run } = context;

  router.get('/jobs', requireToken(context), async (request, response) => {
    const { limit, offset = 0, lang } = parseParams(request.originalUrl, ['limit', 'offset', 'lang']);
    const base = baseUrl(context, request);
    // One more than is shown tells whether there is a next page.
    const found = await listJobs(run, limit + 1, offset);
    const jobs = found.slice(0, limit).map((job) => toStatusInfo(job, base, lang));
    const page = (first: number) => `${base}/jobs?limit=${limit}&offset=${first}`;
    const links = [
      { href: page(offset), rel: 'self', type: 'application/json', title: 'This document' },
      ...(found.length > limit ? [{ href: page(offset + limit), rel: 'next', type: 'application/json' }] : []),
    ];
    sendAnswer(response, JSON.stringify({ jobs, links }));
  });

  router.get('/jobs/:jobId', async (request, response) => {
    const { lang } = parseParams(request.originalUrl, ['lang']);
    const job = await findJob(run, request.params.jobId, !isPublic(accessOf(response)));
    sendAnswer(response, JSON.stringify(toStatusInfo(job, baseUrl(context, request), lang)));
  });

  router.delete('/jobs/:jobId', async (request, response) => {
    const { lang } = parseParams(request.originalUrl, ['lang']);
    const job = await dismiss(run, request.params.jobId, !isPublic(accessOf(response)));
    context.analysis.jobs.abort(job.id);
    sendAnswer(response, JSON.stringify(toStatusInfo(job, baseUrl(context, request), lang)));
  });

  router.get('/jobs/:jobId/results', async (request, response) => {
    parseParams(request.originalUrl, []);
    const signal = clientSignal(response);
    const packed = await findResult((query) => run(query, signal), request.params.jobId, !isPublic(accessOf(response)));
    response.vary('Accept-Encoding');
    const isPacked = acceptsGzip(request.headers['accept-encoding']);
    if (isPacked) response.set('Content-Encoding', 'gzip');
    sendAnswer(response, isPacked ? packed : await unpack(packed));
  });

  return router;
}
