import type { Browser, BrowserContext, Page } from 'playwright-core';
import { throttle } from './thin-link.ts';

/** Seconds from asking for the page on a thin link. */
export interface ThinLoad {
  /** Until the picture, the legend and the counts are painted; null where the page comes without them. */
  readonly readable: number | null;
  /** Until the live map has drawn all its tiles. */
  readonly live: number;
  /** Bytes over the wire until then, of the page itself and what it asked for, with headers. */
  readonly bytes: number;
}

export interface Thin {
  readonly first: ThinLoad;
  /** The same reader again, with what his browser has kept. */
  readonly again: ThinLoad;
  /** A first visit that saves data. */
  readonly saving: ThinLoad;
}

const PATIENCE_MS = 120_000;

/** Notes in the page when it could be read, and when the map was there: a frame is drawn only when the stylesheets are. */
const WATCH = `(() => {
  const times = { readable: null, live: null };
  window.thinTimes = times;
  const look = () => {
    const now = performance.now();
    if (times.readable === null && document.querySelector('.first-words .first-disclaimer')) times.readable = now;
    const isAtRest = document.querySelector('main[aria-busy=false] .maplibregl-canvas');
    if (times.live === null && isAtRest && !document.querySelector('.first-on-map')) times.live = now;
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})()`;

/** Asked for again and again: waiting in the page would take `eval`, which its policy forbids. */
async function timesOf(page: Page): Promise<{ readonly readable: number | null; readonly live: number }> {
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end; ) {
    const times = (await page.evaluate('window.thinTimes')) as { readable: number | null; live: number | null };
    if (times?.live != null) return { readable: times.readable, live: times.live };
    await page.waitForTimeout(250);
  }
  throw new Error(`The map was not there within ${PATIENCE_MS / 1000} s.`);
}

async function load(context: BrowserContext, address: string): Promise<ThinLoad> {
  const page = await context.newPage();
  const session = await throttle(page);
  let bytes = 0;
  session.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength;
  });
  await page.addInitScript(WATCH);
  await page.goto(address, { timeout: PATIENCE_MS, waitUntil: 'commit' });
  const { readable, live } = await timesOf(page);
  const seconds = (ms: number) => Math.round(ms / 100) / 10;
  const result = { readable: readable === null ? null : seconds(readable), live: seconds(live), bytes };
  // The reader looks at it; what is kept for later comes meanwhile.
  await page.waitForTimeout(20_000);
  await page.close();
  return result;
}

/** Opens the map as readers on a thin link do. */
export async function measureThin(browser: Browser, url: string): Promise<Thin> {
  const options = { viewport: { width: 1400, height: 900 }, locale: 'en-GB' };
  const context = await browser.newContext(options);
  const first = await load(context, `${url}/`);
  const again = await load(context, `${url}/`);
  await context.close();
  const other = await browser.newContext(options);
  const saving = await load(other, `${url}/#saver=1`);
  await other.close();
  return { first, again, saving };
}
