import { signal } from '@preact/signals';
import { keptToken } from '../api/kept-token.ts';

/** Nobody answered the page's last requests. `since`: when what was given instead was kept, ISO 8601; null: nothing was. */
export interface Away {
  readonly since: string | null;
}
export const away = signal<Away | null>(null);

/** The oldest of what is shown says how old that is. */
function hear({ type, since = null }: { readonly type?: string; readonly since?: string | null }): void {
  if (type !== 'away') return;
  const before = away.peek()?.since ?? null;
  if (away.peek() && (since === null || (before !== null && before <= since))) return;
  away.value = { since };
}

/** Tiles are fetched by the map's own threads, of which the page's list of what it has loaded knows nothing. */
const tiles = new Set<string>();
const MOST_TILES = 400;

/** The map asks for this address. */
export function noteTile(address: string): void {
  if (tiles.size < MOST_TILES) tiles.add(address);
}

/** What the page has loaded by itself, with a token none of it. */
function loaded(): string[] {
  if (keptToken.get() !== '') return [];
  return [...performance.getEntriesByType('resource').map(({ name }) => name), ...tiles];
}

const worker = 'serviceWorker' in navigator ? navigator.serviceWorker : undefined;

/** Listens to the page's worker from the beginning: what it says while the page opens is said once. */
export function hearWorker(): void {
  worker?.addEventListener('message', ({ data }) => hear(data as object));
}

/**
 * Has the browser keep the page and what it shows, where it can: over https, or from the reader's own machine. Fails in
 * silence: without it the page is as it is, with a network only.
 */
export function keepPage(): void {
  if (!worker) return;
  // At the first visit the page was there before its worker.
  if (!worker.controller) {
    const tell = () => worker.controller?.postMessage({ type: 'loaded', urls: loaded() });
    worker.addEventListener('controllerchange', tell, { once: true });
  }
  worker.register('./sw.js').catch(() => undefined);
}
