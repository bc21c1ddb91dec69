import { expect } from 'chai';
import { describe, it } from 'mocha';
import { LimitExceeded, UnreadableFile } from '../../../server/ingest/errors.ts';
import { kml } from '../../../server/ingest/kml.ts';
import { LIMIT_SETTINGS, type Limits } from '../../../server/ingest/source.ts';
import { codes, expectNoSurprise, failure, inMemory, readAll } from '../../support/readings.ts';
import { zip } from '../../support/zip.ts';

const document = (body: string) =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2" xmlns:gx="http://www.google.com/kml/ext/2.2">\n<Document><name>All</name>${body}</Document></kml>`;
const place = (geometry: string) => `<Placemark>${geometry}</Placemark>`;
const read = (text: string | Buffer, limits: Partial<Limits> = {}) =>
  readAll(kml, inMemory(text, 'sent.kml', 50), limits);
const geometries = async (...bodies: string[]) =>
  (await read(document(bodies.map(place).join('')))).features.map(({ geometry }) => geometry);

const LINE = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 0],
];
const TUPLES = '0,0 1,0 1,1 0,0';
const RING = `<LinearRing><coordinates>${TUPLES}</coordinates></LinearRing>`;
const POINT = '<Point><coordinates>-3.0,16.8</coordinates></Point>';

describe('KML', () => {
  it('gives placemarks with what is said of them, folders and times', async () => {
    const all = await read(
      document(`
      <Folder><name>North</name><Folder><name>Gao &amp; Kidal</name>
        <Placemark id="p1"><name>Ménaka</name><description><![CDATA[<b>site</b>]]></description><styleUrl>#s</styleUrl>
          <TimeSpan><begin>2012-01</begin><end>2012-04-01</end></TimeSpan>
          <ExtendedData><Data name="kind"><displayName>Kind</displayName><value>mine</value></Data>
            <SchemaData schemaUrl="#x"><SimpleData name="workers">12</SimpleData><SimpleData name="name">other</SimpleData></SchemaData>
          </ExtendedData><LookAt><longitude>1</longitude></LookAt>${POINT}</Placemark>
      </Folder></Folder>
      <Placemark><TimeStamp><when>2013</when></TimeStamp></Placemark>`),
    );
    expect(all.layers).to.deep.equal([{ name: null, crs: 4326, columns: null }]);
    expect(all.features).to.deep.equal([
      {
        index: 1,
        place: { line: 5 },
        id: 'p1',
        geometry: { type: 'Point', coordinates: [-3, 16.8] },
        properties: {
          folder: 'North/Gao & Kidal',
          name: 'Ménaka',
          description: '<b>site</b>',
          begin: '2012-01',
          end: '2012-04-01',
          kind: 'mine',
          workers: '12',
          name_2: 'other',
        },
      },
      { index: 2, place: { line: 11 }, id: null, geometry: null, properties: { timestamp: '2013' } },
    ]);
    expect(all.issues).to.deep.equal([]);
  });

  it('gives every geometry', async () => {
    const polygon = `<Polygon><outerBoundaryIs>${RING}</outerBoundaryIs><innerBoundaryIs>${RING}</innerBoundaryIs></Polygon>`;
    const track =
      '<gx:Track><when>2012-01-01</when><when>2012-01-02</when><gx:coord>0 0 5</gx:coord><gx:coord>1 1 6</gx:coord></gx:Track>';
    expect(
      await geometries(
        `<LineString><coordinates>\n 0,0,5\n1, 1, 6 </coordinates></LineString>`,
        RING,
        polygon,
        `<MultiGeometry>${POINT}<MultiGeometry>${POINT}</MultiGeometry></MultiGeometry>`,
        `<MultiGeometry>${POINT}${RING}</MultiGeometry>`,
        `<MultiGeometry>${polygon}${polygon}</MultiGeometry>`,
        track,
        '<Point><coordinates/></Point>',
        '<MultiGeometry/>',
      ),
    ).to.deep.equal([
      {
        type: 'LineString',
        coordinates: [
          [0, 0, 5],
          [1, 1, 6],
        ],
      },
      { type: 'LineString', coordinates: LINE },
      { type: 'Polygon', coordinates: [LINE, LINE] },
      {
        type: 'MultiPoint',
        coordinates: [
          [-3, 16.8],
          [-3, 16.8],
        ],
      },
      {
        type: 'GeometryCollection',
        geometries: [
          { type: 'Point', coordinates: [-3, 16.8] },
          { type: 'LineString', coordinates: LINE },
        ],
      },
      {
        type: 'MultiPolygon',
        coordinates: [
          [LINE, LINE],
          [LINE, LINE],
        ],
      },
      {
        type: 'LineString',
        coordinates: [
          [0, 0, 5],
          [1, 1, 6],
        ],
      },
      null,
      null,
    ]);
    const [walk] = (await read(document(place(track)))).features;
    expect(walk?.properties).to.deep.equal({
      begin: '2012-01-01',
      end: '2012-01-02',
      times: ['2012-01-01', '2012-01-02'],
    });
  });

  it('follows no link, and says what it left out', async () => {
    const all = await read(
      document(
        `<NetworkLink><Link><href>http://example.org/more.kml</href></Link></NetworkLink><GroundOverlay><name>x</name></GroundOverlay>${place('<Model/>')}`,
      ),
    );
    expect(codes(all)).to.deep.equal(['model-left-out', 'network-link', 'overlays-left-out']);
    expect(all.issues[1]?.value).to.equal('http://example.org/more.kml');
  });

  it('keeps a placemark with bad coordinates out, with its line, and reads on', async () => {
    const bad = [
      '<Point><coordinates>16,8 N</coordinates></Point>',
      '<Point><coordinates>1</coordinates></Point>',
      '<Point><coordinates>NaN,1</coordinates></Point>',
    ];
    const all = await read(document([...bad.map(place), place(POINT)].join('\n')));
    expect(all.issues.map(({ code, index, place: { line } }) => [code, index, line])).to.deep.equal([
      ['bad-coordinates', 1, 3],
      ['bad-coordinates', 2, 4],
      ['bad-coordinates', 3, 5],
    ]);
    expect(all.features.map(({ index }) => index)).to.deep.equal([4]);
  });

  it('is read in the encoding it is in', async () => {
    const text = document('<Placemark><name>Ménaka</name></Placemark>');
    for (const [bytes, expected] of [
      [Buffer.from(`\uFEFF${text}`), 'Ménaka'],
      [Buffer.from(`\uFEFF${text}`, 'utf16le'), 'Ménaka'],
      [Buffer.from(text, 'utf16le').swap16(), 'Ménaka'],
      [Buffer.from(text.replace('UTF-8', 'ISO-8859-1'), 'latin1'), 'Ménaka'],
      [Buffer.from(text.replace('UTF-8', 'UTF-16')), 'Ménaka'],
      [Buffer.from(text.replace('UTF-8', 'nonsense')), 'Ménaka'],
    ] as const) {
      expect((await read(bytes)).features[0]?.properties.name).to.equal(expected);
    }
  });

  it('in a KMZ gives each document as a layer', async () => {
    const kmz = zip([
      { name: 'doc.kml', content: document(place(POINT)) },
      { name: 'images/a.png', content: 'x' },
      { name: 'files/more.kml', content: document(place(POINT)) },
    ]);
    const all = await readAll(kml, inMemory(kmz, 'a.kmz'));
    expect(all.layers.map(({ name }) => name)).to.deep.equal(['doc.kml', 'files/more.kml']);
    expect(all.features.map(({ index, place: { part, line } }) => [index, part, line])).to.deep.equal([
      [1, 'doc.kml', 3],
      [2, 'files/more.kml', 3],
    ]);
    expect((await failure(readAll(kml, inMemory(zip([{ name: 'a', content: '' }]), 'a.kmz')))).message).to.contain(
      'holds no .kml',
    );
  });

  it('that breaks off delivers what came before, and says the line', async () => {
    const text = document([place(POINT), place(POINT)].join('\n'));
    const all = await read(text.slice(0, text.lastIndexOf('</Point>')));
    expect(all.features).to.have.length(1);
    expect(all.issues.at(-1)).to.include({ code: 'cut-short', severity: 'error' });
    expect(all.issues.at(-1)?.detail).to.contain('line 4');
    expect(await failure(read('<kml><a></b></kml>'))).to.be.instanceOf(UnreadableFile);
    expect((await failure(read('<html><body/></html>'))).message).to.contain('no KML');
  });

  it('refuses entities, depth and size beyond the limits', async () => {
    const bomb =
      '<!DOCTYPE kml [<!ENTITY a "xxxxxxxxxx"><!ENTITY b "&a;&a;&a;">]><kml><Placemark><name>&b;</name></Placemark></kml>';
    expect((await failure(read(bomb))).message).to.contain('declares entities');
    const file =
      '<!DOCTYPE kml [<!ENTITY x SYSTEM "file:///etc/passwd">]><kml><Placemark><name>&x;</name></Placemark></kml>';
    expect(await failure(read(file))).to.be.instanceOf(UnreadableFile);
    for (const [text, limits, named] of [
      [document('<Folder>'.repeat(10_000)), {}, 'depth'],
      [document(place(`<name>${'x'.repeat(5000)}</name>`)), { recordBytes: 1000 }, 'recordBytes'],
      [document(place('<name>12345678</name>'.repeat(100))), { recordBytes: 500 }, 'recordBytes'],
      [document(`<!-- ${'x'.repeat(5000)} -->`), { recordBytes: 1000 }, 'recordBytes'],
      [document(place(RING)), { vertices: 3 }, 'vertices'],
      [document(place(POINT) + place(POINT)), { features: 1 }, 'features'],
    ] as const) {
      const error = await failure(read(text, limits));
      expect(error, named).to.be.instanceOf(LimitExceeded);
      expect(error.message).to.contain(LIMIT_SETTINGS[named]);
    }
  });

  it('that is spoilt in any way gives readings, a limit or a reason', async () => {
    const text = document(
      `<Folder><name>a</name>${place(`<name>é</name><MultiGeometry>${POINT}<Polygon><outerBoundaryIs>${RING}</outerBoundaryIs></Polygon></MultiGeometry>`)}</Folder>${place('<gx:Track><when>1</when><gx:coord>1 2 3</gx:coord></gx:Track>')}`,
    );
    await expectNoSurprise(
      [Buffer.from(text), Buffer.from(text, 'utf16le'), zip([{ name: 'doc.kml', content: text, method: 0 }])],
      read,
    );
  }).timeout(60_000);

  it('is told by its first element, a KMZ by its members or its name', () => {
    expect(kml.sniff(Buffer.from(document('')), 'x')).to.equal(true);
    expect(kml.sniff(Buffer.from('<!-- a --><!DOCTYPE x [<!ENTITY a "b">]>\n<k:kml xmlns:k="x">'), 'x')).to.equal(true);
    expect(kml.sniff(Buffer.from('<gpx>'), 'x.kml')).to.equal(false);
    expect(kml.sniff(zip([{ name: 'doc.kml', content: '' }]), 'x.zip')).to.equal(true);
    expect(kml.sniff(zip([{ name: 'a.shp', content: '' }]), 'x.zip')).to.equal(false);
  });
});
