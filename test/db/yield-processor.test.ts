import { getPriority } from 'node:os';
import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import type { Run } from '../../server/query/sql.ts';
import { migratedDatabase, type TestDatabase } from '../support/database.ts';

describe('the lane of analyses', () => {
  let database: TestDatabase;
  before(async () => {
    database = await migratedDatabase();
  });
  after(() => database.close());

  const priorityOf = async (run: Run) => {
    const [row] = await run<{ pid: number }>({ text: 'SELECT pg_backend_pid() AS pid', values: [] });
    return getPriority(row?.pid ?? 0);
  };

  it('goes last where tiles and items want the processor', async () => {
    const [tiles, items, analysis] = await Promise.all(
      [database.runTile, database.run, database.runAnalysis].map((run) => priorityOf(run)),
    );
    expect(analysis).to.be.above(tiles as number);
    expect(items).to.equal(tiles);
  });
});
