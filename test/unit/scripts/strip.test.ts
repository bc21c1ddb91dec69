import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';

const ROOT = path.resolve(import.meta.dirname, '../../..');

describe('TypeScript that is read once and kept', function () {
  this.timeout(60_000);
  let folder: string;
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'azalai-strip-'));
  });
  after(() => rmSync(folder, { recursive: true }));

  async function run(text: string): Promise<string> {
    const file = path.join(folder, 'program.ts');
    writeFileSync(file, text);
    const { stdout } = await promisify(execFile)(process.execPath, ['--import', './scripts/test/strip.mjs', file], {
      cwd: ROOT,
    });
    return stdout.trim();
  }

  it('is read anew when it has changed, and as it was when it is changed back', async () => {
    const program = (number: number) => `const number: number = ${number};\nconsole.log(number as unknown);\n`;
    expect(await run(program(1))).to.equal('1');
    expect(await run(program(2))).to.equal('2');
    expect(await run(program(1))).to.equal('1');
  });

  it('says of an error the line and the column at which it stands in the file', async () => {
    const program = `interface Left {\n  readonly out: string;\n}\nconst left = (out: string): Left => ({ out });\nleft('x'); console.log(new Error().stack);\n`;
    for (const time of ['first', 'kept']) {
      expect(await run(program), time).to.match(/program\.ts:5:24/);
    }
  });
});
