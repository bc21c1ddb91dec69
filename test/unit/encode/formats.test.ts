import { expect } from 'chai';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import type { Feature, FeatureCollection, Geometry } from 'geojson';
import { describe, it } from 'mocha';
import type { Field } from '../../../server/core/layer.ts';
import type { ItemRow } from '../../../server/encode/feature.ts';
import type { ItemFormat } from '../../../server/encode/formats/item-format.ts';
import type { Provenance } from '../../../server/encode/formats/provenance.ts';
import { toWkt } from '../../../server/encode/formats/wkt.ts';
import { ITEM_FORMATS, type ItemFormatId } from '../../../server/encode/formats.ts';
import { flatgeobuf } from '../../../server/ingest/flatgeobuf.ts';
import { inMemory, readAll } from '../../support/readings.ts';

const field = (name: string, type: Field['type']): Field => ({
  name,
  type,
  title: { en: name, fr: name },
  tile: false,
});
const FIELDS = [
  field('name', 'string'),
  field('killed', 'integer'),
  field('share', 'number'),
  field('sure', 'boolean'),
  field('seen', 'date'),
  field('at', 'datetime'),
  field('tags', 'strings'),
];

const both = { en: 'words', fr: 'mots' };
const PROVENANCE: Provenance = {
  collection: 'sites',
  generation: 3,
  title: { en: 'Sites', fr: 'Sites' },
  description: both,
  nature: 'approximate',
  provenance: both,
  sources: [{ key: 's', title: 'A source' }],
  licence: { name: 'CC BY 4.0', redistribution: true, url: 'https://creativecommons.org/licenses/by/4.0/' },
  attribution: { en: '=somebody, and others', fr: 'quelqu’un' },
  disclaimer: both,
};

const ROW: ItemRow = {
  fid: 7,
  geojson: '{"type":"Point","coordinates":[-0.04,16.27]}',
  name: 'Gao',
  killed: 0,
  share: 0.1,
  sure: false,
  seen: '2022-05-01',
  at: '2022-03-27T06:00:00.000Z',
  tags: ['a', 'b;c'],
};
const EMPTY: ItemRow = { fid: 8, geojson: '{"type":"Point","coordinates":[1,2]}', name: null, tags: null };

async function* inBatches(rows: readonly ItemRow[], size: number) {
  for (let at = 0; at < rows.length; at += size) yield rows.slice(at, at + size);
}

interface Wish {
  readonly geometry?: 'point' | 'line' | 'polygon';
  readonly fields?: readonly Field[];
  readonly provenance?: Provenance;
  readonly batch?: number;
}

async function written(format: ItemFormatId, rows: readonly ItemRow[], wish: Wish = {}): Promise<Buffer> {
  const { geometry = 'point', fields = FIELDS, provenance, batch = 2 } = wish;
  const pieces: Buffer[] = [];
  const own: ItemFormat = ITEM_FORMATS[format];
  const stream = own.write({ id: 'sites', geometry }, inBatches(rows, batch), { fields, provenance });
  for await (const piece of stream) pieces.push(Buffer.from(piece as string));
  return Buffer.concat(pieces);
}

const position = fc.tuple(
  fc.double({ min: -180, max: 180, noNaN: true }),
  fc.double({ min: -90, max: 90, noNaN: true }),
);
const ring = fc.array(position, { minLength: 4, maxLength: 6 });
const geometries: Record<'point' | 'line' | 'polygon', fc.Arbitrary<Geometry>> = {
  point: position.map((coordinates) => ({ type: 'Point', coordinates })),
  line: fc.oneof(
    ring.map((coordinates): Geometry => ({ type: 'LineString', coordinates })),
    fc
      .array(ring, { minLength: 1, maxLength: 3 })
      .map((coordinates): Geometry => ({ type: 'MultiLineString', coordinates })),
  ),
  polygon: fc.oneof(
    fc.array(ring, { minLength: 1, maxLength: 3 }).map((coordinates): Geometry => ({ type: 'Polygon', coordinates })),
    fc
      .array(fc.array(ring, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 })
      .map((coordinates): Geometry => ({ type: 'MultiPolygon', coordinates })),
  ),
};
const text = fc.string({ unit: 'grapheme' });
const values = {
  name: fc.option(text),
  killed: fc.option(fc.maxSafeInteger()),
  share: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true })),
  sure: fc.option(fc.boolean()),
  seen: fc.option(fc.constantFrom('0044-03-15', '2022-05-01')),
  at: fc.option(fc.constantFrom('2022-03-27T06:00:00.000Z')),
  tags: fc.option(fc.array(text)),
};
const layers = fc.constantFrom('point', 'line', 'polygon').chain((geometry) =>
  fc.record({
    geometry: fc.constant(geometry),
    rows: fc.array(fc.record({ ...values, geojson: geometries[geometry].map((shape) => JSON.stringify(shape)) }), {
      maxLength: 5,
    }),
  }),
);
const numbered = (rows: readonly object[]): ItemRow[] =>
  rows.map((row, index) => ({ ...row, fid: index + 1 }) as unknown as ItemRow);

/** As a file has it whose features are all of one type. */
function multi(shape: Geometry): Geometry {
  if (shape.type === 'LineString') return { type: 'MultiLineString', coordinates: [shape.coordinates] };
  return shape.type === 'Polygon' ? { type: 'MultiPolygon', coordinates: [shape.coordinates] } : shape;
}
/** JSON knows no -0. */
const parsed = (json: string) => JSON.parse(json) as Geometry;

describe('formats of records', () => {
  it('GeoJSON is one collection with every field, empty ones too, and provenance before the features', async () => {
    const collection = JSON.parse((await written('geojson', [ROW, EMPTY], { provenance: PROVENANCE })).toString());
    expect(Object.keys(collection)).to.deep.equal(['type', 'name', 'azalai', 'features']);
    expect(collection.azalai).to.deep.equal(PROVENANCE);
    const [first, second] = (collection as FeatureCollection).features;
    expect(first).to.deep.equal({
      type: 'Feature',
      id: 7,
      geometry: { type: 'Point', coordinates: [-0.04, 16.27] },
      properties: Object.fromEntries(FIELDS.map(({ name }) => [name, ROW[name]])),
    });
    expect(second?.properties).to.deep.equal(Object.fromEntries(FIELDS.map(({ name }) => [name, null])));
  });

  it('GeoJSON without records is a collection all the same', async () => {
    expect(JSON.parse((await written('geojson', [])).toString()).features).to.deep.equal([]);
  });

  it('a text sequence has a record separator before each feature and a line feed behind it (RFC 8142)', async () => {
    const content = (await written('geojsonseq', [ROW, EMPTY], { provenance: PROVENANCE })).toString();
    const records = content.split('\u001e');
    expect(records.shift()).to.equal('');
    expect(records.every((record) => record.endsWith('}\n'))).to.equal(true);
    const features = records.map((record) => JSON.parse(record) as Feature & { azalai?: unknown });
    expect(features.map(({ id }) => id)).to.deep.equal([7, 8]);
    expect(features.map(({ azalai }) => azalai)).to.deep.equal([PROVENANCE, undefined]);
  });

  it('newline-delimited GeoJSON has a feature on each line and no separators', async () => {
    const lines = (await written('ndjson', [ROW, EMPTY])).toString().split('\n');
    expect(lines.pop()).to.equal('');
    expect(lines.map((line) => (JSON.parse(line) as Feature).id)).to.deep.equal([7, 8]);
  });

  it('CSV has a header, places of points in degrees, and CRLF behind every line', async () => {
    const content = (await written('csv', [ROW, EMPTY])).toString();
    expect(content).to.equal(
      'fid,longitude,latitude,name,killed,share,sure,seen,at,tags\r\n' +
        '7,-0.04,16.27,Gao,0,0.1,false,2022-05-01,2022-03-27T06:00:00.000Z,"[""a"",""b;c""]"\r\n' +
        '8,1,2,,,,,,,\r\n',
    );
  });

  it('CSV disarms texts that a spreadsheet would run, and leaves numbers alone', async () => {
    const texts = ['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx', 'a=b', "'x", ''];
    const rows = texts.map((name, index) => ({ ...EMPTY, fid: index, name, killed: -5 }));
    const records = parse(await written('csv', rows), { columns: true }) as Record<string, string>[];
    expect(records.map(({ name }) => name)).to.deep.equal([
      "'=1+1",
      "'+1",
      "'-1",
      "'@SUM(A1)",
      "'\tx",
      "'\rx",
      'a=b',
      "'x",
      '',
    ]);
    expect(records.every(({ killed }) => killed === '-5')).to.equal(true);
  });

  it('CSV repeats provenance on each row, and gives way to fields of the same name', async () => {
    const fields = [field('Longitude', 'string'), field('attribution', 'string')];
    const rows = [ROW, EMPTY].map((row) => ({ ...row, attribution: 'own' }));
    const records = parse(await written('csv', rows, { fields, provenance: PROVENANCE }), { columns: true });
    for (const record of records as Record<string, string>[]) {
      expect(Object.keys(record).slice(0, 5)).to.deep.equal([
        'fid',
        'longitude_',
        'latitude',
        'Longitude',
        'attribution',
      ]);
      expect(record).to.include({ attribution: 'own', attribution_: "'=somebody, and others", generation: '3' });
      expect(record).to.include({ collection: 'sites', licence: 'CC BY 4.0', collection_nature: 'approximate' });
    }
  });

  it('CSV says where lines and polygons lie in well-known text', async () => {
    const rows = [{ ...EMPTY, geojson: '{"type":"LineString","coordinates":[[0,1],[2,3.5]]}' }];
    const [record] = parse(await written('csv', rows, { geometry: 'line' }), { columns: true }) as { WKT: string }[];
    expect(record?.WKT).to.equal('LINESTRING (0 1,2 3.5)');
  });

  it('well-known text of every type', () => {
    const square = [
      [0, 0],
      [1, 0],
      [1, 1],
      [0, 0],
    ];
    expect(
      toWkt({
        type: 'MultiPoint',
        coordinates: [
          [1, 2],
          [3, 4],
        ],
      }),
    ).to.equal('MULTIPOINT (1 2,3 4)');
    expect(toWkt({ type: 'MultiPolygon', coordinates: [[square, square]] })).to.equal(
      'MULTIPOLYGON (((0 0,1 0,1 1,0 0),(0 0,1 0,1 1,0 0)))',
    );
    expect(toWkt({ type: 'GeometryCollection', geometries: [{ type: 'Point', coordinates: [] }] })).to.equal(
      'GEOMETRYCOLLECTION (POINT EMPTY)',
    );
    expect(toWkt({ type: 'Polygon', coordinates: [] })).to.equal('POLYGON EMPTY');
  });

  it('CSV gives back whatever texts are in it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(text), async (names) => {
        const rows = numbered(names.map((name) => ({ ...EMPTY, name })));
        const records = parse(await written('csv', rows), { columns: true }) as { name: string }[];
        expect(records.map(({ name }) => name.replace(/^'(?=[=+\-@\t\r])/, ''))).to.deep.equal(names);
      }),
      { numRuns: 200 },
    );
  });

  it('FlatGeobuf is read back by our own reader: names, types, values and shapes of any layer', async () => {
    await fc.assert(
      fc.asyncProperty(layers, async ({ geometry, rows: given }) => {
        const rows = numbered(given);
        const file = inMemory(await written('fgb', rows, { geometry, provenance: PROVENANCE }), 'x.fgb', 100);
        const read = await readAll(flatgeobuf, file);
        expect(read.issues).to.deep.equal([]);
        expect(read.layers).to.deep.equal([
          { name: 'sites', crs: 4326, columns: ['fid', ...FIELDS.map(({ name }) => name)] },
        ]);
        expect(read.features).to.have.length(rows.length);
        for (const [index, { geometry: shape, properties }] of read.features.entries()) {
          const row = rows[index] as ItemRow;
          expect(shape).to.deep.equal(multi(parsed(row.geojson)));
          const own = FIELDS.map(({ name }) => [name, row[name] ?? null]);
          expect(properties).to.deep.equal({ fid: row.fid, ...Object.fromEntries(own) });
        }
      }),
      { numRuns: 200 },
    );
  });

  it('a stream takes the next batch only when what it wrote of the last one is gone', async () => {
    const long = 'x'.repeat(30_000);
    for (const format of Object.values(ITEM_FORMATS)) {
      let taken = 0;
      const rows = async function* () {
        for (let index = 0; index < 40; index++) {
          taken += 1;
          yield [{ ...ROW, fid: index, name: long }];
        }
      };
      let given = 0;
      for await (const piece of format.write({ id: 'sites', geometry: 'point' }, rows(), { fields: FIELDS })) {
        expect(piece.length, format.id).to.be.below(200_000);
        given += piece.length;
        expect(taken * 30_000 - given, format.id).to.be.below(100_000);
      }
      expect(taken, format.id).to.equal(40);
    }
  });
});
