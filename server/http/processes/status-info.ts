import { type Link, OGC_REL } from '../../core/collection.ts';
import type { Language } from '../../core/layer.ts';
import { JobInterrupted } from '../../jobs/analysis/errors.ts';
import type { JobRow } from '../../query/analysis-jobs.ts';

const DISMISSED = { en: 'Dismissed.', fr: 'Abandonné.' } as const;

function messageOf({ state, message, problem }: JobRow, lang: Language): string {
  if (state === 'failed') return problem ? problem.detail : new JobInterrupted().message;
  return (message ?? DISMISSED)[lang];
}

const given = (entries: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== null));

/** A job as OGC API Processes says how it is. `base` is the public address of the server. */
export function toStatusInfo(job: JobRow, base: string, lang: Language) {
  const { id, process, state, progress, created, started, finished, updated, expires, problem } = job;
  const self = `${base}/jobs/${id}`;
  const results = `${self}/results`;
  const links: Link[] = [
    { href: self, rel: 'self', type: 'application/json', title: 'This document' },
    { href: `${base}/processes/${process}`, rel: 'up', type: 'application/json', title: 'The process' },
    ...(state === 'successful'
      ? [{ href: results, rel: `${OGC_REL}/results`, type: 'application/json', title: 'The result' }]
      : []),
    ...(state === 'failed'
      ? [{ href: results, rel: `${OGC_REL}/exceptions`, type: 'application/problem+json', title: 'What went wrong' }]
      : []),
  ];
  return {
    ...{ processID: process, type: 'process', jobID: id, status: state, message: messageOf(job, lang), progress },
    ...given({ created, started, finished, updated, expires, problem }),
    links,
  };
}
