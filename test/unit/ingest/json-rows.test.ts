import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { LimitExceeded, UnreadableFile } from '../../../server/ingest/errors.ts';
import { FORMATS, sniffFormat } from '../../../server/ingest/formats.ts';
import { jsonRows } from '../../../server/ingest/json-rows.ts';
import { reportOn } from '../../../server/ingest/report.ts';
import { LIMIT_SETTINGS, LIMITS, type Limits, type SourceFile } from '../../../server/ingest/source.ts';
import { codes, expectNoSurprise, failure, inMemory, readAll } from '../../support/readings.ts';

const read = (text: string | Uint8Array, limits: Partial<Limits> = {}, chunk = 65_536) =>
  readAll(jsonRows, inMemory(text, 'a.json', chunk), limits);
const report = (text: string, name = 'a.json') => reportOn(inMemory(text, name), LIMITS, { today: '2026-11-21' });
const formatOf = async (text: string, name = 'a.json') =>
  (await sniffFormat(inMemory(text, name), LIMITS))?.name ?? null;

/** Invented, in the shape of ACLED's interface: no row of it is in this project. */
const ANSWER = JSON.stringify({
  status: 200,
  success: true,
  last_update: 1,
  count: 2,
  messages: [],
  data: [
    {
      event_id_cnty: 'MLI1',
      event_date: '2023-03-01',
      latitude: '14.3',
      longitude: '-3.8',
      notes: 'a "]}',
      fatalities: '2',
    },
    { event_id_cnty: 'MLI2', event_date: '2023-03-02', latitude: '15.6', longitude: '0.5', notes: '', fatalities: '0' },
  ],
  filename: '',
});

describe('json-rows', () => {
  it('reads the answer of an interface record by record, with line and byte of each', async () => {
    const { layers, features, issues } = await read(ANSWER);
    expect(layers).to.deep.equal([{ name: null, crs: null, columns: null }]);
    expect(issues).to.deep.equal([]);
    expect(features.map(({ index, properties }) => [index, properties.event_id_cnty])).to.deep.equal([
      [1, 'MLI1'],
      [2, 'MLI2'],
    ]);
    for (const { place, properties } of features) {
      const there = Buffer.from(ANSWER).subarray(place.byte).toString();
      expect(there.startsWith(`{"event_id_cnty":"${properties.event_id_cnty}"`)).to.equal(true);
    }
    for (const chunk of [1, 2, 7]) expect(await read(ANSWER, {}, chunk)).to.deep.equal({ layers, features, issues });
  });

  it('keeps values as they are, and nested ones as JSON text', async () => {
    const { features } = await read(
      '[{"n":1.5,"t":"007","b":false,"e":null,"l":[1,{"a":2}],"o":{"x":"é"},"__proto__":{"y":1}}]',
    );
    expect(Object.entries(features[0]?.properties ?? {})).to.deep.equal([
      ['n', 1.5],
      ['t', '007'],
      ['b', false],
      ['e', null],
      ['l', '[1,{"a":2}]'],
      ['o', '{"x":"é"}'],
      ['__proto__', '{"y":1}'],
    ]);
  });

  it('places its records by their columns, and has columns that come late', async () => {
    const rows = Array.from({ length: 300 }, (_, n) => ({ id: n, latitude: `14.${n}`, longitude: -3.5 }));
    const { format, layers, account } = await report(
      JSON.stringify([...rows, { late: true, latitude: 15, longitude: 0 }]),
    );
    expect(format).to.equal('json-rows');
    expect(account).to.include({ read: 301, unchanged: 301 });
    expect(layers[0]?.location).to.deep.equal({ type: 'lonlat', lon: 'longitude', lat: 'latitude' });
    expect(layers[0]?.fields.map(({ name, values }) => [name, values])).to.deep.equal([
      ['id', 300],
      ['latitude', 301],
      ['longitude', 301],
      ['late', 1],
    ]);
  });

  it('places records by a nested GeoJSON geometry', async () => {
    const geometry = { type: 'Point', coordinates: [-3, 14] };
    const { layers, account } = await report(JSON.stringify({ rows: [{ id: 1, position: geometry }] }));
    expect(layers[0]?.location).to.deep.equal({ type: 'geojson', column: 'position' });
    expect(account).to.include({ read: 1, unchanged: 1 });
  });

  describe('the list', () => {
    for (const [text, ids] of [
      ['[{"id":1},{"id":2}]', [1, 2]],
      ['{"results":[{"id":1}]}', [1]],
      ['{"records":[{"id":1}],"n":1}', [1]],
      ['{"meta":{"data":[{"id":9}]},"rows":[{"id":1}]}', [1]],
      ['{"anything":[1,2],"sites":[{"id":1}]}', [1]],
      ['{"messages":[{"id":9}],"data":[{"id":1}]}', [1]],
      ['{"data":[],"rows":[{"id":1}]}', [1]],
      ['[]', []],
      ['{"count":0,"data":[]}', []],
    ] as const) {
      it(`of ${text} has ${JSON.stringify(ids)}`, async () => {
        const { layers, features } = await read(text);
        expect(layers).to.have.length(1);
        expect(features.map(({ properties }) => properties.id)).to.deep.equal(ids);
      });
    }

    it('is told from others, which are named', async () => {
      const { issues } = await read('{"messages":[{"id":9}],"data":[{"id":1}],"data":[{"id":2}]}');
      expect(issues.map(({ code, value, place }) => [code, value, place.pointer ?? null])).to.deep.equal([
        ['list-not-read', 'messages', '/messages'],
        ['duplicate-member', null, null],
      ]);
    });

    for (const text of ['', ' \n', 'a,b\n', '{}', '{"data":{"id":1}}', '{"error":"no access"}', '12']) {
      it(`is not in ${JSON.stringify(text)}`, async () =>
        expect(await failure(read(text))).to.be.instanceOf(UnreadableFile));
    }
  });

  describe('what is wrong', () => {
    it('inside one record, costs that record and says line and byte', async () => {
      const text = '[{"id":1},\n{"id":NaN},\n5,\n{"id":4,"id":5}]';
      const { features, issues } = await read(text);
      expect(features.map(({ index }) => index)).to.deep.equal([1, 4]);
      expect(issues.map(({ code, severity, index, place }) => [code, severity, index, place])).to.deep.equal([
        ['not-json', 'error', 2, { line: 2, byte: text.indexOf('NaN') }],
        ['not-a-record', 'error', 3, { line: 3, byte: text.indexOf('5,') }],
        ['duplicate-member', 'warning', 4, { line: 4, byte: text.indexOf('{"id":4'), pointer: '/id' }],
      ]);
      expect((await report(text)).account).to.include({ read: 4, quarantined: 2 });
    });

    it('between records ends the reading, and says where', async () => {
      const cut = await read(ANSWER.slice(0, ANSWER.indexOf('MLI2')));
      expect(cut.features).to.have.length(1);
      expect(cut.issues[0]).to.deep.include({
        ...{ code: 'json-cut-off', severity: 'error', index: null },
        place: { line: 1, byte: ANSWER.indexOf('MLI2') },
      });
      const text = '{"data":[{"id":1}\n{"id":2}]}';
      const { features, issues } = await read(text);
      expect(features).to.have.length(1);
      expect(issues[0]).to.deep.include({ code: 'not-json', index: null, place: { line: 2, byte: 18 } });
      expect(issues[0]?.detail).to.contain('Expected "," or "]". The 1 records before it were read.');
      expect(codes(await read('[{"id":1}] {"id":2}'))).to.deep.equal(['trailing-content']);
    });

    it('with gzip is said', async () => {
      const rows = Array.from({ length: 5000 }, (_, n) => ({ id: n, v: Math.sin(n) }));
      const packed = gzipSync(JSON.stringify({ data: rows }));
      expect((await read(packed)).features).to.have.length(5000);
      const cut = await read(packed.subarray(0, packed.length - 3000));
      expect(cut.features.length).to.be.within(1000, 4999);
      expect(codes(cut)).to.include('gzip-cut-off');
    });

    const crossed: [keyof Limits, string, Partial<Limits>][] = [
      ['depth', `{"data":[{"a":${'['.repeat(10_000)}`, {}],
      ['depth', `{"meta":${'['.repeat(10_000)}`, {}],
      ['vertices', `[{"a":[${'[],'.repeat(400)}1]}]`, { vertices: 100 }],
      ['recordBytes', `[{"a":"${'x'.repeat(2000)}"}]`, { recordBytes: 1000 }],
      ['recordBytes', `{"a":"${'x'.repeat(2000)}","data":[]}`, { recordBytes: 1000 }],
      ['features', '[{"id":1},{"id":2}]', { features: 1 }],
      ['unpackedBytes', ANSWER, { unpackedBytes: 100 }],
    ];
    for (const [limit, text, limits] of crossed) {
      it(`names ${limit} when ${JSON.stringify(limits)} is crossed by ${text.slice(0, 12)}`, async () => {
        const error = await failure(read(text, limits, 512));
        expect(error).to.be.instanceOf(LimitExceeded);
        expect(error.message).to.contain(`limit ${LIMIT_SETTINGS[limit]}`);
      });
    }
  });

  it('holds no more of a file than its beginning and a record', async () => {
    const row = `{"id":1,"note":"${'x'.repeat(1000)}"}`;
    const piece = Buffer.from(`,${row}`.repeat(64));
    let sent = 0;
    const file: SourceFile = {
      name: 'a.json',
      bytes: 64_000_000,
      readAt: async () => Buffer.from('{"'),
      async *stream() {
        yield Buffer.from(`{"data":[${row}`);
        for (let n = 0; n < 200; n += 1) {
          sent += piece.length;
          yield piece;
        }
        yield Buffer.from(']}');
      },
    };
    let read = 0;
    let behind = 0;
    for await (const reading of jsonRows.read(file, LIMITS)) {
      if (reading.type !== 'feature') continue;
      read += row.length + 1;
      behind = Math.max(behind, sent - read);
    }
    expect(read).to.be.above(12_000_000);
    expect(behind, 'bytes that came and were not given out').to.be.below(2 * 65_536 + piece.length);
  });

  it('knows its files, and leaves GeoJSON to its readers', async () => {
    const at = (name: string) => FORMATS.findIndex((format) => format.name === name);
    expect(at('geojson')).to.be.below(at('json-rows'));
    const feature = '{"type":"Feature","properties":{},"geometry":null}';
    for (const [text, format, name] of [
      [ANSWER, 'json-rows'],
      [ANSWER, 'json-rows', 'answer'],
      [`\ufeff ${ANSWER}`, 'json-rows'],
      ['[{"id":1,"coordinates":[1,2]}]', 'json-rows'],
      ['[{"id":1,"type":"ied","geometry":"POINT (1 2)"}]', 'json-rows'],
      ['{"count":0,"data":[]}', 'json-rows'],
      [`{"data":[{"id":1,"note":"${'x'.repeat(100_000)}"}]}`, 'json-rows'],
      [`[${feature}]`, 'geojson'],
      ['[{"id":1,"geometry":null}]', 'geojson'],
      ['[{"type":"Point","coordinates":[1,2]}]', 'geojson'],
      [`{"data":[{"id":1}],"features":[${feature}]}`, 'geojson'],
      ['{"type":"FeatureCollection","data":[{"id":1}]}', 'geojson'],
      ['[{"id":1}]', 'geojson', 'a.geojson'],
      ['[]', 'geojson'],
      ['{"error":{"code":403}}', 'geojson'],
      ['{"id":1}\n{"id":2}\n', 'geojson-sequence'],
      ['[1,2]', null, 'a'],
    ] as const) {
      expect(await formatOf(text, name), `${text.slice(0, 60)} ${name}`).to.equal(format);
    }
    expect((await sniffFormat(inMemory(gzipSync(ANSWER), 'a.json.gz'), LIMITS))?.name).to.equal('json-rows');
    expect((await sniffFormat(inMemory(Buffer.from(`\ufeff${ANSWER}`, 'utf16le')), LIMITS))?.name).to.equal(
      'json-rows',
    );
    expect((await read(Buffer.from(`\ufeff${ANSWER}`, 'utf16le'))).features).to.have.length(2);
  });

  it('gives nothing but readings and its two errors for any bytes', async function () {
    this.timeout(60_000);
    const good = [ANSWER, '[{"é":[1,{"a":"x\\""}],"b":1},{}]', '{"a":[{"b":null}]} {'].map((each) => Buffer.from(each));
    good.push(gzipSync(ANSWER), Buffer.from(`\ufeff${ANSWER}`, 'utf16le'));
    await expectNoSurprise(good, (bytes) => read(bytes, {}, 61), 1500);
  });
});
