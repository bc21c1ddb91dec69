import { existsSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import type { Geometry } from 'geojson';
import { describe, it } from 'mocha';
import { LimitExceeded, UnreadableFile } from '../../../server/ingest/errors.ts';
import { shapefile } from '../../../server/ingest/shapefile.ts';
import { LIMIT_SETTINGS, type Limits } from '../../../server/ingest/source.ts';
import { codes, expectNoSurprise, failure, inMemory, readAll } from '../../support/readings.ts';
import { type Column, dbf, doubles, int, parted, point, shp } from '../../support/shapefile.ts';
import { type ZipMember, zip } from '../../support/zip.ts';

const REAL = new URL('../../../../shared/data/mli_adm1_shapefile.zip', import.meta.url);
const WGS84 = 'GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984"]]';

const NAMED: readonly Column[] = [['name', 'C', 10]];
const POINTS = shp([point(-3, 16.8), point(0, 16.3)]);
const layer = (shapes: readonly Buffer[]): ZipMember[] => [
  { name: 'sites.shp', content: shp(shapes) },
  {
    name: 'sites.dbf',
    content: dbf(
      NAMED,
      shapes.map((_, index) => [' ', `site ${index}`]),
    ),
  },
  { name: 'sites.prj', content: WGS84 },
];

const read = (members: readonly ZipMember[], limits: Partial<Limits> = {}) =>
  readAll(shapefile, inMemory(zip(members), 'sent.zip'), limits);
const geometries = async (shapes: readonly Buffer[], limits = {}): Promise<(Geometry | null)[]> =>
  (await read(layer(shapes), limits)).features.map(({ geometry }) => geometry);

const square = (x: number, y: number, size: number, clockwise: boolean): number[][] => {
  const ring = [
    [x, y],
    [x + size, y],
    [x + size, y + size],
    [x, y + size],
    [x, y],
  ];
  return clockwise ? ring.reverse() : ring;
};

describe('Shapefiles', () => {
  it('of the real world come whole', async function () {
    if (!existsSync(REAL)) return this.skip();
    const { layers, features, issues } = await readAll(shapefile, inMemory(readFileSync(REAL), 'mli.zip'));
    expect(issues).to.deep.equal([]);
    expect(layers).to.have.length(1);
    expect(layers[0]?.name).to.equal('mli_admbnda_adm1_gov_ocha_itos');
    expect(layers[0]?.crs).to.match(/^GEOGCS\["GCS_WGS_1984"/);
    const geojson = JSON.parse(readFileSync(new URL('./mli_adm1.geojson', REAL), 'utf8'));
    expect(features).to.have.length(geojson.features.length);
    const names = (list: { properties: Record<string, unknown> }[]) =>
      list.map(({ properties }) => Object.values(properties));
    expect(names([...features]).flat())
      .to.include('Tombouctou')

      .and.include('ML01');
    expect(features.map(({ geometry }) => geometry?.type)).to.include('Polygon');
  });

  it('give points, lines and polygons with heights, without measures', async () => {
    const z = [0, 0, 7, 8];
    const m = [0, 0, 1, 1];
    const line = [
      [0, 0],
      [1, 1],
    ];
    const shapes = [
      point(-3, 16.8),
      Buffer.concat([int(11), doubles([1, 2, 3, 4])]),
      Buffer.concat([int(21), doubles([1, 2, 4])]),
      Buffer.concat([int(8), doubles([0, 0, 0, 0]), int(2), doubles([1, 2, 3, 4])]),
      parted(3, [line]),
      parted(3, [line, line]),
      parted(13, [line], [...z, ...m]),
      parted(23, [line], m),
      int(0),
    ];
    const all = await read(layer(shapes));
    expect(all.features.map(({ geometry }) => geometry)).to.deep.equal([
      { type: 'Point', coordinates: [-3, 16.8] },
      { type: 'Point', coordinates: [1, 2, 3] },
      { type: 'Point', coordinates: [1, 2] },
      {
        type: 'MultiPoint',
        coordinates: [
          [1, 2],
          [3, 4],
        ],
      },
      { type: 'LineString', coordinates: line },
      { type: 'MultiLineString', coordinates: [line, line] },
      {
        type: 'LineString',
        coordinates: [
          [0, 0, 7],
          [1, 1, 8],
        ],
      },
      { type: 'LineString', coordinates: line },
      null,
    ]);
    expect(all.features.map(({ index }) => index)).to.deep.equal([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(all.features[1]?.place).to.deep.equal({ part: 'sites', byte: 128 });
    expect(all.layers).to.deep.equal([{ name: 'sites', crs: WGS84, columns: ['name'] }]);
    expect(codes(all)).to.deep.equal(['measures-dropped']);
  });

  it('assign holes to the smallest shell around them, wound as RFC 7946 asks', async () => {
    const outer = square(0, 0, 100, true);
    const lake = square(10, 10, 50, false);
    const island = square(20, 20, 20, true);
    const pond = square(25, 25, 5, false);
    const touching = square(0, 90, 10, false);
    const apart = square(200, 200, 5, false);
    const [polygon] = await geometries([parted(5, [pond, outer, lake, touching, island, apart])]);
    const back = (ring: number[][]) => ring.toReversed();
    expect(polygon).to.deep.equal({
      type: 'MultiPolygon',
      coordinates: [[back(outer), back(lake), back(touching)], [back(island), back(pond)], [apart]],
    });
    expect(await geometries([parted(5, [outer]), parted(5, [lake])])).to.deep.equal([
      { type: 'Polygon', coordinates: [back(outer)] },
      { type: 'Polygon', coordinates: [lake] },
    ]);
  });

  it('do not hang on thousands of rings', async () => {
    const rings = Array.from({ length: 4000 }, (_, index) => square(index / 1e4, index / 1e4, 100, index % 2 === 0));
    expect(await geometries([parted(5, rings)])).to.have.length(1);
  });

  it('hold values of every kind', async () => {
    const columns: readonly Column[] = [
      ['text', 'C', 10],
      ['n', 'N', 8],
      ['f', 'F', 8],
      ['l', 'L', 1],
      ['d', 'D', 8],
      ['i', 'I', 4],
      ['text', 'C', 3],
      ['memo', 'M', 10],
      ['id', 'N', 18],
    ];
    const rows = [
      [' ', 'Gao\0xx', '   12', '-1.5e3', 'T', '20120331', int(-7), 'b', '1', '12345678901234567'],
      [' ', '', '********', '', '?', '00000000', int(0), '', '', '12'],
      [' ', ' pad ', 'n/a', '1.50', 'n', '2012', int(1), '', '', ''],
    ];
    const { features, issues } = await read([
      { name: 'v.shp', content: shp([point(1, 1), point(1, 1), point(1, 1)]) },
      { name: 'v.dbf', content: dbf(columns, rows) },
      { name: 'v.prj', content: WGS84 },
    ]);
    expect(features.map(({ properties }) => Object.values(properties))).to.deep.equal([
      ['Gao', 12, -1500, true, '2012-03-31', -7, 'b', '12345678901234567'],
      [null, null, null, null, null, 0, null, 12],
      [' pad', 'n/a', 1.5, false, '2012', 1, null, null],
    ]);
    expect(Object.keys(features[0]?.properties ?? {}))
      .to.include('text_2')
      .and.not.include('memo');
    expect(issues.map(({ code }) => code)).to.deep.equal(['columns-not-read']);
  });

  it('are read in the encoding of the .cpg, of the .dbf, or as what fits', async () => {
    const inUtf8 = Buffer.from('Ménaka');
    const inLatin = Buffer.from('Ménaka', 'latin1');
    const inDos = Buffer.from([0x4d, 0x82, 0x6e, 0x61, 0x6b, 0x61]);
    const cut = Buffer.from('ééééé\u00e9').subarray(0, 10);
    for (const [bytes, cpg, language, expected, said] of [
      [inUtf8, 'UTF-8', 0x57, 'Ménaka', []],
      [inUtf8, null, 0, 'Ménaka', []],
      [inLatin, 'ISO 88591', 0, 'Ménaka', []],
      [inLatin, 'ANSI 1252', 0, 'Ménaka', []],
      [inLatin, null, 0x57, 'Ménaka', []],
      [inLatin, null, 0, 'Ménaka', ['not-utf-8']],
      [inLatin, 'UTF-8', 0, 'Ménaka', ['not-utf-8']],
      [inDos, null, 0x02, 'Ménaka', []],
      [inDos, 'OEM 850', 0x57, 'Ménaka', []],
      [inUtf8, 'klingon', 0, 'Ménaka', ['unknown-encoding']],
      [Buffer.concat([Buffer.from('a'), cut]).subarray(0, 10), null, 0, 'aéééé', []],
    ] as const) {
      const members: ZipMember[] = [
        { name: 'T.SHP', content: shp([point(1, 1)]) },
        { name: 't.DBF', content: dbf(NAMED, [[' ', bytes]], { language }) },
        { name: 't.prj', content: WGS84 },
      ];
      const all = await read(cpg === null ? members : [...members, { name: 't.cpg', content: cpg }]);
      expect(all.features[0]?.properties, `${cpg} ${language}`).to.deep.equal({ name: expected });
      expect(codes(all), `${cpg} ${language}`).to.deep.equal(said);
    }
  });

  it('are one layer for each .shp, and say which tables belong to none', async () => {
    const all = await read([
      { name: 'a/one.shp', content: POINTS },
      {
        name: 'a/one.dbf',
        content: dbf(NAMED, [
          [' ', 'x'],
          [' ', 'y'],
        ]),
      },
      { name: 'b/two.shp', content: POINTS },
      { name: 'b/two.shp.xml', content: '<metadata/>' },
      { name: 'three.dbf', content: dbf(NAMED, []) },
    ]);
    expect(all.layers.map(({ name, crs }) => [name, crs])).to.deep.equal([
      ['a/one', null],
      ['b/two', null],
    ]);
    expect(all.features.map(({ index, place, properties }) => [index, place.part, properties])).to.deep.equal([
      [1, 'a/one', { name: 'x' }],
      [2, 'a/one', { name: 'y' }],
      [3, 'b/two', {}],
      [4, 'b/two', {}],
    ]);
    expect(codes(all)).to.deep.equal(['table-alone', 'no-prj', 'no-prj', 'no-dbf']);
  });

  it('skip deleted rows with their shapes, and lose no row where the counts differ', async () => {
    const table = (rows: string[][], count = -1) => [
      { name: 'a.shp', content: POINTS },
      { name: 'a.prj', content: WGS84 },
      { name: 'a.dbf', content: dbf(NAMED, rows, { count }) },
    ];
    const deleted = await read(
      table([
        ['*', 'gone'],
        [' ', 'here'],
      ]),
    );
    expect(deleted.features.map(({ geometry, properties }) => [geometry, properties])).to.deep.equal([
      [{ type: 'Point', coordinates: [0, 16.3] }, { name: 'here' }],
    ]);
    expect(codes(deleted)).to.deep.equal(['deleted-rows']);
    const more = await read(
      table([
        [' ', 'a'],
        [' ', 'b'],
        [' ', 'c'],
      ]),
    );
    expect(more.features.map(({ geometry }) => geometry?.type ?? null)).to.deep.equal(['Point', 'Point', null]);
    expect(codes(more)).to.deep.equal(['counts-differ']);
    const fewer = await read(table([[' ', 'a']]));
    expect(fewer.features.map(({ properties }) => properties)).to.deep.equal([{ name: 'a' }, {}]);
    expect(codes(fewer)).to.deep.equal(['counts-differ']);
    expect(
      codes(
        await read(
          table(
            [
              [' ', 'a'],
              [' ', 'b'],
            ],
            5,
          ),
        ),
      ),
    ).to.deep.equal(['dbf-cut-short']);
    expect(
      codes(
        await read(
          table(
            [
              [' ', 'a'],
              [' ', 'b'],
            ],
            0,
          ),
        ),
      ),
    ).to.deep.equal([]);
  });

  it('that lack their .shp, or are one alone, say what to send', async () => {
    const error = await failure(
      read([
        { name: 'x/roads.dbf', content: 'a' },
        { name: 'x/roads.prj', content: WGS84 },
      ]),
    );
    expect(error).to.be.instanceOf(UnreadableFile);
    expect(error.message).to.contain('x/roads.dbf, x/roads.prj').and.contain('lacks x/roads.shp');
    expect((await failure(read([{ name: 'report.docx', content: '' }]))).message)
      .to.contain('no Shapefile')
      .and.contain('report.docx');
    expect((await failure(readAll(shapefile, inMemory(POINTS, 'p.shp')))).message).to.contain('on its own');
  });

  it('keep a shape that cannot be read out, and read on', async () => {
    const shapes = [
      point(1, 1),
      point(Number.NaN, 1),
      int(31),
      int(77),
      parted(5, [square(0, 0, 1, true)]).subarray(0, 60),
      parted(3, [[[0, 0]], [[1, 1]]]).fill(9, 48, 52),
      point(2, 2),
    ];
    const all = await read(layer(shapes));
    expect(all.features.map(({ index, properties }) => [index, properties.name])).to.deep.equal([
      [1, 'site 0'],
      [7, 'site 6'],
    ]);
    expect(all.issues.map(({ code, index }) => [code, index])).to.deep.equal([
      ['bad-coordinate', 2],
      ['unknown-shape', 3],
      ['unknown-shape', 4],
      ['shape-cut-short', 5],
      ['bad-parts', 6],
    ]);
  });

  it('that break off deliver what came before, and say where', async () => {
    const cut = await read([{ name: 'a.shp', content: POINTS.subarray(0, 150) }]);
    expect(cut.features).to.have.length(1);
    expect(cut.issues.at(-1)).to.include({ code: 'cut-short', severity: 'error', index: null });
    expect(cut.issues.at(-1)?.detail).to.contain('byte 128');
    expect(await failure(read([{ name: 'a.shp', content: POINTS.subarray(0, 50) }]))).to.be.instanceOf(UnreadableFile);
    const longer = await read([{ name: 'a.shp', content: Buffer.concat([POINTS, Buffer.alloc(9)]) }]);
    expect(codes(longer)).to.include('bytes-after-end');
  });

  it('end at the limits', async () => {
    for (const [shapes, limits, named] of [
      [[point(1, 1), point(2, 2)], { features: 1 }, 'features'],
      [[parted(3, [square(0, 0, 1, true)])], { vertices: 4 }, 'vertices'],
      [[parted(3, [square(0, 0, 1, true)])], { recordBytes: 100 }, 'recordBytes'],
    ] as const) {
      const error = await failure(geometries(shapes, limits));
      expect(error).to.be.instanceOf(LimitExceeded);
      expect(error.message).to.contain(LIMIT_SETTINGS[named]);
    }
  });

  it('that are spoilt in any way give readings, a limit or a reason', async () => {
    const stored = (members: ZipMember[]) => zip(members.map((member) => ({ ...member, method: 0 })));
    const shapes = [
      point(1, 1),
      parted(15, [square(0, 0, 9, true), square(1, 1, 2, false)], new Array(24).fill(1)),
      int(0),
    ];
    await expectNoSurprise([zip(layer(shapes)), stored(layer(shapes))], (bytes) =>
      readAll(shapefile, inMemory(bytes, 'a.zip', 64)),
    );
    // Past the check sum, which stops most of these.
    for (const part of layer(shapes)) {
      await expectNoSurprise([Buffer.from(part.content)], (content) =>
        read([...layer(shapes).filter(({ name }) => name !== part.name), { name: part.name, content, method: 0 }]),
      );
    }
  }).timeout(120_000);

  it('are told by their first bytes', () => {
    const head = (names: string[]) => zip(names.map((name) => ({ name, content: 'x' })));
    expect(shapefile.sniff(head(['readme.txt', 'a.SHP']), 'x')).to.equal(true);
    expect(shapefile.sniff(head(['doc.kml']), 'x.kmz')).to.equal(false);
    expect(shapefile.sniff(POINTS, 'x')).to.equal(true);
    expect(shapefile.sniff(Buffer.from('{"type":'), 'x.zip')).to.equal(false);
  });
});
