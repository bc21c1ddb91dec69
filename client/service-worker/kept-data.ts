import { type Kept, type Room, toDrop } from './to-drop.ts';

const CACHE = 'azalai-data';
/** Where the index lies among what it is of: no resource has this address. */
const INDEX = 'azalai-index';
/** When an answer was kept, ISO 8601 UTC. */
export const KEPT_AT = 'x-azalai-kept-at';

/** About a hundred screens of the map; what is larger alone is not kept. */
const ROOM: Room = { bytes: 60_000_000, answers: 3_000 };
const MOST_BYTES = 8_000_000;

const open = () => caches.open(CACHE);

let index: Promise<Map<string, Kept>> | undefined;

async function readIndex(): Promise<Map<string, Kept>> {
  const cache = await open();
  const written = await cache.match(INDEX);
  const known = new Map<string, Kept>(written ? await written.json() : []);
  // The browser ends a worker when it likes: what was kept since the index was written is of a usual size.
  const kept = await cache.keys();
  const urls = kept.map(({ url }) => url).filter((url) => !url.endsWith(INDEX));
  return new Map(urls.map((url) => [url, known.get(url) ?? { bytes: 30_000, at: 0 }]));
}

const indexed = () => {
  index ??= readIndex();
  return index;
};

let isWriting = false;

/** Soon, and once for many. */
async function writeIndex(): Promise<void> {
  if (isWriting) return;
  isWriting = true;
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  isWriting = false;
  await (await open()).put(INDEX, new Response(JSON.stringify([...(await indexed())])));
}

/** The answer that was kept for an address. */
export async function findKept(url: string): Promise<Response | undefined> {
  const found = await (await open()).match(url, { ignoreVary: true });
  if (!found) return undefined;
  const kept = (await indexed()).get(url);
  if (kept) (await indexed()).set(url, { ...kept, at: Date.now() });
  return found;
}

/** Whether an answer may be given again: whole, for everybody, and no page. */
function isForKeeping({ status, type, headers }: Response): boolean {
  const control = headers.get('cache-control') ?? '';
  const isPage = (headers.get('content-type') ?? '').startsWith('text/html');
  return status === 200 && type === 'basic' && !isPage && !/private|no-store/.test(control);
}

/** Keeps an answer, and drops the oldest beyond what there is room for. */
export async function keep(url: string, response: Response): Promise<void> {
  if (!isForKeeping(response)) return;
  const body = await response.arrayBuffer();
  if (body.byteLength > MOST_BYTES) return;
  const headers = new Headers(response.headers);
  const at = Date.now();
  headers.set(KEPT_AT, new Date(at).toISOString());
  // It lies here as it was read, unpacked.
  headers.delete('content-encoding');
  headers.delete('content-length');
  const [cache, known] = await Promise.all([open(), indexed()]);
  await cache.put(url, new Response(body, { status: 200, headers }));
  known.set(url, { bytes: body.byteLength, at });
  for (const oldest of toDrop(known, ROOM)) {
    known.delete(oldest);
    await cache.delete(oldest, { ignoreVary: true });
  }
  await writeIndex();
}
