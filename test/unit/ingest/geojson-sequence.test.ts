import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { LimitExceeded, UnreadableFile } from '../../../server/ingest/errors.ts';
import { geojsonSequence } from '../../../server/ingest/geojson-sequence.ts';
import { LIMIT_SETTINGS, type Limits } from '../../../server/ingest/source.ts';
import { codes, expectNoSurprise, failure, inMemory, readAll } from '../../support/readings.ts';

const feature = (id: number) =>
  JSON.stringify({ type: 'Feature', id, properties: { n: id }, geometry: { type: 'Point', coordinates: [id, 1] } });
const read = (text: string | Uint8Array, limits: Partial<Limits> = {}, chunk = 65_536) =>
  readAll(geojsonSequence, inMemory(text, 'a.geojsonl', chunk), limits);

describe('geojson-sequence', () => {
  it('reads a feature a line, with line and byte of each', async () => {
    const text = `\ufeff${feature(1)}\r\n\n  ${feature(2)}\n${feature(3)}`;
    const { layers, features, issues } = await read(text);
    expect(layers).to.deep.equal([{ name: null, crs: 4326, columns: null }]);
    expect(issues).to.deep.equal([]);
    expect(features.map(({ id, place }) => [id, place.line])).to.deep.equal([
      [1, 1],
      [2, 3],
      [3, 4],
    ]);
    // Bytes count from behind the byte order mark.
    const bytes = Buffer.from(text).subarray(3);
    for (const { id, place } of features) {
      expect(
        bytes
          .subarray(place.byte)
          .toString()
          .startsWith(feature(Number(id))),
      ).to.equal(true);
    }
    for (const chunk of [1, 5]) expect((await read(text, {}, chunk)).features).to.deep.equal(features);
  });

  it('reads RFC 8142, where records may have several lines', async () => {
    const pretty = JSON.stringify(JSON.parse(feature(2)), null, 1);
    const { features, issues } = await read(`\u001e${feature(1)}\n\u001e${pretty}\n\u001e${feature(3)}\n`);
    expect(issues).to.deep.equal([]);
    expect(features.map(({ id, place }) => [id, place.line])).to.deep.equal([
      [1, 1],
      [2, 2],
      [3, 2 + pretty.split('\n').length],
    ]);
  });

  it('reads geometries without features around them', async () => {
    const read1 = await read(`${feature(1)}\n{"type":"Point","coordinates":[1,2]}\n`);
    expect(read1.features[1]?.geometry).to.deep.equal({ type: 'Point', coordinates: [1, 2] });
    expect(codes(read1)).to.deep.equal(['bare-geometry']);
  });

  it('reads on after bad lines, and says where they are', async () => {
    const text = [feature(1), '{"type":"Feature",', 'nonsense', '[1]', '{"a":1}{"b":2}', feature(6)].join('\n');
    const { features, issues } = await read(text);
    expect(features.map(({ index }) => index)).to.deep.equal([1, 6]);
    expect(issues.map(({ code, index, place }) => [code, index, place.line])).to.deep.equal([
      ['not-json', 2, 2],
      ['not-json', 3, 3],
      ['not-a-feature', 4, 4],
      ['not-json', 5, 5],
    ]);
  });

  it('does the same in RFC 8142', async () => {
    const { features, issues } = await read(`\u001e${feature(1)}\n\u001e{"type":\n\u001e${feature(3)}\n`);
    expect(features.map(({ index }) => index)).to.deep.equal([1, 3]);
    expect(issues[0]).to.include({ code: 'not-json', index: 2 });
  });

  it('says that a gzip is cut off, after the records before', async () => {
    const packed = gzipSync(Array.from({ length: 3000 }, (_, i) => feature(Math.sin(i))).join('\n'));
    const cut = await read(packed.subarray(0, packed.length - 1000));
    expect(cut.features.length).to.be.above(2000);
    expect(codes(cut)).to.deep.equal(['gzip-cut-off']);
  });

  it('keeps its limits', async () => {
    const crossed: [keyof Limits, string, Partial<Limits>][] = [
      ['recordBytes', `${feature(1)}\n{"a":"${'x'.repeat(5000)}`, { recordBytes: 1000 }],
      ['depth', `${feature(1)}\n{"a":${'['.repeat(10_000)}\n`, {}],
      ['features', `${feature(1)}\n${feature(2)}`, { features: 1 }],
      ['vertices', `{"type":"MultiPoint","coordinates":[[1,2],[3,4]]}`, { vertices: 1 }],
    ];
    for (const [limit, text, limits] of crossed) {
      const error = await failure(read(text, limits, 100));
      expect(error).to.be.instanceOf(LimitExceeded);
      expect(error.message).to.contain(`limit ${LIMIT_SETTINGS[limit]}`);
    }
  });

  for (const text of ['', '\n\n', 'name,lat', '\u001e']) {
    it(`does not read ${JSON.stringify(text)}`, async () =>
      expect(await failure(read(text))).to.be.instanceOf(UnreadableFile));
  }

  it('knows its files', () => {
    const sniff = (text: string, name = 'a') => geojsonSequence.sniff(Buffer.from(text), name);
    expect(sniff(`${feature(1)}\n${feature(2)}`)).to.equal(true);
    expect(sniff(`\u001e${feature(1)}\n`)).to.equal(true);
    expect(sniff(feature(1), 'a.ndjson')).to.equal(true);
    expect(sniff(feature(1))).to.equal(false);
    expect(sniff('{"type":"FeatureCollection","features":[')).to.equal(false);
  });

  it('gives nothing but readings and its two errors for any bytes', async function () {
    this.timeout(60_000);
    const lines = `${feature(1)}\n{"type":"Point","coordinates":[1,2]}\n\n${feature(3)}`;
    const good = [Buffer.from(lines), Buffer.from(`\u001e${feature(1)}\n\u001e${feature(2)}\n`), gzipSync(lines)];
    await expectNoSurprise(good, (bytes) => read(bytes, {}, 37), 2000);
  });
});
