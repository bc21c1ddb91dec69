import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import type { Layer } from '../../server/core/layer.ts';
import { previewTile } from '../../server/query/upload-tile.ts';
import { seededDatabase, type TestDatabase } from '../support/database.ts';
import { decodeTile } from '../support/vector-tile.ts';

const UPLOAD = '33333333-0000-4000-8000-000000000000';

describe('tiles of an upload from its table', () => {
  let database: TestDatabase;
  const layer = {
    id: 'brought',
    geometry: 'point',
    time: 'instant',
    fields: [{ name: 'kind', type: 'string', title: { en: 'Kind', fr: 'Genre' }, tile: true }],
    measures: [],
  } as unknown as Layer;
  const staging = { upload: UPLOAD };
  before(async () => {
    database = await seededDatabase();
    await database.run({
      text: `CREATE TABLE staging."${UPLOAD.replaceAll('-', '')}_typed" (idx bigint PRIMARY KEY, outcome text,
        geom geometry(Geometry, 4326), geom_before geometry(Geometry, 4326), kind text, confidence text,
        precision_m bigint, valid tstzrange)`,
      values: [],
    });
    await database.run({
      text: `INSERT INTO staging."${UPLOAD.replaceAll('-', '')}_typed"
        SELECT n, CASE WHEN n = 7 THEN 'quarantined' ELSE 'unchanged' END, ST_SetSRID(ST_MakePoint(n / 10.0, 15), 4326),
          CASE WHEN n = 1 THEN ST_SetSRID(ST_MakePoint(-100, 15), 4326) END, 'ied', 'reported', 0,
          tstzrange('2020-01-01Z', '2020-01-02Z')
        FROM generate_series(1, 12) AS n`,
      values: [],
    });
  });
  after(() => database.close());

  async function ids(side: 'before' | 'after', z: number, x: number, y: number, count = 12) {
    const [row] = await database.run<{ mvt: Buffer }>(previewTile(staging, layer, side, { z, x, y }, count));
    return (decodeTile(new Uint8Array(row?.mvt ?? [])).brought ?? []).map(({ id }) => id);
  }

  it('has what would be published, where it is and where it was', async () => {
    expect(await ids('after', 0, 0, 0)).to.deep.equal([1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 12]);
    expect(await ids('after', 1, 1, 0)).to.deep.equal([1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 12]);
    expect(await ids('before', 2, 0, 1)).to.deep.equal([1]);
    expect(await ids('after', 2, 0, 1)).to.deep.equal([]);
  });

  it('carries what the style reads', async () => {
    const [row] = await database.run<{ mvt: Buffer }>(previewTile(staging, layer, 'after', { z: 0, x: 0, y: 0 }, 12));
    const [feature] = decodeTile(new Uint8Array(row?.mvt ?? [])).brought ?? [];
    expect(feature?.properties).to.deep.equal({
      kind: 'ied',
      confidence: 'reported',
      precision_m: 0,
      valid_from: '2020-01-01',
      valid_to: '2020-01-02',
    });
  });

  it('leaves out evenly where there are too many, and nothing closer by', async () => {
    expect(await ids('after', 0, 0, 0, 60_000)).to.deep.equal([3, 6, 9, 12]);
    expect(await ids('after', 6, 32, 29, 60_000)).to.have.length(11);
  });
});
