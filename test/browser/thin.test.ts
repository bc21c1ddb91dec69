import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import type { Page } from 'playwright-core';
import { throttle } from '../../scripts/bench/page/thin-link.ts';
import { openPage, serverUrl } from '../support/browser.ts';

/** 300 kbit/s in bytes, and a round trip of 600 ms as bytes that the link would have carried meanwhile. */
const BYTES_PER_SECOND = 37_500;
const ROUND_TRIP = 0.6 * BYTES_PER_SECOND;

const gzipOf = async (address: string, headers: Record<string, string> = {}) =>
  gzipSync(Buffer.from(await (await fetch(address, { headers })).arrayBuffer())).length;

/** Notes in the page, at the first frame in which all of the first view is painted, what had come over the link until then. */
const WATCH = `(() => {
  const look = () => {
    if (!document.querySelector('#first-view .first-disclaimer')) return requestAnimationFrame(look);
    window.firstView = {
      counts: document.querySelector('.first-counts tbody').textContent,
      position: getComputedStyle(document.querySelector('#first-view')).position,
      arrived: performance.getEntriesByType('resource').filter(({ responseEnd }) => responseEnd > 0).map(({ name }) => name),
    };
  };
  requestAnimationFrame(look);
})()`;

interface FirstFrame {
  readonly counts: string;
  readonly position: string;
  readonly arrived: readonly string[];
}

describe('the map on a thin link', function suite() {
  this.timeout(120_000);

  it('can be read while its scripts are still on their way', async () => {
    const prepare = async (page: Page) => {
      await throttle(page);
      await page.addInitScript(WATCH);
    };
    const { page, close, expectClean } = await openPage('/', { prepare });
    const frame = (await page.evaluate('window.firstView')) as FirstFrame;
    expect(frame.counts).to.match(/[1-9]/);
    // It is dressed: the stylesheet is there.
    expect(frame.position).to.equal('fixed');
    expect(frame.arrived.filter((address) => /\/maplibre-[^/]*\.js$/.test(address))).to.deep.equal([]);
    expectClean();
    await close();
  });

  // Not by a clock, which a busy machine would put wrong: by what must come over the link, and in how many turns.
  it('has no more to carry for the first view than 8 seconds take', async () => {
    const url = await serverUrl();
    const accept = { Accept: 'text/html' };
    const page = await (await fetch(`${url}/`, { headers: accept })).text();
    const styles = [...page.matchAll(/rel="stylesheet"[^>]*href="\.\/([^"]+)"/g)].map(([, path]) => `${url}/${path}`);
    expect(styles.length).to.be.greaterThan(0);
    const sizes = await Promise.all([gzipOf(`${url}/`, accept), ...styles.map((address) => gzipOf(address))]);
    const bytes = sizes.reduce((sum, size) => sum + size, 0);
    // The connection, the page, its stylesheets.
    expect(bytes + 3 * ROUND_TRIP).to.be.lessThan(8 * BYTES_PER_SECOND);
  });
});
