import { existsSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { sniffDelimiter } from '../../../server/ingest/csv/delimiter.ts';
import { csv } from '../../../server/ingest/csv.ts';
import { LimitExceeded, UnreadableFile } from '../../../server/ingest/errors.ts';
import { LIMIT_SETTINGS, type Limits } from '../../../server/ingest/source.ts';
import { codes, expectNoSurprise, failure, inMemory, readAll } from '../../support/readings.ts';

const DATA = new URL('../../../../shared/data/', import.meta.url);

const read = (text: string | Uint8Array, limits: Partial<Limits> = {}, chunk = 65_536) =>
  readAll(csv, inMemory(text, 'a.csv', chunk), limits);
const rowsOf = async (text: string) => (await read(text)).features.map(({ properties }) => Object.values(properties));

describe('csv', () => {
  it('reads rows as records, values as text, empty ones as null', async () => {
    const { layers, features, issues } = await read('name,killed,note\nGao,007,\n"Kidal, nord", 3 ,"said ""no"""\n');
    expect(layers).to.deep.equal([{ name: null, crs: null, columns: ['name', 'killed', 'note'] }]);
    expect(issues).to.deep.equal([]);
    expect(features).to.deep.equal([
      {
        index: 1,
        place: { line: 2 },
        id: null,
        geometry: null,
        properties: { name: 'Gao', killed: '007', note: null },
      },
      {
        index: 2,
        place: { line: 3 },
        id: null,
        geometry: null,
        properties: { name: 'Kidal, nord', killed: ' 3 ', note: 'said "no"' },
      },
    ]);
  });

  for (const end of ['\n', '\r\n', '\r']) {
    it(`counts lines right with ${JSON.stringify(end)} inside and outside quotes, in any pieces`, async () => {
      const text = ['a,b', '1,"x', 'y"', '2,z', '', '3,w', ''].join(end);
      const whole = await read(text);
      expect(whole.features.map(({ place, properties }) => [place.line, properties.b])).to.deep.equal([
        [2, 'x\ny'],
        [4, 'z'],
        [6, 'w'],
      ]);
      expect(codes(whole)).to.deep.equal(['empty-rows']);
      expect(whole.issues[0]).to.deep.include({ value: '1', place: { line: 5 } });
      for (const chunk of [1, 2, 3]) expect(await read(text, {}, chunk)).to.deep.equal(whole);
    });
  }

  describe('the delimiter', () => {
    const cases: [string, string | null][] = [
      ['a,b,c\n1,2,3\n4,5,6', ','],
      ['a;b;c\n1,5;2,5;x\n1,5;2,5;y', ';'],
      ['a\tb\n"x,y"\t1,2\nz\t3,4', '\t'],
      ['a|b\n1|2\n', '|'],
      ['name,note\nGao,"a;b;c"\nKidal,d;e\n', ','],
      ['name,note\n"a\n;;;;\nb",x\nc,d', ','],
      ['one\ntwo\nthree', null],
      ['a,b', ','],
    ];
    for (const [text, delimiter] of cases) {
      it(`of ${JSON.stringify(text)} is ${JSON.stringify(delimiter)}`, () =>
        expect(sniffDelimiter(text)).to.equal(delimiter));
    }

    it('may be told as Excel does, in a first line', async () => {
      const { layers, features, issues } = await read('sep=;\r\na;b,c\r\n1;2\r\n');
      expect(layers[0]?.columns).to.deep.equal(['a', 'b,c']);
      expect(features[0]?.place).to.deep.equal({ line: 3 });
      expect(issues).to.deep.equal([]);
    });
  });

  describe('the header', () => {
    it('may be missing', async () => {
      const { layers, features, issues } = await read('12,Gao,2020-01-02\n13,Kidal,2020-01-03\n');
      expect(layers[0]?.columns).to.deep.equal(['c1', 'c2', 'c3']);
      expect(features[0]).to.deep.include({ index: 1, properties: { c1: '12', c2: 'Gao', c3: '2020-01-02' } });
      expect(codes({ layers, features, issues })).to.deep.equal(['no-header']);
    });

    it('may have years for names, and be all that there is', async () => {
      expect((await read('region,2019,2020\nGao,1,2\nKidal,3,4\n')).layers[0]?.columns).to.include('2019');
      expect((await read('a,b')).layers[0]?.columns).to.deep.equal(['a', 'b']);
    });

    it('is found among words only', async () => {
      expect((await read('place,kind\nGao,ied\nKidal,ied\nAnsongo,mine\n')).layers[0]?.columns?.[0]).to.equal('place');
      expect((await read('Gao,ied\nKidal,ied\nGao,mine\nGao,ied\n')).layers[0]?.columns?.[0]).to.equal('c1');
    });

    it('may stand under a title', async () => {
      const titled = await read('Attacks 2014,,\n,,\nplace,kind,killed\nGao,ied,1\n');
      expect(titled.layers[0]?.columns).to.deep.equal(['place', 'kind', 'killed']);
      expect(titled.features.map(({ index, place }) => [index, place.line])).to.deep.equal([[1, 4]]);
      expect(codes(titled)).to.deep.equal(['rows-above-header', 'empty-rows']);
    });

    it('has its names made unique', async () => {
      const { layers, features, issues } = await read(
        'name,name,,name_2, x\n y,__proto__\n1,2,3,4,5,6\n'.replace(' x\n y', '"x\n y"'),
      );
      expect(layers[0]?.columns).to.deep.equal(['name', 'name_3', 'c3', 'name_2', 'x y', '_proto_']);
      expect(Object.values(features[0]?.properties ?? {})).to.deep.equal(['1', '2', '3', '4', '5', '6']);
      expect(issues.map(({ code, place }) => [code, place.pointer])).to.deep.equal([
        ['column-name-duplicate', 'name_3'],
        ['column-name-empty', 'c3'],
        ['column-name-duplicate', '_proto_'],
      ]);
    });
  });

  it('says which rows have too many or too few fields', async () => {
    const { features, issues } = await read('a,b,c\n1,2,3\n1,2\n1,2,3,4\n1,2,3,,\n');
    expect(features.map(({ index, properties }) => [index, properties.c])).to.deep.equal([
      [1, '3'],
      [2, null],
      [4, '3'],
    ]);
    expect(issues.map(({ code, severity, index, place }) => [code, severity, index, place.line])).to.deep.equal([
      ['too-few-fields', 'warning', 2, 3],
      ['too-many-fields', 'error', 3, 4],
    ]);
  });

  it('says in which row a quote was opened that is never closed', async () => {
    const { features, issues } = await read('a,b\n1,"2\n"\nx,"z\n3,4\n5,6\n');
    expect(features).to.have.length(1);
    expect(issues).to.have.length(1);
    expect(issues[0]).to.deep.include({ code: 'quote-not-closed', severity: 'error', index: null, place: { line: 4 } });
  });

  it('takes quotes inside a cell for letters', async () => {
    expect(await rowsOf('a,b\n3"mortar,x"y"z\n')).to.deep.equal([['3"mortar', 'x"y"z']]);
  });

  describe('HXL', () => {
    it('tags are said, and rows up to them are no records', async () => {
      const { layers, features, issues } = await read(
        'Title,,\nDate,Place,Dead\n#date+occurred,#loc +name,\n2020-01-01,Gao,3\n',
      );
      expect(layers[0]?.columns).to.deep.equal(['Date', 'Place', 'Dead']);
      expect(features.map(({ properties }) => properties.Place)).to.deep.equal(['Gao']);
      const hxl = issues.find(({ code }) => code === 'hxl');
      expect(hxl).to.include({ severity: 'note', value: '#date+occurred,#loc+name,' });
      expect(hxl?.detail).to.contain('Date: #date+occurred, Place: #loc+name');
    });

    it('tags are the names where there is no row above them', async () => {
      const { layers, features } = await read('#adm1,#affected\nGao,3\n');
      expect(layers[0]?.columns).to.deep.equal(['#adm1', '#affected']);
      expect(features).to.have.length(1);
    });

    it('tags are no tags after the 25th row', async () => {
      const late = `a,b\n${'x,1\n'.repeat(25)}#adm1,#affected\n`;
      expect((await read(late)).features).to.have.length(26);
    });
  });

  it('says once for each column that letters look misread or lost', async () => {
    const { issues } = await read('a,b\nTombouctouÃ©,x\nGaoÃ©,Mopti\ufffd\nx,y\n');
    expect(issues.map(({ code, index, place, value }) => [code, index, place.pointer, value])).to.deep.equal([
      ['mojibake', 1, 'a', 'TombouctouÃ©'],
      ['letters-lost', 2, 'b', 'Mopti\ufffd'],
    ]);
    expect(issues[0]?.detail).to.contain('Tombouctoué');
  });

  it('reads UTF-16 and Windows-1252, and says so', async () => {
    const text = 'name;note\nMénaka;“a” – 5 €\nKidal;à\n';
    const plain = await read(text);
    expect(plain.issues).to.deep.equal([]);
    const swapped = (bytes: Buffer) => Buffer.from(bytes).swap16();
    const cases: [Buffer, string][] = [
      [Buffer.from(`\ufeff${text}`, 'utf16le'), 'encoding-utf-16'],
      [Buffer.from(text, 'utf16le'), 'encoding-utf-16'],
      [swapped(Buffer.from(`\ufeff${text}`, 'utf16le')), 'encoding-utf-16'],
      [swapped(Buffer.from(text, 'utf16le')), 'encoding-utf-16'],
    ];
    for (const [bytes, code] of cases) {
      for (const chunk of [3, 65_536]) {
        const other = await read(bytes, {}, chunk);
        expect(other.features).to.deep.equal(plain.features);
        expect(codes(other)).to.deep.equal([code]);
      }
    }
    expect((await read(Buffer.from(`\ufeff${text}`))).features).to.deep.equal(plain.features);
    const signs: Record<string, number> = { '“': 0x93, '”': 0x94, '–': 0x96, '€': 0x80 };
    const windows = await read(Buffer.from([...text].map((char) => signs[char] ?? char.charCodeAt(0))));
    expect(windows.features).to.deep.equal(plain.features);
    expect(codes(windows)).to.deep.equal(['encoding-windows-1252']);
  });

  it('is unpacked when gzipped', async () => {
    const text = 'a,b\n1,2\n3,4\n';
    expect(await read(gzipSync(text))).to.deep.equal(await read(text));
    const long = gzipSync(`a,b\n${Array.from({ length: 5000 }, (_, i) => `${i},${Math.sin(i)}`).join('\n')}`);
    const cut = await read(long.subarray(0, long.length - 3000));
    expect(cut.features.length).to.be.above(1000);
    expect(codes(cut)).to.include('gzip-cut-off');
    expect(await failure(read(gzipSync('a'.repeat(1_000_000))))).to.be.instanceOf(LimitExceeded);
  });

  it('keeps its limits', async () => {
    for (const [limit, text, limits] of [
      ['recordBytes', `a,b\n1,"${'x'.repeat(5000)}`, { recordBytes: 1000 }],
      ['features', 'a,b\n1,2\n3,4\n', { features: 1 }],
      ['unpackedBytes', 'a,b\n1,2\n3,4\n', { unpackedBytes: 5 }],
    ] as const) {
      const error = await failure(read(text, limits, 100));
      expect(error).to.be.instanceOf(LimitExceeded);
      expect(error.message).to.contain(`limit ${LIMIT_SETTINGS[limit]}`);
    }
  });

  for (const bytes of [Buffer.from(''), Buffer.from(' \n\n'), Buffer.from([0x50, 0x4b, 3, 4, 0, 1, 2])]) {
    it(`does not read ${JSON.stringify(bytes.toString('latin1'))}`, async () =>
      expect(await failure(read(bytes))).to.be.instanceOf(UnreadableFile));
  }

  it('knows its files', () => {
    const sniff = (text: string | Buffer, name = 'a') => csv.sniff(Buffer.from(text), name);
    expect(sniff('a,b\n1,2\n')).to.equal(true);
    expect(sniff('one\ntwo\n', 'a.csv')).to.equal(true);
    expect(sniff('one\ntwo\n')).to.equal(false);
    expect(sniff(Buffer.from('a;b\n1;2\n', 'utf16le'))).to.equal(true);
    expect(sniff('{"a":1,"b":2}', 'a.csv')).to.equal(false);
    expect(sniff(Buffer.from([0x50, 0x4b, 3, 4, 44, 10, 0]), 'a.csv')).to.equal(false);
  });

  const real: [string, number, number][] = [
    ['mli_settlements.csv', 18_769, 20],
    ['ucdp_ged_231_sample.csv', 1000, 49],
  ];
  for (const [name, count, columns] of real) {
    it(`reads ${name}`, async function () {
      if (!existsSync(new URL(name, DATA))) {
        console.log(`      ${name} is not in ../shared/data`);
        this.skip();
      }
      const { layers, features, issues } = await read(readFileSync(new URL(name, DATA)));
      expect([features.length, layers[0]?.columns?.length]).to.deep.equal([count, columns]);
      expect(issues.filter(({ severity }) => severity === 'error')).to.deep.equal([]);
    });
  }

  it('gives nothing but readings and its two errors for any bytes', async function () {
    this.timeout(60_000);
    const text = 'name;note;n\n"Mé\nnaka";"a ""b""";1\n\nKidal;à;2\n#adm1;#x;\n';
    const good = [
      Buffer.from(text),
      Buffer.from(text, 'latin1'),
      Buffer.from(`\ufeff${text}`, 'utf16le'),
      gzipSync(text),
    ];
    await expectNoSurprise(good, (bytes) => read(bytes, {}, 17), 2000);
  });
});
