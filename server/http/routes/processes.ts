import { Router } from 'express';
import type { Link } from '../../core/collection.ts';
import { accessOf, isPublic } from '../access.ts';
import { chooseFormat, JSON_AND_HTML } from '../choose-format.ts';
import { clientSignal } from '../client-signal.ts';
import type { Context } from '../context.ts';
import { processesPage, processPage } from '../pages/processes-page.ts';
import { parseParams } from '../params.ts';
import { TokenRequired } from '../problem.ts';
import { answerQuestion } from '../processes/answer-question.ts';
import { askable } from '../processes/ask.ts';
import { toProcessDescription, toProcessSummary } from '../processes/describe-process.ts';
import { parseExecuteRequest } from '../processes/execute-request.ts';
import { findProcess } from '../processes/find-process.ts';
import { prefersAsync } from '../processes/prefers-async.ts';
import { readQuestion } from '../processes/read-question.ts';
import { sendAnswer } from '../processes/send-answer.ts';
import { toStatusInfo } from '../processes/status-info.ts';
import { baseUrl, sendHtml, sendJson } from '../respond.ts';

/** OGC API Processes, Part 1: what can be asked, and asking it. */
export function processRoutes(context: Context): Router {
  const router = Router();
  const { processes, jobs } = context.analysis;

  router.get('/processes', (request, response) => {
    const { f, lang, limit } = parseParams(request.originalUrl, ['f', 'lang', 'limit']);
    const base = baseUrl(context, request);
    const listed = processes.slice(0, limit).map((each) => toProcessSummary(each, base, context.version, lang));
    if (chooseFormat(request, response, f, JSON_AND_HTML) === 'html')
      return sendHtml(response, processesPage(base, listed, lang));
    const self = `${base}/processes`;
    const links: Link[] = [
      { href: self, rel: 'self', type: 'application/json', title: 'This document' },
      { href: `${self}?f=html`, rel: 'alternate', type: 'text/html', title: 'This document as a page' },
    ];
    sendJson(response, { processes: listed, links });
  });

  router.get('/processes/:processId', (request, response) => {
    const { f, lang } = parseParams(request.originalUrl, ['f', 'lang']);
    const base = baseUrl(context, request);
    const process = findProcess(processes, request.params.processId);
    const description = toProcessDescription(process, base, context.version, lang);
    if (chooseFormat(request, response, f, JSON_AND_HTML) === 'html')
      return sendHtml(response, processPage(base, description, lang));
    sendJson(response, description);
  });

  router.post('/processes/:processId/execution', async (request, response) => {
    parseParams(request.originalUrl, []);
    const process = findProcess(processes, request.params.processId);
    const question = parseExecuteRequest(await readQuestion(request));
    const access = accessOf(response);
    const base = baseUrl(context, request);
    if (question.keep && isPublic(access)) {
      throw new TokenRequired(
        'To keep a result takes the token of this server: leave "keep" out, or send the token.',
        false,
      );
    }
    if (prefersAsync(request.headers.prefer)) {
      const known = isPublic(access) ? 'public' : 'full';
      jobs.checkRoom(known);
      // What is wrong is said at once.
      const now = { access, signal: clientSignal(response), isAsynchronous: true, progress: () => undefined };
      await askable(context, process, question.inputs, now);
      const order = { process: process.id, response: question.response, access: known } as const;
      const job = await jobs.submit(order, (signal, progress) =>
        answerQuestion(context, process, question, { access, signal, progress, isAsynchronous: true }, base),
      );
      response.status(201).set({ Location: `${base}/jobs/${job.id}`, 'Preference-Applied': 'respond-async' });
      sendAnswer(response, JSON.stringify(toStatusInfo(job, base, 'en')));
      return;
    }
    const signal = clientSignal(response);
    const caller = { access, signal, isAsynchronous: false, progress: () => undefined };
    sendAnswer(response, (await answerQuestion(context, process, question, caller, base)).body);
  });

  return router;
}
