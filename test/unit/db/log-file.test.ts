import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { boundLog, tail } from '../../../server/db/cluster/log-file.ts';

describe('the log file of the private cluster', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'azalai-log-'));
    file = path.join(folder, 'postgres.log');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('is left alone while it is small, and when it is not there', () => {
    boundLog(file);
    writeFileSync(file, 'a line\n');
    boundLog(file);
    expect(readFileSync(file, 'utf8')).to.equal('a line\n');
  });

  it('starts anew past 4 MB, and only its end is kept beside it', () => {
    writeFileSync(file, `${'x'.repeat(5 * 1024 * 1024)}last words`);
    boundLog(file);
    expect(statSync(file).size).to.equal(0);
    const old = readFileSync(`${file}.old`, 'utf8');
    expect(old)
      .to.have.length(1024 * 1024)
      .and.match(/xlast words$/);
  });

  it('is quoted by its end', () => {
    writeFileSync(file, 'one\ntwo\n');
    expect(tail(file, 4)).to.equal('two');
    expect(tail(path.join(folder, 'none'), 4)).to.equal('(nothing)');
  });
});
