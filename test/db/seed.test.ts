import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import { after, before, beforeEach, describe, it } from 'mocha';
import { InvalidLayer } from '../../server/core/errors.ts';
import { readCatalogue } from '../../server/db/catalogue.ts';
import { migrate } from '../../server/db/migrate.ts';
import { removeLayer } from '../../server/jobs/remove.ts';
import { seed } from '../../server/jobs/seed.ts';
import { emptyDatabase, GEODATA, type TestDatabase } from '../support/database.ts';
import { EVENTS, eventRecord } from '../support/layers.ts';

describe('migrate and seed', () => {
  let database: TestDatabase;
  let geodata: string;

  before(async () => {
    database = await emptyDatabase();
    geodata = mkdtempSync(path.join(tmpdir(), 'azalai-geodata-'));
    cpSync(path.join(GEODATA, 'migrations'), path.join(geodata, 'migrations'), { recursive: true });
  });
  after(async () => {
    await database.close();
    rmSync(geodata, { recursive: true });
  });

  const write = (file: string, content: unknown) => {
    mkdirSync(path.join(geodata, path.dirname(file)), { recursive: true });
    writeFileSync(path.join(geodata, file), JSON.stringify(content));
  };
  const writeRecords = (...features: unknown[]) => write(EVENTS.data, { type: 'FeatureCollection', features });
  const events = async () => (await readCatalogue(database.run)).get('events');
  const tables = async () =>
    (
      await database.run<{ name: string }>({
        text: "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'layer' ORDER BY 1",
        values: [],
      })
    ).map(({ name }) => name);

  beforeEach(() => {
    write('layers/events.json', EVENTS);
    writeRecords(eventRecord(1, -4, 14), eventRecord(2, 0, 16, { valid_from: null, tags: null }));
  });

  it('runs each migration once', async () => {
    expect(await migrate(database.transaction, path.join(geodata, 'migrations'))).to.have.length.above(0);
    expect(await migrate(database.transaction, path.join(geodata, 'migrations'))).to.deep.equal([]);
  });

  it('takes a migration back whole when it fails', async () => {
    writeFileSync(path.join(geodata, 'migrations/999_bad.sql'), 'CREATE TABLE half (); SELECT nonsense;');
    const message = await migrate(database.transaction, path.join(geodata, 'migrations')).then(
      () => '',
      (error: Error) => error.message,
    );
    expect(message).to.include('nonsense');
    expect(await database.run({ text: "SELECT to_regclass('half') AS half", values: [] })).to.deep.equal([
      { half: null },
    ]);
    rmSync(path.join(geodata, 'migrations/999_bad.sql'));
  });

  it('publishes what is new and says where and when its records lie', async () => {
    expect(await seed(database.transaction, geodata)).to.deep.equal(['events']);
    expect(await events()).to.deep.include({
      generation: 1,
      count: 2,
      bbox: { west: -4, south: 14, east: 0, north: 16 },
      interval: { from: null, to: '2022-05-02T00:00:00Z' },
    });
  });

  it('does nothing when nothing changed', async () => {
    expect(await seed(database.transaction, geodata)).to.deep.equal([]);
  });

  it('publishes a changed file as the next generation and keeps the one before for readers', async () => {
    writeRecords(eventRecord(1, -4, 14));
    expect(await seed(database.transaction, geodata)).to.deep.equal(['events']);
    expect(await events()).to.include({ generation: 2, count: 1 });
    expect(await tables()).to.deep.equal(['events_1', 'events_2']);
    writeRecords(eventRecord(1, -5, 14));
    await seed(database.transaction, geodata);
    expect(await tables()).to.deep.equal(['events_2', 'events_3']);
  });

  it('leaves the old version serving when the new file is broken', async () => {
    const before = await events();
    writeRecords(eventRecord(1, -4, 14, { kind: 'unheard of' }));
    const error = await seed(database.transaction, geodata).catch((cause: unknown) => cause);
    expect(error).to.be.instanceOf(InvalidLayer);
    expect((error as Error).message)
      .to.include('documented/events.geojson')
      .and.include('/properties/kind');
    expect(await events()).to.deep.equal(before);
  });

  it('names the file of a definition that breaks the schema', async () => {
    write('layers/events.json', { ...EVENTS, geometry: 'cloud' });
    const error = await seed(database.transaction, geodata).catch((cause: Error) => cause);
    expect(String(error)).to.include('events.json').and.include('geometry');
  });

  it('does not bring back what a person has removed, until the person does', async () => {
    expect(await removeLayer(database.transaction, 'events')).to.equal(true);
    expect(await removeLayer(database.transaction, 'events')).to.equal(false);
    expect(await tables()).to.deep.equal([]);
    expect(await seed(database.transaction, geodata)).to.deep.equal([]);
    expect((await readCatalogue(database.run)).layers).to.deep.equal([]);
    expect(await seed(database.transaction, geodata, 'events')).to.deep.equal(['events']);
    expect(await events()).to.include({ generation: 4, count: 2 });
  });

  it('lets two servers start at once', async () => {
    writeRecords(eventRecord(9, -4, 14));
    const published = await Promise.all([seed(database.transaction, geodata), seed(database.transaction, geodata)]);
    expect(published.flat()).to.deep.equal(['events']);
  });

  it('stores an outline for every cell that a record lies in', async () => {
    const [row] = await database.run({
      text: `SELECT count(*) AS records, count(*) FILTER (WHERE ST_Within(record.geom_3857, ST_Buffer(hexagon.geom_3857, 50000))) AS inside
        FROM ${await database.tableOf('events')} AS record
        JOIN azalai.h3_cell AS hexagon ON hexagon.cell = azalai.h3_parent(record.h3_base, 4)`,
      values: [],
    });
    expect(row).to.deep.equal({ records: 1, inside: 1 });
  });
});
