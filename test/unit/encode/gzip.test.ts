import { gunzipSync, gzipSync } from 'node:zlib';
import { expect } from 'chai';
import fc from 'fast-check';
import { joinGzip, toGzip } from '../../../server/encode/gzip.ts';

describe('gzip that can be joined', () => {
  it('gives back the pieces one after the other, whatever they are', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 3000 }), { minLength: 1, maxLength: 6 }), async (pieces) => {
        const joined = joinGzip(await Promise.all(pieces.map(toGzip)));
        // gunzip checks the CRC and the length.
        expect(gunzipSync(joined).equals(Buffer.concat(pieces))).to.equal(true);
      }),
    );
  });

  it('joins what was joined, and pieces large enough for another thread', async () => {
    const large = Buffer.from(Array.from({ length: 70_000 }, (_, index) => (index * index) % 251));
    const [a, b, c] = await Promise.all([large, Buffer.from('between'), large].map(toGzip));
    const joined = joinGzip([joinGzip([a as Buffer, b as Buffer]), c as Buffer]);
    expect(gunzipSync(joined).equals(Buffer.concat([large, Buffer.from('between'), large]))).to.equal(true);
  });

  it('is about as small as other gzip', async () => {
    const text = Buffer.from('Tombouctou, Gao, Kidal, Ménaka. '.repeat(500));
    expect((await toGzip(text)).length).to.be.below(gzipSync(text).length + 16);
  });

  it('refuses gzip of another kind rather than making nonsense of it', async () => {
    const own = await toGzip(Buffer.from('own'));
    expect(() => joinGzip([own, gzipSync('other')])).to.throw('not made to be joined');
  });
});
