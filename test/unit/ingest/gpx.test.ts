import { expect } from 'chai';
import { describe, it } from 'mocha';
import { LimitExceeded, UnreadableFile } from '../../../server/ingest/errors.ts';
import { gpx } from '../../../server/ingest/gpx.ts';
import { LIMIT_SETTINGS, type Limits } from '../../../server/ingest/source.ts';
import { expectNoSurprise, failure, inMemory, readAll } from '../../support/readings.ts';

const file = (body: string) =>
  `<?xml version="1.0"?>\n<gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1">\n${body}</gpx>`;
const read = (text: string | Buffer, limits: Partial<Limits> = {}) =>
  readAll(gpx, inMemory(text, 'sent.gpx', 40), limits);

const WAYPOINT =
  '<wpt lat="15.9" lon="2.4"><ele>280</ele><time>2012-03-31T10:00:00Z</time><name>Ménaka</name><desc>a &lt; b</desc><extensions><name>no</name></extensions></wpt>';
const POINT = (at: number, inside = '') => `<trkpt lat="${at}" lon="${at + 1}">${inside}</trkpt>`;

describe('GPX', () => {
  it('gives waypoints, routes and tracks with what is said of them', async () => {
    const all = await read(
      file(`${WAYPOINT}
<rte><name>way</name><rtept lat="1" lon="2"><name>start</name></rtept><rtept lat="3" lon="4"/></rte>
<trk><name>walk</name><number>3</number>
  <trkseg>${POINT(1, '<ele>5</ele><time>2012-01-01</time>')}${POINT(2, '<ele>6</ele>')}</trkseg><trkseg/>
  <trkseg>${POINT(3, '<ele>7</ele><time>2012-01-02</time>')}${POINT(4, '<ele>8</ele>')}</trkseg></trk>
<trk><trkseg>${POINT(1, '<ele>5</ele>')}${POINT(2)}</trkseg></trk><trk/>`),
    );
    expect(all.layers).to.deep.equal([{ name: null, crs: 4326, columns: null }]);
    expect(all.features).to.deep.equal([
      {
        index: 1,
        place: { line: 3 },
        id: null,
        geometry: { type: 'Point', coordinates: [2.4, 15.9, 280] },
        properties: { kind: 'waypoint', ele: '280', time: '2012-03-31T10:00:00Z', name: 'Ménaka', desc: 'a < b' },
      },
      {
        index: 2,
        place: { line: 4 },
        id: null,
        geometry: {
          type: 'LineString',
          coordinates: [
            [2, 1],
            [4, 3],
          ],
        },
        properties: { kind: 'route', name: 'way' },
      },
      {
        index: 3,
        place: { line: 5 },
        id: null,
        geometry: {
          type: 'MultiLineString',
          coordinates: [
            [
              [2, 1, 5],
              [3, 2, 6],
            ],
            [
              [4, 3, 7],
              [5, 4, 8],
            ],
          ],
        },
        properties: { kind: 'track', name: 'walk', number: '3', begin: '2012-01-01', end: '2012-01-02' },
      },
      {
        index: 4,
        place: { line: 8 },
        id: null,
        geometry: {
          type: 'MultiLineString',
          coordinates: [
            [
              [2, 1],
              [3, 2],
            ],
          ],
        },
        properties: { kind: 'track' },
      },
      { index: 5, place: { line: 8 }, id: null, geometry: null, properties: { kind: 'track' } },
    ]);
    expect(all.issues).to.deep.equal([]);
  });

  it('keeps a record with a bad position out, and reads on', async () => {
    const all = await read(file(`<wpt lat="15,9" lon="2"/>\n<wpt lat="" lon="2"/>\n<wpt lon="2"/>\n${WAYPOINT}`));
    expect(all.issues.map(({ code, index, place }) => [code, index, place.line])).to.deep.equal([
      ['bad-coordinates', 1, 3],
      ['bad-coordinates', 2, 4],
      ['bad-coordinates', 3, 5],
    ]);
    expect(all.issues[0]?.detail).to.contain('lat="15,9"');
    expect(all.features.map(({ index }) => index)).to.deep.equal([4]);
  });

  it('that breaks off delivers what came before; other XML is refused', async () => {
    const all = await read(file(WAYPOINT + WAYPOINT).slice(0, -30));
    expect(all.features).to.have.length(1);
    expect(all.issues.at(-1)).to.include({ code: 'cut-short', index: null });
    expect(await failure(read('<kml/>'))).to.be.instanceOf(UnreadableFile);
  });

  it('ends at the limits', async () => {
    const track = file(`<trk><name>${'x'.repeat(50)}</name><trkseg>${POINT(1)}${POINT(2)}</trkseg></trk><trk/>`);
    for (const [limits, named] of [
      [{ vertices: 1 }, 'vertices'],
      [{ features: 1 }, 'features'],
      [{ recordBytes: 49 }, 'recordBytes'],
      [{ depth: 3 }, 'depth'],
    ] as const) {
      const error = await failure(read(track, limits));
      expect(error, named).to.be.instanceOf(LimitExceeded);
      expect(error.message).to.contain(LIMIT_SETTINGS[named]);
    }
  });

  it('that is spoilt in any way gives readings, a limit or a reason', async () => {
    const good = file(
      `${WAYPOINT}<rte><rtept lat="1" lon="2"/></rte><trk><trkseg>${POINT(1, '<ele>5</ele>')}</trkseg></trk>`,
    );
    await expectNoSurprise([Buffer.from(good)], read);
  }).timeout(60_000);

  it('is told by its first element', () => {
    expect(gpx.sniff(Buffer.from(file('')), 'x')).to.equal(true);
    expect(gpx.sniff(Buffer.from('<kml>'), 'x.gpx')).to.equal(false);
  });
});
