import { readFile } from 'node:fs/promises';
import { expect } from 'chai';
import { after, afterEach, before, describe, it } from 'mocha';
import type { Page } from 'playwright-core';
import { type MapPage, openMap, textOf } from '../support/browser.ts';
import { type CutLine, openLine } from '../support/cut-line.ts';
import { startServer, TEST_TOKEN, type TestServer } from '../support/server.ts';

/** Of no pattern, so that a byte that is missing or doubled shows. */
const FILE = Buffer.from(
  Array.from({ length: 300_000 }, (_, n) => `${(n * 2_654_435_761) % 4_294_967_296}\n`).join(''),
);

describe('a file that is sent over a line that is cut', function suite() {
  this.timeout(120_000);
  let server: TestServer;
  let line: CutLine;
  let map: MapPage | undefined;
  before(async () => {
    server = await startServer();
    line = await openLine(server.url);
  });
  afterEach(async () => {
    await map?.close();
    map = undefined;
  });
  after(async () => {
    await line.close();
    await server.close();
  });

  async function open(hash = '#upload') {
    map = await openMap({ url: line.url, hash });
    const { page } = map;
    await page.locator('.upload input[type=password]').fill(TEST_TOKEN);
    await page.locator('.upload button[type=submit]').click();
    await page.locator('.upload-drop').waitFor();
    const asked: { method: string; offset: string | undefined }[] = [];
    page.on('request', (request) => {
      if (!request.url().includes('/uploads/resumable')) return;
      const headers = request.headers();
      asked.push({ method: request.method(), offset: headers['upload-offset'] });
    });
    return { page, asked };
  }

  /** What the server has of the upload that the page shows: its address follows a moment later. */
  async function received(page: Page): Promise<Buffer> {
    for (;;) {
      const id = /upload=([0-9a-f-]{36})/.exec(await page.evaluate<string>('location.hash'))?.[1];
      if (id) return readFile(server.context.uploads.folder.fileOf(id));
      await page.waitForTimeout(50);
    }
  }

  const choose = { name: 'numbers.csv', mimeType: 'text/csv', buffer: FILE };

  it('goes on where it was cut, twice, and arrives whole', async () => {
    const { page, asked } = await open();
    line.cutAfter(700_000, 2);
    await page.locator('.upload input[type=file]').setInputFiles(choose);
    await page.getByText('The line was cut.').waitFor();
    await page.locator('.upload-review').waitFor({ timeout: 60_000 });
    expect(line.cuts()).to.equal(2);
    expect(FILE.equals(await received(page))).to.equal(true);
    expect(asked.filter(({ method }) => method === 'POST')).to.have.length(1);
    // A browser may try a request once more by itself: then the server refuses the offset, which is asked for all the same.
    expect(asked.some(({ method }) => method === 'HEAD')).to.equal(true);
    const offsets = asked.flatMap(({ method, offset }) => (method === 'PATCH' ? [Number(offset)] : []));
    expect(offsets[0]).to.equal(0);
    // What had come of the part that was cut is not sent again.
    expect(offsets[1]).to.be.greaterThan(300_000);
    expect(offsets).to.deep.equal(offsets.toSorted((a, b) => a - b));
  });

  it('waits while nobody answers, in the words of the reader, and goes on at once when told to', async () => {
    const { page, asked } = await open('#upload&lang=fr');
    line.cutAfter(700_000, 1, true);
    await page.locator('.upload input[type=file]').setInputFiles({ ...choose, name: 'nombres.csv' });
    await page.getByText('La ligne a été coupée.').waitFor();
    const again = page.getByRole('button', { name: 'Essayer maintenant' });
    await again.waitFor();
    const before = asked.length;
    line.mend();
    await again.click();
    await page.locator('.upload-review').waitFor({ timeout: 60_000 });
    expect(await textOf(page.locator('.upload-name').first())).to.equal('nombres.csv');
    expect(asked.slice(before).some(({ method, offset }) => method === 'PATCH' && Number(offset) > 0)).to.equal(true);
    expect(FILE.equals(await received(page))).to.equal(true);
  });
});
