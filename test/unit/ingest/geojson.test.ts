import { existsSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { LimitExceeded, UnreadableFile } from '../../../server/ingest/errors.ts';
import { parseCrs } from '../../../server/ingest/geojson/crs.ts';
import { geojson } from '../../../server/ingest/geojson.ts';
import { LIMIT_SETTINGS, type Limits } from '../../../server/ingest/source.ts';
import { codes, expectNoSurprise, failure, inMemory, readAll } from '../../support/readings.ts';

const DATA = new URL('../../../../shared/data/', import.meta.url);

const point = (id: number | string, coordinates: unknown = [-3, 14.5]) => ({
  type: 'Feature',
  id,
  properties: { name: `Place ${id}` },
  geometry: { type: 'Point', coordinates },
});
const collection = (...features: unknown[]) => JSON.stringify({ type: 'FeatureCollection', features });
const read = (text: string | Uint8Array, limits: Partial<Limits> = {}, chunk = 65_536) =>
  readAll(geojson, inMemory(text, 'a.geojson', chunk), limits);
const only = async (text: string) => {
  const { features, issues } = await read(text);
  expect(issues).to.have.length(1);
  return { features, issue: issues[0] };
};

describe('geojson', () => {
  it('reads a collection feature by feature, with line and byte of each', async () => {
    const text = `{"type":"FeatureCollection","name":"camps","features":[\n${JSON.stringify(point(7))},\n  ${JSON.stringify(point('b'))}]}\n`;
    const { layers, features, issues } = await read(text);
    expect(layers).to.deep.equal([{ name: 'camps', crs: 4326, columns: null }]);
    expect(issues).to.deep.equal([]);
    expect(features.map(({ index, id, place }) => [index, id, place.line])).to.deep.equal([
      [1, 7, 2],
      [2, 'b', 3],
    ]);
    for (const { place, id } of features) {
      const there = Buffer.from(text).subarray(place.byte).toString();
      expect(there.startsWith(`{"type":"Feature","id":${JSON.stringify(id)}`)).to.equal(true);
    }
    expect(features[0]?.geometry).to.deep.equal({ type: 'Point', coordinates: [-3, 14.5] });
    expect(features[0]?.properties).to.deep.equal({ name: 'Place 7' });
  });

  it('reads the same whatever the pieces in which the bytes come', async () => {
    const text = `\ufeff {"features" : [ ${JSON.stringify({ ...point(1), properties: { 'a"\\': 'é\\"]}{', b: { c: [1, null, 'x'] } } })} , null,{"type":"Feature"} ] ,\r\n "x":{"y":[true,-1.5e3]}, "type":"FeatureCollection"}`;
    const whole = await read(text);
    expect(whole.features).to.have.length(2);
    for (const chunk of [1, 2, 3, 7]) expect(await read(text, {}, chunk)).to.deep.equal(whole);
  });

  it('takes no bracket or quote in a text for one outside', async () => {
    const properties = { a: '"]}', 'b\\': '\\"{[' };
    for (const chunk of [1, 65_536]) {
      const { features, issues } = await read(collection({ ...point(1), properties }, point(2)), {}, chunk);
      expect(issues).to.deep.equal([]);
      expect(features.map((each) => each.properties)).to.deep.equal([properties, { name: 'Place 2' }]);
    }
  });

  it('reads UTF-16 and gzip, of several members too', async () => {
    const text = collection(point(1), { ...point(2), properties: { name: 'Gao — Ménaka' } });
    const plain = await read(text);
    expect((await read(Buffer.from(`\ufeff${text}`, 'utf16le'))).features).to.deep.equal(plain.features);
    const packed = Buffer.concat([gzipSync(text.slice(0, 50)), gzipSync(text.slice(50))]);
    expect(await read(packed)).to.deep.equal(plain);
    expect(await read(packed, {}, 5)).to.deep.equal(plain);
  });

  it('reads a lone feature and bare geometries', async () => {
    expect((await read(JSON.stringify(point(3)))).features[0]).to.deep.include({ index: 1, id: 3 });
    const bare = await only('{"type":"LineString","coordinates":[[0,1],[2,3]]}');
    expect(bare.issue).to.include({ code: 'bare-geometry', severity: 'note', index: 1 });
    expect(bare.features[0]?.geometry?.type).to.equal('LineString');
    const parts = [{ type: 'Point', coordinates: [1, 2] }];
    const many = await only(JSON.stringify({ geometries: parts, type: 'GeometryCollection' }));
    expect(many.features[0]?.geometry).to.deep.equal({ type: 'GeometryCollection', geometries: parts });
  });

  it('keeps nested values, ids as given, and records without position', async () => {
    const nested = { a: { b: [1, { c: null }] }, list: [] };
    const { features, issues } = await read(
      collection({ type: 'Feature', id: '007', properties: nested, geometry: null }, { ...point(0), properties: null }),
    );
    expect(issues).to.deep.equal([]);
    expect(features[0]).to.deep.include({ id: '007', geometry: null, properties: nested });
    expect(features[1]).to.deep.include({ id: 0, properties: {} });
  });

  const refused: [string, unknown, string, string | undefined][] = [
    ['a feature that is no object', 12, 'not-a-feature', undefined],
    ['a list for a feature', [1], 'not-a-feature', undefined],
    ['an unknown type', { ...point(1), type: 'Thing' }, 'not-a-feature', '/type'],
    ['a geometry that is no object', { ...point(1), geometry: 'POINT' }, 'geometry-not-an-object', '/geometry'],
    ['a bad type of geometry', { ...point(1), geometry: { type: 'Circle' } }, 'geometry-type', '/geometry/type'],
    ['no coordinates', { ...point(1), geometry: { type: 'Point' } }, 'coordinates', '/geometry/coordinates'],
    ['coordinates as text', point(1, ['-3.1', '14']), 'coordinates', '/geometry/coordinates/0'],
    ['coordinates that are null', point(1, [1, null]), 'coordinates', '/geometry/coordinates/1'],
    ['a position of one number', point(1, [1]), 'coordinates', '/geometry/coordinates'],
    [
      'lists less deep than the type has them',
      { ...point(1), geometry: { type: 'Polygon', coordinates: [[0, 1]] } },
      'coordinates',
      '/geometry/coordinates/0/0',
    ],
    [
      'a bad part of a collection',
      {
        ...point(1),
        geometry: { type: 'GeometryCollection', geometries: [{ type: 'Point', coordinates: [1, 2] }, { type: 'X' }] },
      },
      'geometry-type',
      '/geometry/geometries/1/type',
    ],
    ['properties that are no object', { ...point(1), properties: [1] }, 'properties-not-an-object', '/properties'],
  ];
  for (const [title, bad, code, pointer] of refused) {
    it(`says where ${title} is, and reads on`, async () => {
      const { features, issue } = await only(collection(point(1), bad, point(3)));
      expect(features.map(({ index }) => index)).to.deep.equal([1, 3]);
      expect(issue).to.include({ code, severity: 'error', index: 2 });
      expect(issue?.place.pointer).to.equal(pointer);
      expect(issue?.place.line).to.equal(1);
    });
  }

  it('refuses numbers too large to be numbers', async () => {
    const { issue } = await only('{"type":"Point","coordinates":[1e999,0]}');
    expect(issue).to.include({ code: 'coordinates' });
    expect(issue?.place.pointer).to.equal('/coordinates/0');
  });

  const looked: [string, unknown, string][] = [
    ['no member geometry', { type: 'Feature', properties: {} }, 'geometry-missing'],
    ['a geometry without coordinates', point(1, []), 'geometry-empty'],
    ['a feature without type', { properties: {}, geometry: null }, 'type-missing'],
    ['an id that is an object', { ...point(1), id: { a: 1 } }, 'id-type'],
    ['a bare geometry', { type: 'Point', coordinates: [1, 2] }, 'bare-geometry'],
    ['a foreign member', { ...point(1), notes: 'x' }, 'foreign-member'],
  ];
  for (const [title, odd, code] of looked) {
    it(`keeps a record with ${title}, and says so`, async () => {
      const { features, issue } = await only(collection(odd));
      expect(features).to.have.length(1);
      expect(issue).to.include({ code, index: 1 });
    });
  }

  it('names a foreign member once', async () => {
    const { issues } = await read(collection({ ...point(1), notes: 1 }, { ...point(2), notes: 2, more: 3 }));
    expect(issues.map(({ value, index }) => [value, index])).to.deep.equal([
      ['notes', 1],
      ['more', 2],
    ]);
  });

  it('says which names stand twice, at any depth', async () => {
    const twice = '{"type":"Feature","properties":{"a":1,"b":{"c":1,"c":2},"a/b":0,"a":3,"a/b":1},"geometry":null}';
    const { features, issues } = await read(`{"type":"FeatureCollection","features":[${twice}]}`);
    expect(features[0]?.properties).to.deep.equal({ a: 3, b: { c: 2 }, 'a/b': 1 });
    expect(issues.map(({ code, place }) => [code, place.pointer])).to.deep.equal([
      ['duplicate-member', '/properties/b/c'],
      ['duplicate-member', '/properties/a'],
      ['duplicate-member', '/properties/a~1b'],
    ]);
    const lone = await read(twice);
    expect(lone.issues.map(({ place }) => place.pointer)).to.include('/properties/b/c');
  });

  describe('the reference system', () => {
    const names: [string, number | null][] = [
      ['urn:ogc:def:crs:OGC:1.3:CRS84', 4326],
      ['urn:ogc:def:crs:OGC::CRS84', 4326],
      ['urn:ogc:def:crs:EPSG::32630', 32630],
      ['urn:ogc:def:crs:EPSG:9.9:3857', 3857],
      ['EPSG:4326', 4326],
      ['EPSG:900913', 3857],
      ['http://www.opengis.net/def/crs/EPSG/0/32629', 32629],
      ['Mali grid', null],
      ['EPSG:', null],
    ];
    for (const [name, epsg] of names) {
      it(`${name} is ${epsg}`, () => expect(parseCrs({ type: 'name', properties: { name } })?.epsg).to.equal(epsg));
    }

    const crs = (name: string) => ({ type: 'name', properties: { name } });

    it('is that of the member crs, before the features or after them', async () => {
      const utm = crs('EPSG:32630');
      const before = await read(JSON.stringify({ type: 'FeatureCollection', crs: utm, features: [point(1)] }));
      const after = await read(JSON.stringify({ features: [point(1)], type: 'FeatureCollection', crs: utm }));
      for (const { layers, issues } of [before, after]) {
        expect(layers[0]?.crs).to.equal(32630);
        expect(issues).to.deep.equal([]);
      }
    });

    it('comes too late when it is after the features of a gzipped file', async () => {
      const packed = (name: string) =>
        read(gzipSync(JSON.stringify({ features: [point(1)], type: 'FeatureCollection', crs: crs(name) })));
      const other = await packed('EPSG:32630');
      expect(other.layers[0]?.crs).to.equal(4326);
      expect(other.issues[0]).to.include({ code: 'crs-late', severity: 'error' });
      expect(codes(await packed('urn:ogc:def:crs:OGC:1.3:CRS84'))).to.deep.equal([]);
    });

    it('is not guessed when its name is unknown', async () => {
      const { layers, issues } = await read(
        JSON.stringify({ type: 'FeatureCollection', crs: crs('local'), features: [] }),
      );
      expect(layers[0]?.crs).to.equal(null);
      expect(issues[0]).to.include({ code: 'crs-unknown', severity: 'error', value: 'local' });
    });

    it('of a feature has to be that of its layer', async () => {
      const { features, issue } = await only(
        collection({ ...point(1), crs: crs('EPSG:4326') }, { ...point(2), crs: crs('EPSG:32630') }),
      );
      expect(features.map(({ id }) => id)).to.deep.equal([1]);
      expect(issue).to.include({ code: 'crs-on-feature', severity: 'error', index: 2 });
    });
  });

  describe('a text that is broken', () => {
    it('inside one feature, costs that feature and says line, column and what was expected', async () => {
      const { features, issue } = await only(
        `{"type":"FeatureCollection","features":[\n${JSON.stringify(point(1))},\n{"type":"Feature",\n "properties":{"é":1,"n":NaN},"geometry":null},\n${JSON.stringify(point(3))}]}`,
      );
      expect(features.map(({ index, place }) => [index, place.line])).to.deep.equal([
        [1, 2],
        [3, 5],
      ]);
      expect(issue).to.include({ code: 'not-json', severity: 'error', index: 2 });
      expect(issue?.place.line).to.equal(4);
      expect(issue?.detail).to.contain('Line 4, column 26');
      expect(issue?.value?.startsWith('NaN')).to.equal(true);
    });

    it('between features, ends the reading after those before', async () => {
      const { features, issue } = await only(
        `{"features":[${JSON.stringify(point(1))}\n ${JSON.stringify(point(2))}]}`,
      );
      expect(features).to.have.length(1);
      expect(issue).to.include({ code: 'not-json', severity: 'error', index: null });
      expect(issue?.detail).to.contain('Line 2, column 2').and.to.contain('"," or "]"');
    });

    it('by a bracket that closes nothing, ends the reading there', async () => {
      const { features, issue } = await only(`{"features":[${JSON.stringify(point(1))},{"a":[1}]}`);
      expect(features).to.have.length(1);
      expect(issue).to.include({ code: 'not-json', index: null });
    });

    it('by its end, says that it was cut off', async () => {
      const text = collection(point(1), point(2));
      for (const end of [text.length - 1, text.length - 2, text.length - 30]) {
        const { features, issue } = await only(text.slice(0, end));
        expect(features).to.have.length(end > text.length - 30 ? 2 : 1);
        expect(issue).to.include({ code: 'json-cut-off', severity: 'error', index: null });
      }
    });

    it('by a cut off gzip, says that', async () => {
      const features = Array.from({ length: 3000 }, (_, i) => point(i, [Math.sin(i), Math.cos(i)]));
      const packed = gzipSync(collection(...features));
      const cut = await read(packed.subarray(0, packed.length - 2000));
      expect(cut.features.length).to.be.above(2000);
      expect(codes(cut)).to.deep.equal(['gzip-cut-off']);
      const damaged = Buffer.from(packed).fill(0xff, packed.length - 2000, packed.length - 1900);
      expect(codes(await read(damaged)).at(-1)).to.equal('gzip-damaged');
    });

    it('in a lone feature, is an error of that feature', async () => {
      const { features, issue } = await only('{"type":"Feature","properties":{"a":01},"geometry":null}');
      expect(features).to.deep.equal([]);
      expect(issue).to.include({ code: 'not-json', severity: 'error', index: 1 });
    });

    it('after its end, is read up to there', async () => {
      expect((await only(`${collection(point(1))} trailing`)).issue).to.include({
        code: 'trailing-content',
        severity: 'warning',
      });
      expect((await only(`${collection(point(1))}{"type":`)).issue).to.include({ severity: 'error' });
    });

    it('by bytes that are no UTF-8, is read as Windows-1252', async () => {
      const { features, issues } = await read(
        Buffer.from(collection({ ...point(1), properties: { n: 'Ménaka' } }), 'latin1'),
      );
      expect(features[0]?.properties).to.deep.equal({ n: 'Ménaka' });
      expect(issues[0]).to.include({ code: 'not-utf8', index: 1 });
    });
  });

  it('reads a list of features, and says what is missing around it', async () => {
    expect((await only(JSON.stringify([point(1)]))).issue).to.include({ code: 'bare-list' });
    expect((await only(JSON.stringify({ features: [point(1)] }))).issue).to.include({ code: 'collection-type' });
    expect((await only('{"type":"FeatureCollection"}')).issue).to.include({ code: 'features-missing' });
  });

  for (const text of ['', '  \n', 'name,lat\n', '<gpx/>', '{}', '{"type":"Topology"}', '{"a":1}', '12']) {
    it(`does not read ${JSON.stringify(text)}`, async () =>
      expect(await failure(read(text))).to.be.instanceOf(UnreadableFile));
  }

  describe('limits', () => {
    const deep = `{"type":"FeatureCollection","features":[{"type":"Feature","geometry":null,"properties":{"a":${'['.repeat(10_000)}`;
    const ring = Array.from({ length: 600 }, (_, i) => [i, i]);
    const crossed: [keyof Limits, string | Buffer, Partial<Limits>][] = [
      ['depth', deep, {}],
      ['vertices', collection({ ...point(1), geometry: { type: 'LineString', coordinates: ring } }), { vertices: 599 }],
      ['vertices', collection({ ...point(1), geometry: { type: 'LineString', coordinates: ring } }), { vertices: 100 }],
      ['recordBytes', collection({ ...point(1), properties: { a: 'x'.repeat(2000) } }), { recordBytes: 1000 }],
      ['recordBytes', `{"type":"FeatureCollection","a":"${'x'.repeat(2000)}`, { recordBytes: 1000 }],
      ['features', collection(point(1), point(2)), { features: 1 }],
      ['unpackedBytes', collection(point(1), point(2)), { unpackedBytes: 100 }],
      ['packRatio', gzipSync(' '.repeat(1_000_000)), {}],
    ];
    for (const [limit, text, limits] of crossed) {
      it(`names ${limit} when ${JSON.stringify(limits)} is crossed`, async () => {
        const error = await failure(read(text, limits, 512));
        expect(error).to.be.instanceOf(LimitExceeded);
        expect(error.message).to.contain(`limit ${LIMIT_SETTINGS[limit]}`);
      });
    }

    it('are no less than they say', async () => {
      const line = collection({ ...point(1), geometry: { type: 'LineString', coordinates: ring } });
      expect((await read(line, { vertices: 600, features: 1 })).features).to.have.length(1);
      const level = collection({ ...point(1), properties: { a: [[1]] } });
      expect((await read(level, { depth: 6 })).features).to.have.length(1);
      expect(await failure(read(level, { depth: 5 }))).to.be.instanceOf(LimitExceeded);
    });
  });

  it('knows its files', () => {
    const sniff = (text: string, name = 'a') => geojson.sniff(Buffer.from(text), name);
    expect(sniff(collection(point(1)))).to.equal(true);
    expect(sniff('\ufeff\n {"type": "Feature", "geometry": {')).to.equal(true);
    expect(sniff('{"anything": 1', 'b.geojson')).to.equal(true);
    expect(sniff('{"anything": 1}', 'b')).to.equal(false);
    expect(sniff(`${JSON.stringify(point(1))}\n${JSON.stringify(point(2))}\n`)).to.equal(false);
    expect(sniff('name,lat,lon\n')).to.equal(false);
    expect(sniff('<gpx>')).to.equal(false);
  });

  const real: [string, number][] = [
    ['mli_adm1.geojson', 9],
    ['mli_adm2.geojson', 50],
    ['ne10m_rivers_sahel.geojson', 19],
  ];
  for (const [name, count] of real) {
    it(`reads ${name} without a word`, async function () {
      if (!existsSync(new URL(name, DATA))) {
        console.log(`      ${name} is not in ../shared/data`);
        this.skip();
      }
      const bytes = readFileSync(new URL(name, DATA));
      const { layers, features, issues } = await read(bytes);
      expect([layers[0]?.crs, features.length, issues]).to.deep.equal([4326, count, []]);
      const parsed = JSON.parse(bytes.toString()).features;
      expect(features.map(({ geometry, properties }) => ({ geometry, properties }))).to.deep.equal(
        parsed.map(({ geometry, properties }: (typeof features)[0]) => ({ geometry, properties })),
      );
    });
  }

  it('gives nothing but readings and its two errors for any bytes', async function () {
    this.timeout(60_000);
    const text = collection(
      point(1),
      { ...point('b'), crs: null, properties: { é: [1, { a: 'x\\"' }], a: 1 } },
      { type: 'Feature', geometry: { type: 'GeometryCollection', geometries: [] }, properties: null },
    );
    const good = [text, JSON.stringify(point(1)), `${text} {`].map((each) => Buffer.from(each));
    good.push(gzipSync(text), Buffer.from(`\ufeff${text}`, 'utf16le'));
    await expectNoSurprise(good, (bytes) => read(bytes, {}, 61), 2500);
  });
});
