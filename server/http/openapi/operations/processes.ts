import type { Operation } from '../operation.ts';

const page = { 'text/html': 'file' } as const;
const PREFER = {
  Prefer: 'respond-async: the question becomes a job, and is answered with 201 and where that is',
};

/** OGC API Processes: questions about places. */
export const PROCESSES: readonly Operation[] = [
  {
    method: 'get',
    path: '/processes',
    tag: 'Processes',
    summary: 'What can be asked',
    params: ['f', 'lang', 'limit'],
    answers: { 'application/json': 'ProcessList', ...page },
  },
  {
    method: 'get',
    path: '/processes/:processId',
    tag: 'Processes',
    summary: 'What a process takes, and what it gives back',
    params: ['f', 'lang'],
    answers: { 'application/json': 'ProcessDescription', ...page },
  },
  {
    method: 'post',
    path: '/processes/:processId/execution',
    tag: 'Processes',
    summary: 'Ask',
    headers: PREFER,
    body: { 'application/json': 'Execute' },
    answers: { 'application/json': 'Result' },
    token: 'more',
  },
  {
    method: 'get',
    path: '/jobs',
    tag: 'Processes',
    summary: 'Questions whose answers are come back for, the newest first',
    params: ['limit', 'offset', 'lang'],
    answers: { 'application/json': 'JobList' },
    token: 'needed',
  },
  {
    method: 'get',
    path: '/jobs/:jobId',
    tag: 'Processes',
    summary: 'How far one of them is',
    params: ['lang'],
    answers: { 'application/json': 'StatusInfo' },
    token: 'more',
  },
  {
    method: 'delete',
    path: '/jobs/:jobId',
    tag: 'Processes',
    summary: 'Give it up, or its result',
    params: ['lang'],
    answers: { 'application/json': 'StatusInfo' },
    token: 'more',
  },
  {
    method: 'get',
    path: '/jobs/:jobId/results',
    tag: 'Processes',
    summary: 'The answer',
    answers: { 'application/json': 'Result' },
    token: 'more',
  },
];
