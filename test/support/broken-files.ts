import { gzipSync } from 'node:zlib';
import mgrs from 'mgrs';
import { dbf, parted, point, shp } from './shapefile.ts';
import { workbook } from './xlsx.ts';
import { type ZipMember, zip } from './zip.ts';

/** A file as it might come, with one thing wrong in it. */
export interface BrokenFile {
  /** Of the file as its sender calls it; no two are alike. */
  readonly name: string;
  readonly content: Uint8Array;
}

type Json = Record<string, unknown>;

const point3 = (lon: unknown, lat: unknown) => ({ type: 'Point', coordinates: [lon, lat] });
const feature = (geometry: unknown, properties: unknown = {}, more: Json = {}): Json => ({
  type: 'Feature',
  ...more,
  geometry,
  properties,
});
const collection = (features: readonly unknown[], more: Json = {}): Json => ({
  type: 'FeatureCollection',
  ...more,
  features,
});
/** Two sound records, so that what is wrong stands beside something that is right. */
const SOUND = [feature(point3(-3.0, 16.77), { name: 'Tombouctou' }), feature(point3(-0.04, 16.27), { name: 'Gao' })];
const ROWS = [
  { name: 'Tombouctou', latitude: 16.77, longitude: -3.0 },
  { name: 'Gao', latitude: 16.27, longitude: -0.04 },
];
const among = (...features: readonly unknown[]) => collection([...SOUND, ...features]);
const polygon = (...rings: readonly (readonly unknown[])[]) => ({ type: 'Polygon', coordinates: rings });
const SQUARE = [
  [-4, 14],
  [-3, 14],
  [-3, 15],
  [-4, 15],
  [-4, 14],
];
const LATIN1 = (text: string) => Buffer.from(text, 'latin1');
const text = (name: string, content: string): BrokenFile => ({ name, content: Buffer.from(content) });
const json = (name: string, value: unknown): BrokenFile => text(name, `${JSON.stringify(value)}\n`);
const zipped = (name: string, members: readonly ZipMember[]): BrokenFile => ({ name, content: zip(members) });

const WGS84 =
  'GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]';
const SITES = shp([point(-3, 16.8), point(0, 16.3)]);
const NAMES = dbf(
  [['name', 'C', 12]],
  [
    [' ', 'Tombouctou'],
    [' ', 'Gao'],
  ],
);
const SHAPES: readonly ZipMember[] = [
  { name: 'sites.shp', content: SITES },
  { name: 'sites.dbf', content: NAMES },
  { name: 'sites.prj', content: WGS84 },
];
const without = (name: string) => SHAPES.filter((member) => member.name !== name);
const instead = (name: string, content: Uint8Array | string): ZipMember[] => [...without(name), { name, content }];

const rows = (...lines: readonly string[]) => `${lines.join('\n')}\n`;
/** Sound rows of a table, after which one comes that is not: columns are known by what most values are. */
const MANY = Array.from({ length: 24 }, (_, index) => ({
  name: `place ${index}`,
  day: `2022-${String(1 + (index % 12)).padStart(2, '0')}-${String(1 + index).padStart(2, '0')}`,
  latitude: (13 + index / 8).toFixed(3),
  longitude: (-6 + index / 5).toFixed(3),
}));
const day = ({ name, day: date, latitude, longitude }: (typeof MANY)[number]) => [name, date, latitude, longitude];
const table = (header: string, ...last: readonly string[]) =>
  rows(header, ...MANY.map((row) => day(row).join()), ...last);
const kml = (body: string) =>
  `<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document>${body}</Document></kml>`;
const placemark = (geometry: string, name = 'Gao') => `<Placemark><name>${name}</name>${geometry}</Placemark>`;
const gpx = (body: string) =>
  `<?xml version="1.0"?><gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1">${body}</gpx>`;
const deep = (levels: number, inside: string) => '['.repeat(levels) + inside + ']'.repeat(levels);

/** Files that are wrong in one way each, as the people who send files make them. Made here: none is kept. */
export const BROKEN_FILES: readonly BrokenFile[] = [
  // GeoJSON, as RFC 7946 has it and as people write it.
  json(
    'axes-swapped.geojson',
    collection(
      [
        [16.77, -3.0],
        [16.27, -0.04],
        [14.35, -3.6],
        [12.65, -8.0],
      ].map(([a, b]) => feature(point3(a, b))),
    ),
  ),
  json(
    'one-axis-swapped.geojson',
    collection([
      ...Array.from({ length: 24 }, (_, index) => feature(point3(-6 + index / 5, 13 + index / 8))),
      feature(point3(14.77, -3.0), { name: 'Douentza' }),
    ]),
  ),
  json('beyond-the-poles.geojson', among(feature(point3(-3, 116.8)))),
  json('beyond-the-dateline.geojson', among(feature(point3(-363, 16.8)))),
  json('null-island.geojson', among(feature(point3(0, 0)))),
  json('ring-open.geojson', among(feature(polygon(SQUARE.slice(0, 4))))),
  json('ring-short.geojson', among(feature(polygon([SQUARE[0], SQUARE[1], SQUARE[0]] as number[][])))),
  json('ring-clockwise.geojson', among(feature(polygon(SQUARE.toReversed())))),
  json(
    'bow-tie.geojson',
    collection([
      feature(
        polygon([
          [-4, 14],
          [-3, 15],
          [-3, 14],
          [-4, 15],
          [-4, 14],
        ]),
      ),
      feature(polygon(SQUARE)),
    ]),
  ),
  json(
    'flat-polygon.geojson',
    collection([
      feature(
        polygon([
          [-4, 14],
          [-3, 15],
          [-2, 16],
          [-4, 14],
        ]),
      ),
      feature(polygon(SQUARE)),
    ]),
  ),
  json(
    'hole-outside.geojson',
    collection([
      feature(
        polygon(SQUARE, [
          [0, 0],
          [0, 1],
          [1, 1],
          [0, 0],
        ]),
      ),
    ]),
  ),
  json(
    'antimeridian.geojson',
    collection([
      feature({
        type: 'LineString',
        coordinates: [
          [179, 14],
          [-179, 15],
        ],
      }),
    ]),
  ),
  json(
    'line-of-one.geojson',
    collection([
      feature({ type: 'LineString', coordinates: [[-3, 14]] }),
      feature({
        type: 'LineString',
        coordinates: [
          [-3, 14],
          [-2, 15],
        ],
      }),
    ]),
  ),
  json('empty-coordinates.geojson', among(feature({ type: 'Point', coordinates: [] }))),
  json('text-coordinates.geojson', among(feature(point3('-3.0', '16.77')))),
  json('null-coordinate.geojson', among(feature(point3(-3, null)))),
  json('no-geometry.geojson', among(feature(null, { name: 'nowhere' }))),
  json('geometry-missing.geojson', among({ type: 'Feature', properties: { name: 'nowhere' } })),
  json('properties-missing.geojson', among({ type: 'Feature', geometry: point3(-3, 16) })),
  json('properties-a-list.geojson', among(feature(point3(-3, 16), ['a', 'b']))),
  json('unknown-geometry.geojson', among(feature({ type: 'Circle', coordinates: [-3, 16], radius: 4 }))),
  json('mixed-geometry.geojson', among(feature(polygon(SQUARE)))),
  json('not-a-feature.geojson', among({ type: 'Place', lon: -3 }, 7, null)),
  json(
    'ids-twice.geojson',
    collection([
      feature(point3(-3, 16.77), {}, { id: 'a' }),
      feature(point3(0, 16.27), {}, { id: 'a' }),
      feature(point3(1, 16), {}, { id: 'b' }),
    ]),
  ),
  json('id-an-object.geojson', among(feature(point3(1, 16), {}, { id: { n: 1 } }))),
  json('bare-geometry.geojson', {
    type: 'MultiPoint',
    coordinates: [
      [-3, 16],
      [0, 16],
    ],
  }),
  json('bare-list.json', SOUND),
  json(
    'crs-web-mercator.geojson',
    collection([feature(point3(-333958, 1893345))], {
      crs: { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::3857' } },
    }),
  ),
  json('crs-unknown.geojson', collection(SOUND, { crs: { type: 'name', properties: { name: 'the usual one' } } })),
  json('metres-for-degrees.geojson', collection([feature(point3(-333958, 1893345)), feature(point3(-4453, 1836000))])),
  json('empty-collection.geojson', collection([])),
  text('features-missing.geojson', '{"type":"FeatureCollection"}\n'),
  text('cut-off.geojson', JSON.stringify(among(feature(point3(1, 16)))).slice(0, -40)),
  text('trailing-comma.geojson', JSON.stringify(collection(SOUND)).replace(']}', ',]}')),
  text(
    'not-a-number.geojson',
    '{"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Point","coordinates":[NaN,16]},"properties":{}}]}',
  ),
  text('two-documents.geojson', `${JSON.stringify(collection(SOUND))}${JSON.stringify(collection(SOUND))}`),
  text('byte-order-mark.geojson', `\ufeff${JSON.stringify(collection(SOUND))}`),
  text(
    'ten-thousand-deep.geojson',
    `{"type":"FeatureCollection","features":[{"type":"Feature","geometry":null,"properties":{"a":${deep(10_000, '1')}}}]}`,
  ),
  text('nul-character.geojson', JSON.stringify(among(feature(point3(1, 16), { name: 'Ga\u0000o' })))),
  {
    name: 'latin1.geojson',
    content: LATIN1(JSON.stringify(collection([feature(point3(-3, 16.77), { name: 'Ménaka' })]))),
  },
  { name: 'utf16.geojson', content: Buffer.from(`\ufeff${JSON.stringify(collection(SOUND))}`, 'utf16le') },
  json(
    'mojibake.geojson',
    collection(['MÃ©naka', 'SÃ©gou', 'Gao'].map((name, index) => feature(point3(-3 + index, 16), { name }))),
  ),
  text('one-bad-line.geojsonl', rows(JSON.stringify(SOUND[0]), '{"type":"Feature",', JSON.stringify(SOUND[1]))),
  {
    name: 'gzip-cut.geojson.gz',
    content: gzipSync(
      JSON.stringify(
        collection(Array.from({ length: 500 }, (_, index) => feature(point3(-3 + index / 500, 16 + Math.sin(index))))),
      ),
    ).subarray(0, 3000),
  },
  {
    name: 'bomb.geojson.gz',
    content: gzipSync(
      Buffer.concat([Buffer.from('{"type":"FeatureCollection","features":['), Buffer.alloc(60_000_000, ' ')]),
    ),
  },

  // Tables.
  text('no-position.csv', rows('name,workers', 'Intahaka,120', "N'Tillit,30")),
  text('decimal-commas.csv', rows('name;latitude;longitude', 'Tombouctou;16,77;-3,00', 'Gao;16,27;-0,04')),
  text('degrees-minutes.csv', rows('name,latitude,longitude', "Tombouctou,16°46'N,3°00'W", "Gao,16°16'N,0°03'W")),
  text(
    'latitude-missing.csv',
    rows('name,latitude,longitude', 'Tombouctou,16.77,-3.00', 'Gao,,-0.04', 'Kidal,18.44,1.41'),
  ),
  text(
    'latitude-words.csv',
    rows('name,latitude,longitude', 'Tombouctou,16.77,-3.00', 'Gao,unknown,-0.04', 'Kidal,18.44,1.41'),
  ),
  text(
    'too-few-fields.csv',
    rows('name,latitude,longitude', 'Tombouctou,16.77,-3.00', 'Gao,16.27', 'Kidal,18.44,1.41'),
  ),
  text('too-many-fields.csv', rows('name,latitude,longitude', 'Gao, the town,16.27,-0.04', 'Kidal,18.44,1.41')),
  text('quote-open.csv', rows('name,latitude,longitude', '"Gao,16.27,-0.04', 'Kidal,18.44,1.41')),
  text('header-twice.csv', rows('name,name,latitude,longitude', 'Gao,Gawgaw,16.27,-0.04')),
  text('title-rows.csv', rows('Sites 2022,,', ',,', 'name,latitude,longitude', 'Gao,16.27,-0.04', 'Kidal,18.44,1.41')),
  text('header-only.csv', rows('name,latitude,longitude')),
  text('same-row-twice.csv', rows('name,latitude,longitude', 'Gao,16.27,-0.04', 'Gao,16.27,-0.04', 'Kidal,18.44,1.41')),
  text(
    'nearly-the-same.csv',
    table('name,date,latitude,longitude', 'attack,2022-05-01,16.27,-0.04', 'attack,2022-05-02,16.271,-0.041'),
  ),
  text('impossible-date.csv', table('name,date,latitude,longitude', 'Gao,2022-02-30,16.27,-0.04')),
  text(
    'future-date.csv',
    rows('name,date,latitude,longitude', 'Gao,2202-02-03,16.27,-0.04', 'Kidal,2022-03-01,18.44,1.41'),
  ),
  text(
    'dates-either-way.csv',
    rows(
      'name,date,latitude,longitude',
      ...MANY.slice(0, 9).map(
        ({ name, latitude, longitude }, index) => `${name},0${index + 1}/04/2022,${latitude},${longitude}`,
      ),
    ),
  ),
  text(
    'dates-mixed.csv',
    rows(
      'name,date,latitude,longitude',
      ...MANY.map(
        ({ name, latitude, longitude }, index) =>
          `${name},${index % 2 ? `${13 + (index % 9)}/05/2022` : `05/${13 + (index % 9)}/2022`},${latitude},${longitude}`,
      ),
    ),
  ),
  text(
    'end-before-start.csv',
    rows(
      'name,start_date,end_date,latitude,longitude',
      'Gao,2022-05-01,2021-05-01,16.27,-0.04',
      'Kidal,2022-03-01,2022-04-01,18.44,1.41',
    ),
  ),
  text(
    'numbers-as-text.csv',
    rows(
      'name,workers,latitude,longitude',
      ...MANY.map(({ name, latitude, longitude }, index) => `${name},"${index * 50}",${latitude},${longitude}`),
      "N'Abaw,about 30,16.5,0.1",
    ),
  ),
  text(
    'wkt-broken.csv',
    rows('name;geometry', 'Gao;POINT(-0.04 16.27)', 'Kidal;POINT(1.41', 'Aguelhok;POINT(0.85 19.46)'),
  ),
  text(
    'mgrs-wrong.csv',
    rows(
      'name,mgrs',
      ...MANY.map(
        ({ name, latitude, longitude }) => `${name},${mgrs.forward([Number(longitude), Number(latitude)], 4)}`,
      ),
      'Kidal,31QXX',
    ),
  ),
  text('grid-of-another-kind.csv', rows('name,grid', 'Gao,IJ31', 'Kidal,JK33', 'Aguelhok,JK34')),
  text('hxl-tags.csv', rows('Lieu,Lat,Lon', '#loc+name,#geo+lat,#geo+lon', 'Gao,16.27,-0.04', 'Kidal,18.44,1.41')),
  {
    name: 'windows-1252.csv',
    content: LATIN1(rows('name,latitude,longitude', 'Ménaka,15.92,2.40', 'Ségou,13.43,-6.26')),
  },
  text(
    'sign-flipped.csv',
    rows('name,region,latitude,longitude', 'Menaka,Gao,15.92,-2.40', 'Ansongo,Gao,15.66,0.50', 'Gao,Gao,16.27,-0.04'),
  ),

  // Archives, workbooks, XML.
  zipped('no-prj.zip', without('sites.prj')),
  zipped('no-dbf.zip', without('sites.dbf')),
  zipped('no-shp.zip', without('sites.shp')),
  zipped('table-too-short.zip', instead('sites.dbf', dbf([['name', 'C', 12]], [[' ', 'Tombouctou']]))),
  zipped('shape-cut.zip', instead('sites.shp', SITES.subarray(0, SITES.length - 6))),
  zipped('null-shape.zip', instead('sites.shp', shp([point(-3, 16.8), Buffer.alloc(4)]))),
  zipped('lone-hole.zip', [
    ...without('sites.shp').filter(({ name }) => name !== 'sites.dbf'),
    { name: 'sites.shp', content: shp([parted(5, [SQUARE])]) },
    { name: 'sites.dbf', content: dbf([['name', 'C', 12]], [[' ', 'hole']]) },
  ]),
  zipped('path-traversal.zip', [...SHAPES, { name: '../../etc/cron.d/sites', content: '* * * * * root true' }]),
  zipped(
    'utm-prj.zip',
    instead(
      'sites.prj',
      'PROJCS["WGS_1984_UTM_Zone_30N",GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],PARAMETER["False_Easting",500000.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",-3.0],PARAMETER["Scale_Factor",0.9996],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]',
    ),
  ),
  zipped('bomb.zip', [
    { name: 'sites.shp', content: Buffer.concat([SITES.subarray(0, 100), Buffer.alloc(40_000_000)]) },
    { name: 'sites.dbf', content: NAMES },
  ]),
  zipped('encrypted.zip', [
    { name: 'sites.shp', content: SITES, flags: 1 },
    { name: 'sites.dbf', content: NAMES },
  ]),
  zipped('nothing-in-it.zip', []),
  { name: 'zip-cut.zip', content: zip(SHAPES).subarray(0, 200) },
  zipped(
    'sheet-without-header.xlsx',
    workbook({
      Sites: [
        [16.27, -0.04, 12],
        [18.44, 1.41, 13],
      ],
    }),
  ),
  zipped(
    'sheet-with-error.xlsx',
    workbook({
      Sites: [
        ['name', 'latitude', 'longitude'],
        ['Gao', 16.27, -0.04],
        ['Kidal', { raw: '<c t="e"><v>#N/A</v></c>' }, 1.41],
      ],
    }),
  ),
  zipped('empty-sheet.xlsx', workbook({ Sites: [] })),
  text(
    'unclosed.kml',
    kml(placemark('<Point><coordinates>-0.04,16.27</coordinates></Point>')).replace('</Document></kml>', ''),
  ),
  text(
    'no-coordinates.kml',
    kml(
      placemark('<Point><coordinates></coordinates></Point>') +
        placemark('<Point><coordinates>1.41,18.44</coordinates></Point>', 'Kidal'),
    ),
  ),
  text(
    'entities.kml',
    `<!DOCTYPE kml [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>${kml(placemark('<Point><coordinates>-0.04,16.27</coordinates></Point>', '&b;'))}`,
  ),
  text(
    'latitude-beyond.gpx',
    gpx('<wpt lat="96.27" lon="-0.04"><name>Gao</name></wpt><wpt lat="18.44" lon="1.41"><name>Kidal</name></wpt>'),
  ),
  // Lists of records in JSON, as data services give them.
  json('rows-unlike.json', { data: [...ROWS, 'Kidal', { name: 'Kidal', position: { latitude: 18.44 } }] }),
  json('rows-axes-swapped.json', [...ROWS, { name: 'Kidal', latitude: '141.1', longitude: '18.4' }]),
  text('rows-not-a-number.json', JSON.stringify({ count: 2, data: ROWS }).replace('16.27', 'NaN')),
  text('rows-cut-off.json', JSON.stringify({ count: 2, data: ROWS }).slice(0, -20)),
  json('rows-none.json', { count: 0, data: [] }),
  json('rows-refused.json', { status: 403, success: false, error: { message: 'Access denied' } }),
  { name: 'empty.csv', content: new Uint8Array() },
  { name: 'picture.png', content: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]) },
  text('words.txt', 'Dear colleagues,\n\nplease find attached the list of sites.\n'),
];
