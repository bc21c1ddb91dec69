import { expect } from 'chai';
import { describe, it } from 'mocha';
import { openArchive } from '../../../server/ingest/archive/open.ts';
import { whole } from '../../../server/ingest/archive/whole.ts';
import { LimitExceeded, UnreadableFile } from '../../../server/ingest/errors.ts';
import { LIMIT_SETTINGS, LIMITS } from '../../../server/ingest/source.ts';
import { expectNoSurprise, failure, inMemory } from '../../support/readings.ts';
import { type ZipMember, zip } from '../../support/zip.ts';

const TEXT = 'Tombouctou, Gao, Kidal, Ménaka. '.repeat(100);

/** Opens and reads every member. */
async function unpackAll(bytes: Uint8Array, limits = {}) {
  const archive = await openArchive(inMemory(bytes, 'sent.zip'), { ...LIMITS, ...limits });
  const contents: Record<string, string> = {};
  for (const member of archive.members) contents[member.name] = (await whole(member, 1e9)).toString();
  return { contents, codes: archive.issues.map(({ code, place }) => `${code} ${place.part}`) };
}

describe('archives', () => {
  it('give their members, stored or packed, in folders, with names in any script', async () => {
    const members: ZipMember[] = [
      { name: 'a.txt', content: TEXT },
      { name: 'données/ⵜⵉⵎⴱⵓⴽⵜⵓ.txt', content: 'b', method: 0 },
      { name: 'données/', content: '' },
      { name: '__MACOSX/._a.txt', content: 'clutter' },
      { name: 'empty', content: '' },
    ];
    for (const zip64 of [false, true]) {
      const { contents, codes } = await unpackAll(zip(members, { zip64 }));
      expect(contents).to.deep.equal({ 'a.txt': TEXT, 'données/ⵜⵉⵎⴱⵓⴽⵜⵓ.txt': 'b', empty: '' });
      expect(codes).to.deep.equal([]);
    }
  });

  it('can be read again, and members side by side', async () => {
    const { members } = await openArchive(
      inMemory(
        zip([
          { name: 'a', content: TEXT },
          { name: 'b', content: 'b' },
        ]),
      ),
      { ...LIMITS, unpackedBytes: Buffer.byteLength(TEXT) + 1 },
    );
    const [a, b] = members;
    if (!a || !b) return expect.fail('members are missing');
    const all = await Promise.all([a, b, a].map((member) => whole(member, 1e6)));
    expect(all.map(String)).to.deep.equal([TEXT, 'b', TEXT]);
  });

  it('refuse members that lead out, are absolute, encrypted, doubled, archives, or packed otherwise, and read the rest', async () => {
    const members: ZipMember[] = [
      { name: '../../etc/passwd', content: 'x' },
      { name: '/etc/passwd', content: 'x' },
      { name: 'C:\\autoexec.bat', content: 'x' },
      { name: 'a\\..\\..\\b', content: 'x' },
      { name: 'secret', content: 'x', flags: 1 },
      { name: 'good', content: 'x' },
      { name: 'good', content: 'y' },
      { name: 'lzma', content: 'x', method: 14 },
      { name: 'inner.zip', content: 'x' },
    ];
    expect(await unpackAll(zip(members))).to.deep.equal({
      contents: { good: 'x' },
      codes: [
        'unsafe-name ../../etc/passwd',
        'unsafe-name /etc/passwd',
        'unsafe-name C:/autoexec.bat',
        'unsafe-name a/../../b',
        'encrypted secret',
        'member-twice good',
        'unknown-compression lzma',
        'nested-archive inner.zip',
      ],
    });
  });

  it('end at the limits, whatever their directory says', async () => {
    const zeros = Buffer.alloc(3_000_000);
    for (const [bomb, limits, named] of [
      [zip([{ name: 'zeros', content: zeros }]), {}, 'packRatio'],
      [zip([{ name: 'zeros', content: zeros }]), { packRatio: 2000, unpackedBytes: 2_000_000 }, 'unpackedBytes'],
      [
        zip(['a', 'b', 'c'].map((name) => ({ name, content: TEXT }))),
        { unpackedBytes: TEXT.length * 2 },
        'unpackedBytes',
      ],
    ] as const) {
      const error = await failure(unpackAll(bomb, limits));
      expect(error).to.be.instanceOf(LimitExceeded);
      expect(error.message).to.contain(LIMIT_SETTINGS[named]);
    }
    const lying = await failure(unpackAll(zip([{ name: 'zeros', content: zeros, unpacked: 10 }])));
    expect(lying).to.be.instanceOf(UnreadableFile);
  });

  it('say which member is damaged', async () => {
    const error = await failure(unpackAll(zip([{ name: 'bad.txt', content: TEXT, crc: 1 }])));
    expect(error).to.be.instanceOf(UnreadableFile);
    expect(error.message).to.contain('"bad.txt"').and.contain('check sum');
  });

  it('that are cut short, or none, say so', async () => {
    const whole = zip([{ name: 'a.txt', content: TEXT }]);
    const cut = await failure(unpackAll(whole.subarray(0, whole.length - 30)));
    expect(cut).to.be.instanceOf(UnreadableFile);
    expect(cut.message).to.contain('cut short');
    const none = await failure(unpackAll(Buffer.from('name,lat,lon')));
    expect(none.message).to.contain('"sent.zip" is not a zip');
  });

  it('that are spoilt in any way give members, a limit or a reason', async () => {
    const members: ZipMember[] = [
      { name: 'a.txt', content: TEXT },
      { name: 'b/c.txt', content: 'b', method: 0 },
    ];
    await expectNoSurprise([zip(members), zip(members, { zip64: true })], unpackAll);
  }).timeout(60_000);
});
