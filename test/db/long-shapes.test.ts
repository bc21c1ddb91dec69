import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { publishRecords, testLayer, testRecord } from '../support/analysis.ts';
import { migratedDatabase, type TestDatabase } from '../support/database.ts';

const box = (width: number, height: number) => [
  [3, 0],
  [3 + width, 0],
  [3 + width, height],
  [3, height],
  [3, 0],
];

/** Rings in degrees: many million times as long as they are wide, or without any width. */
const RINGS = {
  'a strip': box(10, 1e-9),
  'a strip that stands': box(1e-9, 10),
  'a strip of a metre': box(10, 1e-5),
  'a line there and back': [0, 1, 2, 0].map((lon) => [lon, 0]),
  'a point': [1, 1, 1, 1].map((lon) => [lon, 1]),
};

const BOTH = `WITH given AS (SELECT ST_Transform(ST_SetSRID(ST_GeomFromGeoJSON($1::text), 4326), 3857) AS shape)
  SELECT ST_DWithin(place, shape, 1) AS found FROM given,
    LATERAL (VALUES (azalai.label_point(shape)), (azalai.inscribed_center(shape))) AS places (place)`;

describe('areas that are far longer than wide', () => {
  let database: TestDatabase;
  before(async () => {
    database = await migratedDatabase();
  });
  after(() => database.close());

  for (const [name, ring] of Object.entries(RINGS)) {
    it(`have a place for their name at once: ${name}`, async () => {
      const rows = await database.transaction(async (run) => {
        await run({ text: "SET LOCAL statement_timeout = '10s'", values: [] });
        return run<object>({ text: BOTH, values: [JSON.stringify({ type: 'Polygon', coordinates: [ring] })] });
      });
      expect(rows).to.deep.equal([{ found: true }, { found: true }]);
    });
  }

  it('are published', async () => {
    const layer = testLayer('strips', 'polygon', [], { role: 'boundaries', time: null });
    const strip = { type: 'Polygon', coordinates: [box(10, 1e-7)] };
    await publishRecords(database, layer, [testRecord(1, strip)]);
    const [row] = await database.run<{ far: number }>({
      text: `SELECT ST_Distance(label_3857, geom_3857) AS far FROM ${await database.tableOf('strips')}`,
      values: [],
    });
    expect(row?.far).to.be.below(1);
  });
});
