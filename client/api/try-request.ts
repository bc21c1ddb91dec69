import type { OpenApi } from './openapi.ts';

/** What a request brought, as much of it as a page can show. */
export interface Answer {
  readonly status: number;
  readonly statusText: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly milliseconds: number;
  readonly bytes: number;
  /** Empty for what is no text. */
  readonly text: string;
}

/** More would make the page slow, and nobody reads it. */
const MAX_CHARACTERS = 20_000;
const IS_TEXT = /json|text|xml|x-qgis/;

function toText(type: string, body: ArrayBuffer): string {
  if (!IS_TEXT.test(type)) return '';
  const text = new TextDecoder().decode(body);
  if (!/json(;|$)/.test(type)) return cut(text);
  try {
    return cut(JSON.stringify(JSON.parse(text), null, 2));
  } catch {
    return cut(text);
  }
}

const cut = (text: string) => (text.length > MAX_CHARACTERS ? `${text.slice(0, MAX_CHARACTERS)}\n…` : text);

/** The description of the interfaces. Throws when the server does not answer as it should. */
export async function readInterfaces(): Promise<OpenApi> {
  const response = await fetch('./api', { headers: { accept: 'application/json' } });
  if (!response.ok) throw new Error(`/api answers ${response.status}`);
  return (await response.json()) as OpenApi;
}

/** Asks the server for an address, for somebody who wants to see what comes. Throws when it does not answer. */
export async function tryRequest(address: string, accept: string): Promise<Answer> {
  const start = performance.now();
  const response = await fetch(address, { headers: accept === '' ? {} : { accept } });
  const body = await response.arrayBuffer();
  return {
    status: response.status,
    statusText: response.statusText,
    headers: [...response.headers],
    milliseconds: Math.round(performance.now() - start),
    bytes: body.byteLength,
    text: toText(response.headers.get('content-type') ?? '', body),
  };
}
