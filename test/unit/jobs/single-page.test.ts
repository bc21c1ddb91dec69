import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { CannotWrite } from '../../../server/jobs/export/errors.ts';
import { readParts, toSinglePage } from '../../../server/jobs/export/single-page.ts';

const ABOUT = { title: 'Gao & "Kidal" <b>', language: 'fr', icon: '<svg/>', exportedAt: '2026-11-22T06:00:00.000Z' };
const sha256 = (text = '') => createHash('sha256').update(text).digest('base64');

describe('the page in one file', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'azalai-parts-'));
    writeFileSync(path.join(folder, 'page.js'), 'let a = "</script><!-- $& --></SCRIPT>";');
    writeFileSync(path.join(folder, 'page.css'), 'a::before { content: "</style>" }');
    writeFileSync(path.join(folder, 'worker.js'), 'let w = "</script>";');
  });
  after(() => rmSync(folder, { recursive: true }));

  const made = async () => {
    const files = [{ path: 'a"b.json', bytes: new Uint8Array([1, 2, 3]), isPacked: true }];
    return [...toSinglePage(await readParts(folder), files, { ...ABOUT, opens: '#a&b' })].join('');
  };

  it('names in its policy the hashes of what a browser reads in it', async () => {
    const page = await made();
    const script = /<script>([\s\S]*?)<\/script>/.exec(page)?.[1];
    const style = /<style>([\s\S]*?)<\/style>/.exec(page)?.[1];
    expect(script).to.contain('$&').and.contain('let a');
    expect(page).to.contain(`script-src 'sha256-${sha256(script)}'; style-src 'sha256-${sha256(style)}';`);
  });

  it('lets no text end its element early', async () => {
    const page = await made();
    expect(page.match(/<\/script>/gi), 'of the worker, the file and the page').to.have.length(3);
    expect(page.match(/<\/style>/gi)).to.have.length(1);
    expect(page).to.not.contain('<!--');
    // Written so, the texts are the same to a script.
    // biome-ignore lint/security/noGlobalEval: of this test's own text.
    expect(eval(`${/<script>([\s\S]*?)<\/script>/.exec(page)?.[1]}; a`)).to.equal('</script><!-- $& --></SCRIPT>');
  });

  it('holds its files in Base64, and says what it is', async () => {
    const page = await made();
    expect(page).to.contain('<script type="text/plain" data-file="a&quot;b.json" data-packed>AQID</script>');
    expect(page).to.contain('<title>Gao &amp; &quot;Kidal&quot; &lt;b></title>').and.contain('<html lang="fr">');
    expect(page).to.contain('<meta name="azalai-offline" content="2026-11-22T06:00:00.000Z" />');
    expect(page).to.contain('<meta name="azalai-opens" content="#a&amp;b" />');
  });

  it('says that it has to be built first', async () => {
    const failure = await readParts(path.join(folder, 'elsewhere')).then(
      () => null,
      (error: unknown) => error,
    );
    expect(failure).to.be.instanceOf(CannotWrite);
    expect((failure as Error).message).to.contain('not built');
  });
});
