import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import { after, before, beforeEach, describe, it } from 'mocha';
import { InvalidLayer } from '../../server/core/errors.ts';
import { readCatalogue } from '../../server/db/catalogue.ts';
import { migrate } from '../../server/db/migrate.ts';
import { publish } from '../../server/jobs/publish.ts';
import { removeLayer } from '../../server/jobs/remove.ts';
import { seed } from '../../server/jobs/seed.ts';
import { emptyDatabase, GEODATA, type TestDatabase } from '../support/database.ts';
import { EVENTS, EVENTS_LAYER, eventRecord } from '../support/layers.ts';

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

  const tablesOf = (...generations: number[]) =>
    generations.flatMap((n) => ['', '_hex', '_rollup', '_tile'].map((part) => `events_${n}${part}`));

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
    const { generation: first } = await events();
    expect(await seed(database.transaction, geodata)).to.deep.equal(['events']);
    const second = await events();
    expect(second).to.include({ count: 1 });
    expect(second.generation).to.be.above(first);
    expect(await tables()).to.deep.equal(tablesOf(first, second.generation));
    writeRecords(eventRecord(1, -5, 14));
    await seed(database.transaction, geodata);
    // Of the first the records stay, to be had again, and the cells, to be drawn as they were.
    expect(await tables()).to.deep.equal([
      `events_${first}`,
      `events_${first}_hex`,
      ...tablesOf(second.generation, (await events()).generation),
    ]);
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

  it('leaves the old version serving, and nothing behind, when preparing fails', async () => {
    const before = await events();
    const left = await tables();
    for (const step of ['indexes', 'hexagons', 'roll-up', 'items tiles']) {
      const progress = (done: string) => {
        if (done === step) throw new Error(`failed after ${done}`);
      };
      const options = { generation: before.generation + 1, seedHash: null, progress };
      const failed = await database
        .transaction((run) => publish(run, EVENTS_LAYER, [eventRecord(1, -4, 14)], options))
        .then(
          () => '',
          (error: Error) => error.message,
        );
      expect(failed).to.equal(`failed after ${step}`);
      expect(await events()).to.deep.equal(before);
      expect(await tables()).to.deep.equal(left);
    }
  });

  it('names the file of a definition that breaks the schema', async () => {
    write('layers/events.json', { ...EVENTS, geometry: 'cloud' });
    const error = await seed(database.transaction, geodata).catch((cause: Error) => cause);
    expect(String(error)).to.include('events.json').and.include('geometry');
  });

  it('does not bring back what a person has removed, until the person does', async () => {
    const { generation } = await events();
    expect(await removeLayer(database.transaction, 'events')).to.equal(true);
    expect(await removeLayer(database.transaction, 'events')).to.equal(false);
    expect(await tables()).to.deep.equal([]);
    expect(await seed(database.transaction, geodata)).to.deep.equal([]);
    expect((await readCatalogue(database.run)).layers).to.deep.equal([]);
    expect(await seed(database.transaction, geodata, { restore: 'events' })).to.deep.equal(['events']);
    expect(await events()).to.include({ count: 2 });
    expect((await events()).generation).to.be.above(generation);
  });

  it('lets two servers start at once', async () => {
    writeRecords(eventRecord(9, -4, 14));
    const published = await Promise.all([seed(database.transaction, geodata), seed(database.transaction, geodata)]);
    expect(published.flat()).to.deep.equal(['events']);
  });
});
