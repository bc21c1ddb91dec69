import type { FeatureCollection } from 'geojson';
import type { Field, Language, Localized, Style } from '../../server/core/layer.ts';
import { ApiError } from '../api.ts';
import { readerHeaders } from './kept-token.ts';
import type { ProcessInput } from './process-input.ts';
import { toError } from './with-token.ts';

/** Asking the server a question about places. */

export interface ProcessSummary {
  readonly id: string;
  readonly title: string;
  readonly description: string;
}

export interface ProcessDescription extends ProcessSummary {
  readonly inputs: Readonly<Record<string, ProcessInput>>;
}

/** Features of a result, with what is needed to draw and to read them. */
export type ResultPart = FeatureCollection & {
  readonly title: Localized;
  readonly fields: readonly Field[];
  readonly style?: Style;
};

export interface ProcessResult {
  readonly process: string;
  readonly title: Localized;
  readonly text: Localized;
  readonly caveats: readonly { readonly code: string; readonly text: Localized }[];
  readonly numbers: Readonly<Record<string, unknown>>;
  readonly units: Readonly<Record<string, string>>;
  readonly features: Readonly<Record<string, ResultPart>>;
  readonly receipt: {
    readonly hash: string;
    readonly process: string;
    readonly software: string;
    /** With every default that was taken, and the versions that were asked. */
    readonly inputs: Readonly<Record<string, unknown>>;
  };
  readonly kept?: readonly KeptLayer[];
}

/** A layer that was made of a part of a result. */
export interface KeptLayer {
  readonly collection: string;
  readonly expires: string;
  /** Addresses. */
  readonly items: string;
  readonly tilejson: string;
}

interface Job {
  readonly jobID: string;
  readonly status: 'accepted' | 'running' | 'successful' | 'failed' | 'dismissed';
  readonly message: string;
  /** Percent. */
  readonly progress: number;
}

/** A question that takes longer than one waits for an answer: it may be asked as a job. */
export class TooLargeToWait extends ApiError {}

/** A question that the server does not understand; `faults` has what is wrong by the name of the input. */
export class Refused extends ApiError {
  readonly faults: ReadonlyMap<string, string>;
  constructor(message: string, faults: ReadonlyMap<string, string>) {
    super(message, 400);
    this.name = 'Refused';
    this.faults = faults;
  }
}

interface Problem {
  readonly code?: string;
  readonly detail?: string;
  readonly errors?: readonly { readonly pointer?: string; readonly detail?: string }[];
}

/** RFC 9457 with JSON pointers into what was sent: `/inputs/within_km`. */
function faultsOf(text: string, sent: unknown): Map<string, string> {
  const faults = new Map<string, string>();
  try {
    const said = JSON.parse(text) as Problem;
    const { errors = [], code, detail: whole = '' } = said;
    // Where the fault is inside the filter, the place in it is told instead.
    if (code === 'InvalidFilter' && /"inputs":\{(?:.*,)?"filter":/.test(String(sent))) faults.set('filter', whole);
    for (const { pointer, detail = '' } of errors) {
      const name = /^\/inputs\/([^/]+)/.exec(pointer ?? '')?.[1];
      // The server begins with the place in what was sent, which is the field here.
      if (name && !faults.has(name)) faults.set(name, detail.replace(/^[a-z_]+(?:\.\w+)*: /, ''));
    }
  } catch {
    // Not a problem document.
  }
  return faults;
}

async function send(path: string, init: RequestInit): Promise<Response> {
  let response: Response;
  try {
    const headers = { accept: 'application/json', ...readerHeaders(), ...init.headers };
    response = await fetch(path, { cache: 'no-cache', ...init, headers });
  } catch (cause) {
    if (init.signal?.aborted) throw cause;
    throw new ApiError(String(cause), 0);
  }
  if (response.ok) return response;
  const text = await response.text().catch(() => '');
  const error = toError(response.status, text, response.statusText);
  if (response.status === 400 && text.includes('respond-async')) throw new TooLargeToWait(error.message, 400);
  const faults = faultsOf(text, init.body);
  throw faults.size > 0 ? new Refused(error.message, faults) : error;
}

const read = async <T>(path: string, init: RequestInit): Promise<T> => (await (await send(path, init)).json()) as T;

export const getProcesses = (lang: Language, signal: AbortSignal) =>
  read<{ processes: readonly ProcessSummary[] }>(`processes?lang=${lang}`, { signal }).then(
    ({ processes }) => processes,
  );

export const getProcess = (id: string, lang: Language, signal: AbortSignal) =>
  read<ProcessDescription>(`processes/${id}?lang=${lang}`, { signal });

const question = (inputs: object, prefer?: string): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json', ...(prefer && { prefer }) },
  body: JSON.stringify({ inputs }),
});

/** @throws TooLargeToWait, ApiError */
export const execute = (id: string, inputs: object, signal: AbortSignal) =>
  read<ProcessResult>(`processes/${id}/execution`, { ...question(inputs), signal });

const LOOK_MS = 700;

/**
 * Has a question answered as a job; `onProgress` hears how far it is, in percent. When the signal aborts, the job is
 * dismissed. @throws ApiError
 */
export async function executeAsJob(
  id: string,
  inputs: object,
  onProgress: (progress: number, message: string) => void,
  signal: AbortSignal,
): Promise<ProcessResult> {
  // Not given up on its way: a job of which nothing is known could not be dismissed.
  let job = await read<Job>(`processes/${id}/execution`, question(inputs, 'respond-async'));
  const address = `jobs/${job.jobID}`;
  const dismiss = () => void send(address, { method: 'DELETE' }).catch(() => undefined);
  signal.addEventListener('abort', dismiss, { once: true });
  if (signal.aborted) dismiss();
  try {
    signal.throwIfAborted();
    while (job.status === 'accepted' || job.status === 'running') {
      onProgress(job.progress, job.message);
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
      job = await read<Job>(address, { signal });
    }
    // Of one that failed, its results say why.
    return await read<ProcessResult>(`${address}/results`, { signal });
  } catch (cause) {
    // Nobody comes back for it.
    if (!signal.aborted && job.status === 'running') dismiss();
    throw cause;
  } finally {
    signal.removeEventListener('abort', dismiss);
  }
}
