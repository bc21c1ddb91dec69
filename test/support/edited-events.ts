import { after, afterEach, before } from 'mocha';
import type { BrowserContextOptions, Locator, Page } from 'playwright-core';
import { LayerSchema } from '../../server/core/layer.ts';
import { publish } from '../../server/jobs/publish.ts';
import { type MapPage, openMap } from './browser.ts';
import { EVENTS, eventRecord } from './layers.ts';
import { until } from './process.ts';
import { served } from './served.ts';
import { startServer, TEST_TOKEN, type TestServer } from './server.ts';

/** The version with which they begin. */
export const FIRST = 1_000_000;

interface EditedEvents {
  readonly server: TestServer;
  readonly map: MapPage;
  /** Opens the map as somebody who has the token, or does not. `hash` is what follows the address. */
  open(hash: string, options?: { readonly isKnown?: boolean; readonly context?: BrowserContextOptions }): Promise<Page>;
}

/** A server of the suite's own with the layer "events", records 1 to 3 at longitudes -3 to -1 on 14 degrees north; each test's page is closed after it. */
export function editedEvents(changes: object = {}): EditedEvents {
  let server: TestServer | undefined;
  let map: MapPage | undefined;
  before(async () => {
    server = await startServer();
    const layer = LayerSchema.parse({ ...EVENTS, ...changes });
    const records = [1, 2, 3].map((n) => eventRecord(n, -4 + n, 14));
    await server.database.transaction((run) => publish(run, layer, records, { generation: FIRST, seedHash: null }));
    await served(server, 'events', FIRST);
  });
  afterEach(async () => {
    await map?.close();
    map = undefined;
  });
  after(() => server?.close());
  return {
    get server() {
      return server as TestServer;
    },
    get map() {
      return map as MapPage;
    },
    open: async (hash, { isKnown = true, context = {} } = {}) => {
      map = await openMap({
        ...{ url: (server as TestServer).url, hash, context },
        prepare: async (page) => {
          if (isKnown) await page.addInitScript(`sessionStorage.setItem('azalai.token', '${TEST_TOKEN}')`);
        },
      });
      return map.page;
    },
  };
}

/**
 * Waits until an expression is true in the page, whose policy lets no text run in it that waits by itself. While a page is
 * being loaded anew it cannot be asked yet.
 */
export const isSo = (page: Page, expression: string): Promise<void> =>
  until(expression, () => page.evaluate<boolean>(expression).catch(() => false));

/** Fills a field, and leaves it. */
export async function write(field: Locator, text: string): Promise<void> {
  await field.fill(text);
  await field.blur();
}
