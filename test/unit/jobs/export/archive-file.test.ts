import { expect } from 'chai';
import { describe, it } from 'mocha';
import { toWriteFailure } from '../../../../server/jobs/export/archive-file.ts';
import { CannotWrite } from '../../../../server/jobs/export/errors.ts';

const FILE = '/maps/mali.pmtiles';
const failure = (code: string) => toWriteFailure(Object.assign(new Error('low level'), { code }), FILE) as Error;

describe('a failure to write an archive', () => {
  for (const [code, words] of [
    ['ENOSPC', 'the disk is full'],
    ['EDQUOT', 'the disk is full'],
    ['EFBIG', 'larger than files may be'],
    ['EACCES', 'may not write into /maps'],
    ['EROFS', 'may not write into /maps'],
    ['ENOENT', 'there is no folder /maps'],
    ['ENOTDIR', 'there is no folder /maps'],
    ['EISDIR', 'is a folder'],
    ['EIO', 'low level'],
  ] as const) {
    it(`says what ${code} means, and for which file`, () => {
      expect(failure(code)).to.be.instanceOf(CannotWrite);
      expect(failure(code).message).to.include(FILE).and.include(words);
    });
  }

  it('leaves alone what is no failure of the file system', () => {
    const error = new RangeError('a tile comes out of order');
    expect(toWriteFailure(error, FILE)).to.equal(error);
  });
});
