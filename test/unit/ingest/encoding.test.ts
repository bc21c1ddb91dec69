import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { decodeText } from '../../../server/ingest/text/decoded.ts';
import { sniffEncoding } from '../../../server/ingest/text/encoding.ts';
import { fromMojibake } from '../../../server/ingest/text/mojibake.ts';
import { decodeWindows1252 } from '../../../server/ingest/text/windows-1252.ts';

async function decode(bytes: Uint8Array, chunk = 65_536) {
  async function* chunks() {
    for (let at = 0; at < bytes.length; at += chunk) yield Buffer.from(bytes.subarray(at, at + chunk));
  }
  const text = decodeText(chunks());
  let whole = '';
  for await (const piece of text.pieces) whole += piece;
  return { text: whole, code: text.encodingIssue()?.code ?? null };
}

describe('decodeText', () => {
  it('reads UTF-8 of any letters in any pieces', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 9 }), async (text, chunk) => {
        // A text that begins like UTF-16 is not meant here.
        const bytes = Buffer.from(`name ${text}`);
        fc.pre(sniffEncoding(bytes).encoding === 'utf-8');
        expect(await decode(bytes, chunk)).to.deep.equal({ text: bytes.toString('utf8'), code: null });
      }),
      { numRuns: 500 },
    );
  });

  it('reads what is not UTF-8 as Windows-1252, also behind a long beginning in ASCII', async () => {
    const plain = 'x'.repeat(200_000);
    const bytes = Buffer.concat([Buffer.from(plain), Buffer.from([0x4d, 0xe9, 0x6e, 0x80, 0x96])]);
    for (const chunk of [1000, 65_536, 70_001]) {
      expect(await decode(bytes, chunk)).to.deep.equal({ text: `${plain}Mén€–`, code: 'encoding-windows-1252' });
    }
  });

  it('reads one wrong byte among UTF-8 as one wrong letter', async () => {
    const bytes = Buffer.concat([Buffer.from('é '), Buffer.from([0xe9]), Buffer.from(' à €')]);
    for (const chunk of [1, 2, 3, 100]) {
      expect(await decode(bytes, chunk)).to.deep.equal({ text: 'é é à €', code: 'encoding-mixed' });
    }
  });

  it('reads the end of a text that is cut within a letter', async () => {
    expect((await decode(Buffer.from('a€').subarray(0, 3))).text).to.equal('aâ‚');
  });

  it('takes no surrogates or overlong forms for UTF-8', async () => {
    expect((await decode(Buffer.from([0x61, 0xed, 0xa0, 0x80, 0xc0, 0xaf]))).text).to.equal('aí\u00a0€À¯');
  });
});

describe('sniffEncoding', () => {
  const cases: [string, Buffer, string, number][] = [
    ['UTF-8', Buffer.from('a,b'), 'utf-8', 0],
    ['its mark', Buffer.from('\ufeffa,b'), 'utf-8', 3],
    ['UTF-16 LE with mark', Buffer.from('\ufeffa', 'utf16le'), 'utf-16le', 2],
    ['UTF-16 LE without', Buffer.from('name,lat', 'utf16le'), 'utf-16le', 0],
    ['UTF-16 BE without', Buffer.from('name,lat', 'utf16le').swap16(), 'utf-16be', 0],
    ['zeros', Buffer.alloc(100), 'utf-8', 0],
    ['nothing', Buffer.alloc(0), 'utf-8', 0],
  ];
  for (const [title, bytes, encoding, mark] of cases) {
    it(`knows ${title}`, () => expect(sniffEncoding(bytes)).to.deep.equal({ encoding, mark }));
  }
});

describe('decodeWindows1252', () => {
  it('has the signs that Latin-1 has not', () => {
    expect(decodeWindows1252(Buffer.from([0x80, 0x85, 0x92, 0x9c, 0x9f, 0xe9]))).to.equal('€…’œŸé');
  });
});

describe('fromMojibake', () => {
  const cases: [string, string | null][] = [
    ['TombouctouÃ©', 'Tombouctoué'],
    ['MÃ©naka et KÃ¨nÃ¨', 'Ménaka et Kènè'],
    ['lâ€™eau', 'l’eau'],
    ['Â« Gao Â»', '« Gao »'],
    ['Tombouctou', null],
    ['Ménaka, Kènè', null],
    ['SÃO TOMÉ', null],
    ['« à »', null],
    ['É° é… “à”', null],
  ];
  for (const [text, mended] of cases) {
    it(`of ${text} is ${mended}`, () => expect(fromMojibake(text)).to.equal(mended));
  }
});
