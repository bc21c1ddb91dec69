import type { Feature } from 'geojson';
import type { Author } from '../../server/core/authors.ts';
import type { ChangeKind, FieldChange, RecordChange } from '../../server/core/correction.ts';
import type { Settings } from '../../server/core/settings.ts';
import { ApiError } from '../api.ts';
import { authorization } from './kept-token.ts';

/** Requests that correct single records and set layers. All of them take the token. */

/** What is wrong with one thing that was sent. */
export interface Fault {
  /** Of a check of records. */
  readonly code?: string;
  /** JSON pointer into what was sent. */
  readonly pointer?: string;
  readonly detail: string;
}

/** The server did not take what was sent, and says where it is wrong. */
export class ChangeRefused extends ApiError {
  readonly faults: readonly Fault[];
  constructor(message: string, status: number, faults: readonly Fault[]) {
    super(message, status);
    this.faults = faults;
  }
}

export interface CorrectedRecord {
  readonly change: ChangeKind;
  readonly id: number;
  readonly recordId: string;
  readonly differs: readonly FieldChange[];
  readonly feature: Feature | null;
  /** Names its state: `"{tag}"` is taken as an ETag. */
  readonly tag: string | null;
  readonly issues: readonly (Fault & { readonly severity: 'warning' | 'note' })[];
}

export interface Corrected {
  readonly collection: string;
  readonly from: number;
  readonly generation: number;
  readonly records: readonly CorrectedRecord[];
}

export interface HistoryEntry {
  readonly generation: number;
  readonly from: number | null;
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly origin: 'seed' | 'upload' | 'restore' | 'analysis' | 'correction' | 'settings';
  readonly restored: number | null;
  readonly change: ChangeKind;
  readonly changes: readonly FieldChange[];
  readonly reason: string | null;
  readonly author: Author | null;
}

export interface RecordHistory {
  readonly recordId: string | null;
  readonly isServed: boolean;
  readonly entries: readonly HistoryEntry[];
}

async function send(
  token: string,
  method: string,
  path: string,
  body?: unknown,
  signal?: AbortSignal,
  more: Readonly<Record<string, string>> = {},
): Promise<Response> {
  const headers: Record<string, string> = {
    ...{ accept: 'application/json', ...more },
    ...(token === '' ? {} : authorization(token)),
  };
  if (body !== undefined) headers['content-type'] = 'application/json';
  let response: Response;
  try {
    const text = body === undefined ? null : JSON.stringify(body);
    response = await fetch(path, { method, headers, body: text, cache: 'no-cache', signal: signal ?? null });
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new ApiError(String(cause), 0);
  }
  if (response.ok) return response;
  const said = (await response.json().catch(() => ({}))) as { detail?: string; errors?: readonly Fault[] };
  // Of a single record the fields are told, not where it stands in the changeset.
  const faults = (said.errors ?? []).map((fault) =>
    fault.pointer === undefined ? fault : { ...fault, pointer: fault.pointer.replace(/^\/changes\/0\/feature/, '') },
  );
  throw new ChangeRefused(said.detail ?? response.statusText, response.status, faults);
}

/** A record as its holder of the token sees it, and the ETag of that state. */
export async function getRecordToCorrect(
  token: string,
  layer: string,
  id: number,
  signal?: AbortSignal,
): Promise<{ readonly feature: Feature; readonly tag: string }> {
  const response = await send(token, 'GET', `collections/${layer}/items/${id}?f=json`, undefined, signal);
  return { feature: (await response.json()) as Feature, tag: response.headers.get('etag') ?? '' };
}

export async function sendChanges(
  token: string,
  layer: string,
  changeSet: {
    readonly reason: string;
    readonly author: Author;
    readonly changes: readonly RecordChange[];
    readonly dryRun: boolean;
  },
): Promise<Corrected> {
  return (await (await send(token, 'POST', `collections/${layer}/changesets`, changeSet)).json()) as Corrected;
}

/** Without a token, what all may see of it. */
export async function getHistory(
  token: string,
  layer: string,
  id: number,
  signal?: AbortSignal,
): Promise<RecordHistory> {
  return (await (
    await send(token, 'GET', `collections/${layer}/items/${id}/history`, undefined, signal)
  ).json()) as RecordHistory;
}

/** Answers with the ETag of the layer as it is set then. `tag`: one of those, of the state that is to be changed. */
export async function patchSettings(token: string, layer: string, settings: Settings, tag?: string): Promise<string> {
  const headers = tag === undefined ? {} : { 'if-match': tag };
  const response = await send(token, 'PATCH', `collections/${layer}`, settings, undefined, headers);
  return response.headers.get('etag') ?? '';
}
