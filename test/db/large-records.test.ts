import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { seeded } from '../../scripts/bench/random.ts';
import type { Limits } from '../../server/ingest/source.ts';
import { seededDatabase, type TestDatabase } from '../support/database.ts';
import { type Imports, newChild, openImports, peakMemory } from '../support/imports.ts';
import { childrenOf } from '../support/process.ts';

/** A process of Node that has read nothing takes 100 MB of it here. */
const MOST_MB = 400;
const PIECE_BYTES = 16_000_000;

describe('a record that is far too large', function () {
  this.timeout(120_000);
  let database: TestDatabase;
  let imports: Imports;
  before(async () => {
    database = await seededDatabase();
    imports = openImports(database);
  });
  after(async () => {
    await imports.close();
    await database.close();
  });

  /** Has a file read by a process, and says what came of it and how much memory that took at most, in MB. */
  async function read(name: string, pieces: Iterable<string | Uint8Array>, limits: Partial<Limits> = {}) {
    const upload = await imports.bring(name, pieces);
    const before = childrenOf(process.pid);
    let peak = 0;
    const timer = setInterval(() => {
      const child = newChild(before);
      if (child !== undefined) peak = Math.max(peak, peakMemory(child));
    }, 10);
    await imports.open({ limits }).launch(upload);
    clearInterval(timer);
    const { state, error } = await imports.rowOf(upload);
    expect(peak, 'the process was seen').to.be.above(30);
    expect(peak, `MB of memory for ${name}`).to.be.below(MOST_MB);
    return { state, ...error };
  }

  /** 2 GB between a beginning and an end, of letters that pack less than 200 to one: gzip members in a row are one file. */
  function* twoGigabytes(begin: string, end: string): Generator<Uint8Array> {
    const random = seeded(2);
    const letters = Buffer.alloc(PIECE_BYTES, 'x');
    for (let at = 0; at < PIECE_BYTES; at += 150) letters[at] = 97 + Math.floor(26 * random());
    const piece = gzipSync(letters, { level: 1 });
    yield gzipSync(begin);
    for (let bytes = 0; bytes < 2_000_000_000; bytes += PIECE_BYTES) yield piece;
    yield gzipSync(end);
  }
  const point = '"geometry":{"type":"Point","coordinates":[1,15]}';

  for (const [what, name, begin, end] of [
    [
      'line of a sequence',
      'line.geojsonl.gz',
      `{"type":"Feature",${point},"properties":{}}\n{"type":"Feature",${point},"properties":{"a":"`,
      '"}}\n',
    ],
    ['text in JSON', 'text.geojson.gz', `{"type":"FeatureCollection","name":"`, '","features":[]}'],
    ['row of a table', 'row.csv.gz', 'name,lat,lon\nGao,16.27,-0.04\n', ',16.27,-0.04\n'],
  ] as const) {
    it(`such as a ${what} of 2 GB ends with the name of the limit, and little memory`, async () => {
      const { state, code, detail } = await read(name, twoGigabytes(begin, end));
      expect([state, code]).to.deep.equal(['failed', 'limit-exceeded']);
      expect(detail).to.match(/longer than 64000000 bytes \(limit UPLOAD_RECORD_MB\)/);
    });
  }

  /** A ring of five million positions, each as short as it can be: 50 MB. */
  function* largePolygon(): Generator<string> {
    yield `{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":[[`;
    for (let part = 0; part < 50; part += 1) yield '[1,2],[1,3],[2,3],[2,2],'.repeat(25_000);
    yield '[1,2]]]}}]}';
  }

  it('such as a polygon of five million vertices ends with the name of the limit, and little memory', async () => {
    const { state, code, detail } = await read('polygon.geojson', largePolygon());
    expect([state, code]).to.deep.equal(['failed', 'limit-exceeded']);
    expect(detail).to.contain('more than 1000000 vertices (limit UPLOAD_VERTICES)');
  });
});
