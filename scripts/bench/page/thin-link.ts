import type { CDPSession, Page } from 'playwright-core';

/** 300 kbit/s each way, and 600 ms from a request to the first byte of its answer: a field office on a satellite link. */
const LINK = { offline: false, latency: 600, downloadThroughput: 37_500, uploadThroughput: 37_500 };

interface Attached {
  readonly sessionId: string;
}

/** Chromium's own throttling, of the page and of its workers: the map's tiles are asked for by one. */
export async function throttle(page: Page): Promise<CDPSession> {
  const session = await page.context().newCDPSession(page);
  let number = 0;
  session.on('Target.attachedToTarget', async ({ sessionId }: Attached) => {
    const tell = (method: string, params: object = {}) => {
      number += 1;
      // A worker may be gone before it is told.
      return session
        .send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id: number, method, params }) })
        .catch(() => undefined);
    };
    await tell('Network.enable');
    await tell('Network.emulateNetworkConditions', LINK);
    await tell('Runtime.runIfWaitingForDebugger');
  });
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', LINK);
  await session.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: true, flatten: false });
  return session;
}
