import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { answerFromPage, filePaths, hasFiles, readFile } from '../../../client/offline/in-page.ts';

/** The least of a page that holds files. */
function elementOf(path: string, bytes: Buffer, isPacked: boolean) {
  return {
    textContent: bytes.toString('base64'),
    getAttribute: () => path,
    hasAttribute: () => isPacked,
  };
}

describe('the files of a copy that is a single file', () => {
  const { document } = globalThis as { document?: unknown };
  before(() => {
    const elements = [
      elementOf('tiles/a.pmtiles', Buffer.from([0, 255, 128, 7]), false),
      elementOf('collections.json', gzipSync('{"collections":["é"]}'), true),
    ];
    Object.assign(globalThis, { document: { querySelectorAll: () => elements } });
  });
  after(() => {
    Object.assign(globalThis, { document });
  });

  it('are read byte by byte, packed or not', async () => {
    expect(hasFiles()).to.equal(true);
    expect(filePaths()).to.deep.equal(['tiles/a.pmtiles', 'collections.json']);
    expect([...new Uint8Array((await readFile('tiles/a.pmtiles')) ?? new ArrayBuffer(0))]).to.deep.equal([
      0, 255, 128, 7,
    ]);
    expect(await (await answerFromPage('collections.json')).json()).to.deep.equal({ collections: ['é'] });
  });

  it('that are not there are answered as by a server', async () => {
    expect(await readFile('items/a/0.json')).to.equal(null);
    expect((await answerFromPage('items/a/0.json')).status).to.equal(404);
  });
});
