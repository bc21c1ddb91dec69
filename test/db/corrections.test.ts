import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { ChangeSetSchema } from '../../server/core/correction.ts';
import { LayerSchema } from '../../server/core/layer.ts';
import { recordTag } from '../../server/encode/record-tag.ts';
import { InvalidRecord, TagRequired } from '../../server/jobs/correct/errors.ts';
import { readRecord } from '../../server/jobs/correct/plan.ts';
import { correctRecords } from '../../server/jobs/correct-records.ts';
import { publish } from '../../server/jobs/publish.ts';
import { migratedDatabase, type TestDatabase } from '../support/database.ts';
import { EVENTS, eventRecord } from '../support/layers.ts';

const AREAS = LayerSchema.parse({
  ...EVENTS,
  ...{ id: 'areas', geometry: 'polygon', role: 'control', time: 'interval', fields: [], measures: [] },
  kind: undefined,
  style: { type: 'fill', color: '#112233' },
});
const SQUARE = [
  [0.1234567891, 0],
  [1, 0],
  [1, 1],
  [0, 1],
  [0.1234567891, 0],
];
const { kind: _kind, killed: _killed, tags: _tags, ...properties } = eventRecord(1, 0, 0).properties;

describe('corrections in the database', () => {
  let database: TestDatabase;
  const square = (id: number) => ({
    ...{ type: 'Feature', id, geometry: { type: 'Polygon', coordinates: [SQUARE] } },
    properties: { ...properties, record_id: `areas/${id}` },
  });
  before(async () => {
    database = await migratedDatabase();
    const layer = LayerSchema.parse(EVENTS);
    const records = [1, 2, 3].map((n) => eventRecord(n, -4 + n, 14));
    await database.transaction((run) => publish(run, layer, records, { generation: 1, seedHash: null }));
    const shapes = [square(1), square(2)];
    await database.transaction((run) => publish(run, AREAS, shapes, { generation: 1, seedHash: null }));
  });
  after(() => database.close());

  const changeSet = (changes: readonly object[]) => ChangeSetSchema.parse({ reason: 'for a test', changes });
  const correct = (layer: string, changes: readonly object[], how = {}) =>
    correctRecords(database.transaction, layer, changeSet(changes), how);
  const withdrawal = (id: number, ifMatch: string) => ({ op: 'withdraw', id, ifMatch });
  const tagOf = async (layer: string, id: number) => {
    const [row] = await database.run<{ table_name: string; generation: number; definition: unknown }>({
      text: 'SELECT table_name, generation, definition FROM azalai.layer WHERE id = $1',
      values: [layer],
    });
    const served = { ...LayerSchema.parse(row?.definition), generation: row?.generation, table: row?.table_name };
    return `"${recordTag(await readRecord(database.run, served as never, id))}"`;
  };
  const state = async () =>
    database.run({
      text: `SELECT (SELECT json_agg(json_build_array(id, generation)) FROM azalai.layer) AS layers,
        (SELECT json_agg(tablename ORDER BY tablename) FROM pg_tables WHERE schemaname = 'layer') AS tables,
        (SELECT count(*) FROM azalai.correction) AS corrections`,
      values: [],
    });

  it('that end on the way leave the version before, and nothing of themselves', async () => {
    const before = await state();
    const change = { op: 'change', id: 1, ifMatch: await tagOf('events', 1), feature: { properties: { killed: 9 } } };
    for (const step of ['indexes', 'roll-up', 'items tiles']) {
      const progress = (at: string) => {
        if (at === step) throw new Error('the server ended');
      };
      const failed = await correct('events', [change], { progress }).catch((error: Error) => error.message);
      expect(failed, step).to.equal('the server ended');
      expect(await state(), step).to.deep.equal(before);
    }
    // The connection of one that is killed by PostgreSQL goes the same way.
    const killed = await correctRecords(
      (work) =>
        database.transaction(async (run) => {
          const value = await work(run);
          await run({ text: 'SELECT pg_terminate_backend(pg_backend_pid())', values: [] });
          return value;
        }),
      'events',
      changeSet([change]),
    ).catch((error: Error) => error);
    expect(killed).to.be.instanceOf(Error);
    expect(await state()).to.deep.equal(before);
  });

  it('leave what they are not about as it was, to the last digit, and the older version whole', async () => {
    const change = { op: 'change', id: 1, ifMatch: await tagOf('areas', 1), feature: { properties: { note: 'seen' } } };
    const { generation } = await correct('areas', [change]);
    const rows = await database.run<{ same: number; noted: number; all: number }>({
      text: `SELECT count(*) FILTER (WHERE now.geom::text = old.geom::text AND now.geom_3857::text = old.geom_3857::text
            AND now.label_3857::text = old.label_3857::text AND now.valid = old.valid)::integer AS same,
          count(*) FILTER (WHERE now.note = 'seen' AND old.note IS NULL)::integer AS noted, count(*)::integer AS all
        FROM layer.areas_${generation} AS now JOIN layer.areas_1 AS old USING (fid)`,
      values: [],
    });
    expect(rows).to.deep.equal([{ same: 2, noted: 1, all: 2 }]);
  });

  it('refuse a shape that crosses itself, and close one that is open', async () => {
    const bow = [
      [0, 0],
      [1, 1],
      [1, 0],
      [0, 1],
      [0, 0],
    ];
    const move = async (ring: readonly (readonly number[])[]) => ({
      ...{ op: 'change', id: 2, ifMatch: await tagOf('areas', 2) },
      feature: { geometry: { type: 'Polygon', coordinates: [ring] } },
    });
    const refused = await correct('areas', [await move(bow)]).catch((error: unknown) => error);
    expect(refused).to.be.instanceOf(InvalidRecord);
    expect((refused as InvalidRecord).faults.map(({ code }) => code)).to.deep.equal(['self-crossing']);
    const { records } = await correct('areas', [await move(SQUARE.slice(0, 4))]);
    expect(records[0]?.issues.map(({ code }) => code)).to.include('ring-open');
    const ring = (records[0]?.feature?.geometry as { coordinates: number[][][] } | undefined)?.coordinates[0] ?? [];
    expect(ring).to.have.length(5);
    expect(ring.at(0)).to.deep.equal(ring.at(-1));
  });

  it('place an area beyond the edge of the map as uploads do, and leave one that is no shape where it is', async () => {
    const box = (south: number, north: number, west = 10) => [
      [west, south],
      [west + 5, south],
      [west + 5, north],
      [west, north],
      [west, south],
    ];
    const place = async (ring: number[][]) => ({
      ...{ op: 'change', id: 2, ifMatch: await tagOf('areas', 2) },
      feature: { geometry: { type: 'Polygon', coordinates: [ring] } },
    });
    for (const ring of [box(80, 90), box(86, 90)]) {
      const { generation } = await correct('areas', [await place(ring)]);
      const [row] = await database.run<{ top: number; labelled: boolean }>({
        text: `SELECT ST_YMax(geom_3857) AS top, label_3857 IS NOT NULL AND NOT ST_IsEmpty(label_3857) AS labelled
          FROM layer.areas_${generation} WHERE fid = 2`,
        values: [],
      });
      expect(row?.labelled).to.equal(true);
      if (ring[0]?.[1] === 80) expect(row?.top).to.be.closeTo(20_037_508, 1);
    }
    const bow = 'POLYGON((0 0,1 1,1 0,0 1,0 0))';
    const [served] = await database.run<{ table_name: string }>({
      text: "SELECT table_name FROM azalai.layer WHERE id = 'areas'",
      values: [],
    });
    await database.run({
      text: `UPDATE layer.${served?.table_name} SET geom = ST_GeomFromText('${bow}', 4326),
        geom_3857 = ST_Transform(ST_GeomFromText('${bow}', 4326), 3857) WHERE fid = 2`,
      values: [],
    });
    const note = { op: 'change', id: 2, ifMatch: await tagOf('areas', 2), feature: { properties: { note: 'a bow' } } };
    const { records } = await correct('areas', [note]);
    expect(records[0]?.feature?.properties?.note).to.equal('a bow');
  });

  it('do not drop the versions that came otherwise, and keep the newest of their own', async () => {
    const layer = LayerSchema.parse({ ...EVENTS, id: 'kept' });
    const bring = (generation: number) =>
      database.transaction((run) =>
        publish(run, layer, [eventRecord(1, 0, 14)], { generation, seedHash: null, versionsKept: 2 }),
      );
    const [first, second, third] = [10, 20, 1_000_000_000];
    await bring(first);
    await bring(second);
    const made: number[] = [];
    for (const killed of [11, 12, 13, 14]) {
      const change = { op: 'change', id: 1, ifMatch: await tagOf('kept', 1), feature: { properties: { killed } } };
      made.push((await correct('kept', [change], { versionsKept: 2 })).generation);
    }
    const kept = async () =>
      (
        await database.run<{ generation: number }>({
          text: "SELECT generation FROM azalai.version WHERE layer = 'kept' AND table_name IS NOT NULL ORDER BY generation",
          values: [],
        })
      ).map(({ generation }) => generation);
    expect(await kept()).to.deep.equal([first, second, ...made.slice(-2)]);
    await bring(third);
    expect(await kept()).to.deep.equal([second, ...made.slice(-2), third]);
    await bring(third + 1);
    expect(await kept()).to.deep.equal([third, third + 1]);
  });

  it('need the tag of a record of their own', async () => {
    const failed = await correct('events', [withdrawal(2, '')]).catch((error: unknown) => error);
    expect(failed).to.be.instanceOf(TagRequired);
  });
});
