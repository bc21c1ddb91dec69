import { ApiError } from '../api.ts';
import { authorization } from './kept-token.ts';

/** Requests for what only the holder of the server's token may see or do. */

/** @throws ApiError */
export async function requestWithToken(
  token: string,
  method: string,
  path: string,
  body?: unknown,
  signal?: AbortSignal,
  more: Readonly<Record<string, string>> = {},
): Promise<Response> {
  const headers: Record<string, string> = {
    ...{ accept: 'application/json', ...more },
    // Without one, what nobody needs it for.
    ...(token === '' ? {} : authorization(token)),
  };
  if (body !== undefined) headers['content-type'] = 'application/json';
  const text = body === undefined ? null : JSON.stringify(body);
  let response: Response;
  try {
    response = await fetch(path, { method, headers, body: text, signal: signal ?? null });
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new ApiError(String(cause), 0);
  }
  if (!response.ok) throw toError(response.status, await response.text().catch(() => ''), response.statusText);
  return response;
}

/** RFC 9457: `detail` says what is wrong and what to do. */
export function toError(status: number, text: string, otherwise: string): ApiError {
  let said: { detail?: string; title?: string } = {};
  try {
    said = JSON.parse(text) as typeof said;
  } catch {
    // Not a problem document.
  }
  return new ApiError(said.detail ?? said.title ?? otherwise, status);
}
