import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { openCatalogue } from '../../server/db/catalogue.ts';
import { removeLayer } from '../../server/jobs/remove.ts';
import { seed } from '../../server/jobs/seed.ts';
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
      await seed(database.transaction, GEODATA, 'attacks_modelled');
      await until(has);
      await removeLayer(database.transaction, 'attacks_modelled');
      await until(() => !has());
    } finally {
      await live.close();
    }
  });
});
