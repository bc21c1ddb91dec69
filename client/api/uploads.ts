import type { Mapping } from '../../server/core/mapping.ts';
import { eventsIn } from './events.ts';
import { authorization } from './kept-token.ts';
import type { IssuePage, IssueRecord, Upload } from './upload-types.ts';
import { requestWithToken as request, toError } from './with-token.ts';

/** What the server says of uploads. Every request carries the token of whoever may bring files. */

const json = async <T>(answer: Promise<Response>): Promise<T> => (await (await answer).json()) as T;

/** Newest first. */
export async function getUploads(token: string, signal?: AbortSignal): Promise<readonly Upload[]> {
  const answer = await json<{ uploads?: Upload[] } | Upload[]>(request(token, 'GET', 'uploads', undefined, signal));
  return Array.isArray(answer) ? answer : (answer.uploads ?? []);
}

export const getUpload = (token: string, id: string, signal?: AbortSignal) =>
  json<Upload>(request(token, 'GET', `uploads/${id}`, undefined, signal));

export const patchMapping = (token: string, id: string, mapping: Mapping) =>
  request(token, 'PATCH', `uploads/${id}/mapping`, mapping);

export const publishUpload = (token: string, id: string) => request(token, 'POST', `uploads/${id}/publish`, {});

export const deleteUpload = (token: string, id: string) => request(token, 'DELETE', `uploads/${id}`);

interface Paging {
  readonly code: string;
  readonly limit: number;
  /** What the page comes after; 0 for the first. */
  readonly after: number;
}

const toQuery = ({ code, limit, after }: Paging) =>
  `code=${encodeURIComponent(code)}&limit=${limit}${after > 0 ? `&after=${after}` : ''}`;

export const getIssues = (token: string, id: string, paging: Paging, signal?: AbortSignal) =>
  json<IssuePage>(request(token, 'GET', `uploads/${id}/issues.json?${toQuery(paging)}`, undefined, signal));

/** In the order of the file; `after` is the number of a record. */
export const getIssueRecords = (token: string, id: string, paging: Paging, signal?: AbortSignal) =>
  json<{ features: readonly IssueRecord[] }>(
    request(token, 'GET', `uploads/${id}/records?${toQuery(paging)}`, undefined, signal),
  );

/** A file of the upload, as the server makes it: to be saved under the name. */
export async function getUploadFile(token: string, id: string, name: string): Promise<Blob> {
  return (await request(token, 'GET', `uploads/${id}/${name}`)).blob();
}

/** Follows an upload until `signal` ends it; what is told is merged by the caller. Ends when the server closes the line. */
export async function followUpload(
  token: string,
  id: string,
  onChange: (event: string, change: Partial<Upload>) => void,
  signal: AbortSignal,
): Promise<void> {
  const headers = { accept: 'text/event-stream', ...authorization(token) };
  // An EventSource cannot carry a token.
  const response = await fetch(`uploads/${id}/events`, { headers, signal });
  if (!response.ok) throw toError(response.status, await response.text().catch(() => ''), response.statusText);
  if (!response.body) return;
  for await (const { event, data } of eventsIn(response.body)) onChange(event, JSON.parse(data) as Partial<Upload>);
}
