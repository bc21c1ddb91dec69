import { existsSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { csv } from '../../../server/ingest/csv.ts';
import { SchemaInference } from '../../../server/ingest/infer-schema.ts';
import { inferLocation } from '../../../server/ingest/locate/infer-location.ts';
import { locate } from '../../../server/ingest/locate/locate.ts';
import type { Location } from '../../../server/ingest/locate/location.ts';
import { parseCoordinate } from '../../../server/ingest/locate/parse-coordinate.ts';
import { parseMgrs } from '../../../server/ingest/locate/parse-mgrs.ts';
import { InvalidWkt, parseWkt } from '../../../server/ingest/locate/parse-wkt.ts';
import { LIMITS } from '../../../server/ingest/source.ts';
import { inMemory, readAll } from '../../support/readings.ts';

const DATA = new URL('../../../../shared/data/', import.meta.url);

describe('inferLocation', () => {
  const degrees = ['-3.04', '16.27'];
  const metres = ['712345.6', '1798000'];
  const cases: [string, string[], string[], Location | null][] = [
    ['latitude and longitude', ['lon', 'lat'], degrees, { type: 'lonlat', lon: 'lon', lat: 'lat' }],
    [
      'names in capitals and French',
      ['LONGITUDE (X)', 'Latitude décimale'],
      degrees,
      { type: 'lonlat', lon: 'LONGITUDE (X)', lat: 'Latitude décimale' },
    ],
    [
      'longer names',
      ['_gps_longitude', '_gps_latitude'],
      degrees,
      { type: 'lonlat', lon: '_gps_longitude', lat: '_gps_latitude' },
    ],
    ['x and y in degrees', ['POINT_X', 'POINT_Y'], degrees, { type: 'lonlat', lon: 'POINT_X', lat: 'POINT_Y' }],
    ['x and y of a grid', ['X', 'Y'], metres, { type: 'xy', x: 'X', y: 'Y' }],
    ['French x and y', ['Coordonnée X', 'Coordonnée Y'], metres, { type: 'xy', x: 'Coordonnée X', y: 'Coordonnée Y' }],
    ['names of degrees over a grid', ['Longitude', 'Latitude'], metres, { type: 'xy', x: 'Longitude', y: 'Latitude' }],
    ['decimal commas', ['Long', 'Lat'], ['-3,04', '16,27'], { type: 'lonlat', lon: 'Long', lat: 'Lat' }],
    [
      'degrees and minutes',
      ['Lng', 'Lat'],
      ['3°02\'33" W', '16°16\'18" N'],
      { type: 'lonlat', lon: 'Lng', lat: 'Lat' },
    ],
    ['WKT', ['id', 'geom'], ['1', 'POINT (1 2)'], { type: 'wkt', column: 'geom', srid: null }],
    ['EWKT', ['id', 'geom'], ['1', 'SRID=32630;POINT (1 2)'], { type: 'wkt', column: 'geom', srid: 32630 }],
    ['GeoJSON', ['id', 'g'], ['1', '{"type":"Point","coordinates":[1,2]}'], { type: 'geojson', column: 'g' }],
    ['MGRS', ['id', 'position'], ['1', '4QFJ 1234 6789'], { type: 'mgrs', column: 'position' }],
    ['names that lie', ['lon', 'lat'], ['west', 'north'], null],
    ['one coordinate alone', ['lat', 'name'], ['16.2', 'Gao'], null],
    ['nothing', ['a', 'b'], ['1', '2'], null],
  ];
  for (const [title, columns, values, location] of cases) {
    const row = Object.fromEntries(columns.map((column, at) => [column, values[at]]));
    it(`knows ${title}`, () => expect(inferLocation(columns, [row, row])).to.deep.equal(location));
  }

  it('goes by HXL tags first', () => {
    const row = { lon: '0', a: '-3', b: '16', lat: '0' };
    expect(inferLocation(['lon', 'a', 'b', 'lat'], [row], ['', '#geo+lon', '#geo+lat', ''])).to.deep.equal({
      type: 'lonlat',
      lon: 'a',
      lat: 'b',
    });
  });

  it('takes areas in WKT before the middle of them', () => {
    const row = { lon: '1', lat: '2', wkt: 'POLYGON((0 0,1 0,1 1,0 0))' };
    expect(inferLocation(['lon', 'lat', 'wkt'], [row])?.type).to.equal('wkt');
    expect(inferLocation(['lon', 'lat', 'wkt'], [{ ...row, wkt: 'POINT(1 2)' }])?.type).to.equal('lonlat');
  });

  it('goes by names alone where the table is empty', () => {
    expect(inferLocation(['lat', 'lon'], [])).to.deep.equal({ type: 'lonlat', lon: 'lon', lat: 'lat' });
  });
});

describe('locate', () => {
  const lonlat: Location = { type: 'lonlat', lon: 'x', lat: 'y' };
  const at = (properties: Record<string, unknown>, location: Location = lonlat) =>
    locate({ index: 4, place: { line: 9 }, id: null, geometry: null, properties }, location);

  it('makes a point of two columns', () => {
    const { feature, issues } = at({ x: '-3.04', y: 16.27 });
    expect(feature?.geometry).to.deep.equal({ type: 'Point', coordinates: [-3.04, 16.27] });
    expect(issues).to.deep.equal([]);
  });

  it('leaves ranges to the checks', () => {
    expect(at({ x: '512', y: '-140' }).feature?.geometry).to.deep.equal({ type: 'Point', coordinates: [512, -140] });
  });

  it('keeps rows without position, and says when half of one is missing', () => {
    for (const empty of [null, '', ' ', 'NA', 'n/a', '-']) {
      const { feature, issues } = at({ x: empty, y: empty });
      expect([feature?.geometry, issues]).to.deep.equal([null, []]);
    }
    const { feature, issues } = at({ x: '3', y: null });
    expect(feature?.geometry).to.equal(null);
    expect(issues[0]).to.deep.include({
      code: 'position-incomplete',
      severity: 'warning',
      index: 4,
      place: { line: 9, pointer: 'y' },
    });
  });

  it('notes what was written otherwise', () => {
    const { feature, issues } = at({ x: '3°02\'33" O', y: '16,5' });
    expect(feature?.geometry).to.deep.equal({ type: 'Point', coordinates: [-(3 + 2 / 60 + 33 / 3600), 16.5] });
    expect(issues.map(({ code, severity, place }) => [code, severity, place.pointer])).to.deep.equal([
      ['degrees-minutes', 'note', 'x'],
      ['decimal-comma', 'note', 'y'],
    ]);
  });

  const wrong: [Record<string, unknown>, Location, string][] = [
    [{ x: 'NaN', y: '1' }, lonlat, 'coordinate-not-a-number'],
    [{ x: 'west', y: '1' }, lonlat, 'coordinate-not-a-number'],
    [{ x: '1', y: '1 E' }, lonlat, 'coordinate-not-a-number'],
    [{ x: '1e999', y: '1' }, lonlat, 'coordinate-not-a-number'],
    [{ x: "3°2'", y: '1' }, { type: 'xy', x: 'x', y: 'y' }, 'coordinate-not-a-number'],
    [{ g: 'POINT (1)' }, { type: 'wkt', column: 'g', srid: null }, 'not-wkt'],
    [{ g: 'SRID=32630;POINT (1 2)' }, { type: 'wkt', column: 'g', srid: null }, 'wkt-srid'],
    [{ g: '99XYZ' }, { type: 'mgrs', column: 'g' }, 'not-mgrs'],
    [{ g: '{"type":"Point"' }, { type: 'geojson', column: 'g' }, 'not-geojson-geometry'],
    [{ g: '{"type":"Point","coordinates":["1",2]}' }, { type: 'geojson', column: 'g' }, 'not-geojson-geometry'],
    [{ g: '12' }, { type: 'geojson', column: 'g' }, 'not-geojson-geometry'],
  ];
  for (const [row, location, code] of wrong) {
    it(`refuses ${JSON.stringify(row)} as ${location.type}`, () => {
      const { feature, issues } = at(row, location);
      expect(feature).to.equal(null);
      expect(issues).to.have.length(1);
      expect(issues[0]).to.include({ code, severity: 'error', index: 4 });
    });
  }

  it('reads WKT, MGRS and GeoJSON of a column, and none', () => {
    for (const type of ['wkt', 'mgrs', 'geojson'] as const) {
      const location = { type, column: 'g', srid: null } as Location;
      expect(at({ g: null }, location)).to.deep.include({ issues: [] });
    }
    expect(
      at({ g: 'SRID=32630;POINT (1 2)' }, { type: 'wkt', column: 'g', srid: 32630 }).feature?.geometry,
    ).to.deep.equal({
      type: 'Point',
      coordinates: [1, 2],
    });
    const json = '{"type":"Feature","geometry":{"type":"Point","coordinates":[1,2]}}';
    expect(at({ g: json }, { type: 'geojson', column: 'g' }).feature?.geometry?.type).to.equal('Point');
  });
});

describe('parseCoordinate', () => {
  const cases: [string, 'lon' | 'lat' | 'grid', number | null][] = [
    ['-3.0426', 'lon', -3.0426],
    [' 16,27 ', 'lat', 16.27],
    ['\u22123.5', 'lon', -3.5],
    ['3.5 W', 'lon', -3.5],
    ['3.5O', 'lon', -3.5],
    ['N 16.5', 'lat', 16.5],
    ["16° 30' N", 'lat', 16.5],
    ['16°30’36”S', 'lat', -16.51],
    ['16 30 36', 'lat', 16.51],
    ['-16 30 36', 'lat', -16.51],
    ["3º2.5'W", 'lon', -(3 + 2.5 / 60)],
    ["1°2'3.6''E", 'lon', 1 + 2 / 60 + 3.6 / 3600],
    ["16°30' E", 'lat', null],
    ['3.5 N', 'lon', null],
    ['-3 W', 'lon', null],
    ['W 3 W', 'lon', null],
    ["3°60'", 'lon', null],
    ["3.5°10'", 'lon', null],
    ['12.345.678', 'grid', null],
    ['1,234.5', 'grid', null],
    ['16 30 36 S', 'lat', -16.51],
    ['16d30m36s S', 'lat', -16.51],
    ['16:30:36', 'lat', 16.51],
    ['1,234.5', 'lon', null],
    ['12.345.678', 'lon', null],
    ['', 'lon', null],
    ['NaN', 'lon', null],
    ['Infinity', 'lon', null],
    ['0x10', 'lon', null],
  ];
  for (const [text, axis, value] of cases) {
    it(`of ${JSON.stringify(text)} as ${axis} is ${value}`, () => {
      const found = parseCoordinate(text, axis);
      if (value === null) expect(found).to.equal(null);
      else expect(found?.value).to.be.closeTo(value, 1e-12);
    });
  }

  it('takes no long time over any text', () => {
    const began = performance.now();
    for (const text of ['1'.repeat(50_000), `1${' '.repeat(50_000)}x`, `${'1 '.repeat(20_000)}x`])
      parseCoordinate(text, 'lon');
    expect(performance.now() - began).to.be.below(500);
  });
});

describe('parseWkt', () => {
  const cases: [string, unknown][] = [
    ['POINT(1 2)', { type: 'Point', coordinates: [1, 2] }],
    ['point z (1 -2.5 3e1)', { type: 'Point', coordinates: [1, -2.5, 30] }],
    ['POINTZM(1 2 3 4)', { type: 'Point', coordinates: [1, 2, 3] }],
    ['POINT M (1 2 9)', { type: 'Point', coordinates: [1, 2] }],
    ['POINT(1 2 3)', { type: 'Point', coordinates: [1, 2, 3] }],
    [
      'LINESTRING (0 0,\n1 1)',
      {
        type: 'LineString',
        coordinates: [
          [0, 0],
          [1, 1],
        ],
      },
    ],
    [
      'POLYGON((0 0,1 0,1 1,0 0),(.1 .1,.2 .1,.2 .2,.1 .1))',
      {
        type: 'Polygon',
        coordinates: [
          [
            [0, 0],
            [1, 0],
            [1, 1],
            [0, 0],
          ],
          [
            [0.1, 0.1],
            [0.2, 0.1],
            [0.2, 0.2],
            [0.1, 0.1],
          ],
        ],
      },
    ],
    [
      'MULTIPOINT((1 2),(3 4))',
      {
        type: 'MultiPoint',
        coordinates: [
          [1, 2],
          [3, 4],
        ],
      },
    ],
    [
      'MULTIPOINT(1 2, 3 4)',
      {
        type: 'MultiPoint',
        coordinates: [
          [1, 2],
          [3, 4],
        ],
      },
    ],
    [
      'MULTILINESTRING((1 2,3 4),(5 6,7 8))',
      {
        type: 'MultiLineString',
        coordinates: [
          [
            [1, 2],
            [3, 4],
          ],
          [
            [5, 6],
            [7, 8],
          ],
        ],
      },
    ],
    [
      'MULTIPOLYGON(((0 0,1 0,1 1,0 0)))',
      {
        type: 'MultiPolygon',
        coordinates: [
          [
            [
              [0, 0],
              [1, 0],
              [1, 1],
              [0, 0],
            ],
          ],
        ],
      },
    ],
    [
      'GEOMETRYCOLLECTION(POINT(1 2),POINT EMPTY,LINESTRING(0 0,1 1))',
      {
        type: 'GeometryCollection',
        geometries: [
          { type: 'Point', coordinates: [1, 2] },
          {
            type: 'LineString',
            coordinates: [
              [0, 0],
              [1, 1],
            ],
          },
        ],
      },
    ],
    ['POLYGON EMPTY', null],
  ];
  for (const [text, geometry] of cases) {
    it(`reads ${text}`, () => expect(parseWkt(text)).to.deep.equal({ geometry, srid: null }));
  }

  it('reads the SRID of EWKT', () => expect(parseWkt(' SRID=32630; POINT(1 2)').srid).to.equal(32630));

  for (const text of [
    '',
    'POINT',
    'POINT(1)',
    'POINT(1 2',
    'POINT(1 2))',
    'POINT(1,2)',
    'POINT(1 2a)',
    'POINT(NaN 1)',
    'POINT(1e999 1)',
    'CIRCLE(1 2)',
    'POINT Z(1 2)',
    'LINESTRING()',
    'SRID=x;POINT(1 2)',
    '{"type":"Point"}',
    'GEOMETRYCOLLECTION('.repeat(1000),
  ]) {
    it(`refuses ${JSON.stringify(text.slice(0, 40))}`, () => expect(() => parseWkt(text)).to.throw(InvalidWkt));
  }

  it('bounds what it builds', () =>
    expect(() => parseWkt('MULTIPOINT(1 2,3 4,5 6)', 2)).to.throw(InvalidWkt, '2 vertices'));

  it('is a geometry or InvalidWkt for any text', () => {
    const word = fc.constantFrom(
      'POINT',
      'MULTIPOLYGON',
      'GEOMETRYCOLLECTION',
      'Z',
      'EMPTY',
      '(',
      ')',
      ',',
      ' ',
      '1',
      '-2.5',
      'SRID=1;',
      '$',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(word, { maxLength: 30 }).map((words) => words.join('')),
          fc.string(),
        ),
        (text) => {
          try {
            parseWkt(text);
          } catch (error) {
            expect(error).to.be.instanceOf(InvalidWkt);
          }
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe('parseMgrs', () => {
  // The middle of the square of one metre, by GEOTRANS's formulas to five decimals.
  it('gives the middle of the square', () => {
    const [lon, lat] = parseMgrs('4QFJ1234567890') ?? [Number.NaN, Number.NaN];
    expect(lon).to.be.closeTo(-157.91609, 1e-3);
    expect(lat).to.be.closeTo(21.40973, 1e-3);
  });
  for (const text of ['', 'Gao', '61PVB12345678', '30IVB12345678', '30PVB123', '30PVZ1234', 'NaN', '30PVH1234512345']) {
    it(`refuses ${text}`, () => expect(parseMgrs(text)).to.equal(null));
  }
  it('is a position or null for any text', () => {
    const letter = fc.constantFrom(...'0123456789ABCDEFGHJKLMNPQRSTUVWXYZ ');
    fc.assert(
      fc.property(fc.string({ unit: letter, maxLength: 15 }), (text) => {
        const found = parseMgrs(`30P${text}`);
        if (found) expect(found.every(Number.isFinite)).to.equal(true);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('SchemaInference', () => {
  const infer = (...values: unknown[]) => {
    const schema = new SchemaInference();
    for (const [i, value] of values.entries()) schema.add({ v: value }, { line: i + 2 });
    return schema.result()[0];
  };
  const many = (count: number, value: (i: number) => unknown) => Array.from({ length: count }, (_, i) => value(i));

  const cases: [string, unknown[], string][] = [
    ['integers as text', ['1', '22', '-3'], 'integer'],
    ['numbers', [1, 2.5, null], 'number'],
    ['numbers with commas', ['1,5', '2', '3,25'], 'number'],
    ['codes with zeros before them', ['007', '012'], 'text'],
    ['numbers too long to be whole', ['12345678901234567890'], 'text'],
    ['yes and no', ['oui', 'non', 'oui'], 'boolean'],
    ['days', ['2020-01-31', '31/01/2020', '1er février 2020', '3 March 2021'], 'date'],
    ['times', ['2020-01-31T10:00:00Z', '2020-01-31 10:00', '2020-02-01'], 'datetime'],
    ['days that no calendar has', ['2020-02-30', '31/04/2020'], 'text'],
    ['words that come again', many(30, (i) => ['ied', 'mine', 'attack'][i % 3]), 'enumeration'],
    ['words that do not', many(30, (i) => `word ${i}`), 'text'],
    ['nested values', [{ a: 1 }, [1]], 'json'],
    ['nothing', [null, '', 'NA'], 'text'],
  ];
  for (const [title, values, type] of cases) {
    it(`takes ${title} for ${type}`, () => expect(infer(...values)?.type).to.equal(type));
  }

  it('counts what does not fit, with the first example and its place', () => {
    const column = infer(...many(60, (i) => (i === 40 || i === 50 ? `x${i}` : `${i}`)), null, 'NA');
    expect(column).to.include({ type: 'integer', values: 60, nulls: 2, misfits: 2, fromText: 58 });
    expect(column?.firstMisfit).to.deep.equal({ value: 'x40', place: { line: 42 } });
  });

  it('counts records without the column as null', () => {
    const schema = new SchemaInference();
    schema.add({ a: 1 }, {});
    schema.add({ a: 2, b: 1 }, {});
    schema.add({ a: 2 }, {});
    expect(schema.result().map(({ name, values, nulls }) => [name, values, nulls])).to.deep.equal([
      ['a', 3, 0],
      ['b', 1, 2],
    ]);
  });

  const orders: [string[], string | null][] = [
    [['03/04/2020', '05/06/2020'], 'ambiguous'],
    [['03/04/2020', '25/06/2020'], 'day-month'],
    [['03/04/2020', '06/25/2020'], 'month-day'],
    [['25/06/2020', '06/25/2020'], 'mixed'],
    [['03/03/2020', '2020-01-02'], null],
  ];
  for (const [values, order] of orders) {
    it(`says that the order in ${values.join(' and ')} is ${order}`, () =>
      expect(infer(...values)?.dateOrder).to.equal(order));
  }

  it('lists categories by number', () => {
    expect(infer(...many(12, (i) => (i < 8 ? 'a' : 'b')))?.categories).to.deep.equal([
      { value: 'a', count: 8 },
      { value: 'b', count: 4 },
    ]);
  });

  it('follows no more than 2,000 columns', () => {
    const schema = new SchemaInference();
    for (let i = 0; i < 2100; i += 1) schema.add({ [`c${i}`]: 1 }, {});
    expect([schema.result().length, schema.dropped]).to.deep.equal([2000, 100]);
  });
});

describe('a real table', () => {
  it('is located, and its columns have types', async function () {
    const url = new URL('mli_settlements.csv', DATA);
    if (!existsSync(url)) {
      console.log('      mli_settlements.csv is not in ../shared/data');
      this.skip();
    }
    const { layers, features } = await readAll(csv, inMemory(readFileSync(url), 'mli_settlements.csv'));
    const location = inferLocation(
      layers[0]?.columns ?? [],
      features.slice(0, 100).map(({ properties }) => properties),
    );
    expect(location).to.deep.equal({ type: 'lonlat', lon: 'longitude', lat: 'latitude' });
    const located = features.map((feature) => locate(feature, location as Location, LIMITS));
    expect(located.filter(({ feature }) => feature?.geometry)).to.have.length(18_769);
    const schema = new SchemaInference();
    for (const { properties, place } of features) schema.add(properties, place);
    const types = Object.fromEntries(schema.result().map(({ name, type }) => [name, type]));
    expect(types).to.include({
      featureNam: 'text',
      longitude: 'number',
      date: 'date',
      admin1Name: 'enumeration',
      popPlaceCl: 'integer',
    });
  });
});
