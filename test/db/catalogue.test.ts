import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { DatabaseUnavailable } from '../../server/core/errors.ts';
import { openCatalogue } from '../../server/db/live-catalogue.ts';
import { removeLayer } from '../../server/jobs/remove.ts';
import { seed } from '../../server/jobs/seed.ts';
import { type CatalogueRow, catalogueQuery } from '../../server/query/catalogue.ts';
import type { Run } from '../../server/query/sql.ts';
import { GEODATA, seededDatabase, type TestDatabase } from '../support/database.ts';

const END_CONNECTIONS = {
  text: "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'azalai listen'",
  values: [],
};

describe('the catalogue in memory', () => {
  let database: TestDatabase;
  before(async () => {
    database = await seededDatabase();
  });
  after(() => database.close());

  /** Resolves when the catalogue has, or no longer has, the layer. */
  async function until(condition: () => boolean): Promise<void> {
    const deadline = Date.now() + 10_000;
    while (!condition()) {
      if (Date.now() > deadline) throw new Error('it did not happen within 10 s');
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  it('follows what another process changes, also after its connection was lost', async () => {
    const ignore = () => undefined;
    const live = await openCatalogue(database.connection, database.run, { onChange: ignore, onError: ignore });
    const has = () => live.current().layers.some(({ id }) => id === 'attacks_modelled');
    try {
      expect(has()).to.equal(true);
      await removeLayer(database.transaction, 'attacks_modelled');
      await until(() => !has());
      await database.run(END_CONNECTIONS);
      await seed(database.transaction, GEODATA, { restore: 'attacks_modelled' });
      await until(has);
      await removeLayer(database.transaction, 'attacks_modelled');
      await until(() => !has());
    } finally {
      await live.close();
    }
  });

  it('says of a version whose records are gone only that it was there', async () => {
    const insert = (generation: number, table: string | null) =>
      database.run({
        text: `INSERT INTO azalai.version (layer, generation, definition, table_name, count, prepared, origin)
          SELECT 'hubs', $1, jsonb_set(definition, '{title,en}', '"Before"'), $2, 1, prepared, 'seed' FROM azalai.layer WHERE id = 'hubs'`,
        values: [generation, table],
      });
    await insert(1, null);
    await insert(2, 'hubs_2');
    const rows = await database.run<CatalogueRow>(catalogueQuery());
    const versions = rows.find(({ definition }) => (definition as { id: string }).id === 'hubs')?.versions ?? [];
    expect(versions.map(({ definition }) => (definition as { title: { en: string } } | null)?.title.en)).to.deep.equal([
      undefined,
      'Before',
      undefined,
    ]);
    await database.run({ text: "DELETE FROM azalai.version WHERE layer = 'hubs' AND generation < 3", values: [] });
  });

  it('is fresh while changes are heard, and says so when they are not', async () => {
    const ignore = () => undefined;
    const live = await openCatalogue(database.connection, database.run, { onChange: ignore, onError: ignore });
    try {
      expect(live.isFresh()).to.equal(true);
      expect(await live.refresh(), 'from memory').to.equal(live.current());
      const before = live.current();
      await database.run(END_CONNECTIONS);
      await until(() => !live.isFresh());
      await until(live.isFresh);
      expect(live.current(), 'the same as long as nothing changes').to.equal(before);
    } finally {
      await live.close();
    }
  });

  it('is read anew for those who ask while nothing is heard, once for all within 250 ms', async () => {
    const nowhere = { host: '/nowhere', port: 1, user: 'nobody' };
    const errors: unknown[] = [];
    let readings = 0;
    const run: Run = (query, signal) => {
      readings += 1;
      return database.run(query, signal);
    };
    const live = await openCatalogue(nowhere, run, {
      onChange: () => undefined,
      onError: (error) => errors.push(error),
    });
    try {
      expect(live.isFresh()).to.equal(false);
      expect(errors[0]).to.be.instanceOf(DatabaseUnavailable);
      await new Promise((resolve) => setTimeout(resolve, 300));
      readings = 0;
      await database.run({ text: "UPDATE azalai.layer SET generation = 77 WHERE id = 'hubs'", values: [] });
      const asked = await Promise.all(Array.from({ length: 20 }, () => live.refresh()));
      expect(new Set(asked.map((catalogue) => catalogue.get('hubs').generation))).to.deep.equal(new Set([77]));
      await live.refresh();
      expect(readings).to.equal(1);
    } finally {
      await live.close();
    }
  });

  it('that cannot be read is said to whoever asks, and is read again when it can be', async () => {
    let isDown = false;
    const run: Run = (query, signal) =>
      isDown ? Promise.reject(new DatabaseUnavailable('away')) : database.run(query, signal);
    const ignore = () => undefined;
    const live = await openCatalogue({ host: '/nowhere', port: 1 }, run, { onChange: ignore, onError: ignore });
    try {
      await new Promise((resolve) => setTimeout(resolve, 300));
      isDown = true;
      const cause = await live.refresh().catch((error: unknown) => error);
      expect(cause).to.be.instanceOf(DatabaseUnavailable);
      isDown = false;
      expect((await live.refresh()).layers).to.have.length.above(0);
    } finally {
      await live.close();
    }
  });
});
