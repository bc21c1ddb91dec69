import { findKept, KEPT_AT, keep } from './kept-data.ts';
import { ruleFor } from './rule-for.ts';
import { dropOldShells, findFile, findPage, keepShell } from './shell.ts';

/**
 * Keeps the page and what it has shown, so that it can be read without a network. It runs beside the page; what it keeps is
 * what everybody may see.
 */

/** The part of the worker's own world that is used; TypeScript's `webworker` and `dom` exclude one another. */
interface WorkerScope {
  readonly registration: { readonly scope: string };
  readonly clients: {
    claim(): Promise<void>;
    matchAll(): Promise<readonly { postMessage(message: unknown): void }[]>;
  };
  skipWaiting(): Promise<void>;
  addEventListener(name: 'install' | 'activate', listener: (event: Lasting) => void): void;
  addEventListener(name: 'fetch', listener: (event: Fetching) => void): void;
  addEventListener(name: 'message', listener: (event: Lasting & { readonly data: unknown }) => void): void;
}
interface Lasting {
  waitUntil(work: Promise<unknown>): void;
}
interface Fetching extends Lasting {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
}

const worker = self as unknown as WorkerScope;
const { scope } = worker.registration;

/** A proxy says so where the server behind it is away. */
const AWAY = new Set([502, 504]);

const tell = async (message: unknown) => {
  for (const page of await worker.clients.matchAll()) page.postMessage(message);
};

async function fixed(event: Fetching): Promise<Response> {
  const kept = await findKept(event.request.url);
  // A server that is behind answers with the version before, under the address of the next.
  return kept?.headers.get('cache-control')?.includes('immutable') ? kept : fresh(event);
}

async function fresh(event: Fetching): Promise<Response> {
  const { url } = event.request;
  const answer = await fetch(event.request).catch(() => undefined);
  if (answer && !AWAY.has(answer.status)) {
    event.waitUntil(keep(url, answer.clone()));
    return answer;
  }
  const kept = await findKept(url);
  // Also where nothing was kept: the page is to know that nobody answers.
  event.waitUntil(tell({ type: 'away', since: kept?.headers.get(KEPT_AT) ?? null }));
  return kept ?? answer ?? Response.error();
}

/** The page as it was built for this release; without it, the network's. */
async function page(event: Fetching): Promise<Response> {
  return (await findPage(scope)) ?? fetch(event.request);
}

const part = async ({ request }: Fetching): Promise<Response> => (await findFile(request.url)) ?? fetch(request);

const ANSWERS = { fixed, fresh, shell: page, part } as const;

worker.addEventListener('install', (event) => {
  // It takes over at once: each page asks for files of its own release by name, and both releases are kept.
  event.waitUntil(keepShell(scope).then(() => worker.skipWaiting()));
});

worker.addEventListener('activate', (event) => {
  event.waitUntil(dropOldShells().then(() => worker.clients.claim()));
});

worker.addEventListener('fetch', (event) => {
  const { method, url, mode, headers } = event.request;
  const rule = ruleFor({ method, url, mode, headers: new Set(headers.keys()) }, scope);
  if (rule !== 'pass') event.respondWith(ANSWERS[rule](event));
});

/** What the page had loaded before this worker was there: mostly still in the browser's own cache. */
async function keepLoaded(urls: readonly string[]): Promise<void> {
  for (const url of urls) {
    const rule = ruleFor({ method: 'GET', url, mode: 'cors', headers: new Set() }, scope);
    if ((rule !== 'fixed' && rule !== 'fresh') || (await findKept(url))) continue;
    const accept = /\.mvt|\/series/.test(url) ? '*/*' : 'application/json, application/geo+json';
    const answer = await fetch(url, { headers: { accept } }).catch(() => undefined);
    if (answer) await keep(url, answer);
  }
}

worker.addEventListener('message', (event) => {
  const { type, urls } = event.data as { readonly type?: string; readonly urls?: readonly string[] };
  if (type === 'loaded' && urls) event.waitUntil(keepLoaded(urls.map(String)));
});
