import { existsSync, readFileSync } from 'node:fs';
import { getPriority } from 'node:os';
import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import type { Run } from '../../server/query/sql.ts';
import { migratedDatabase, type TestDatabase } from '../support/database.ts';
import { until } from '../support/process.ts';

describe('the lane of analyses', () => {
  let database: TestDatabase;
  before(async () => {
    database = await migratedDatabase();
  });
  after(() => database.close());

  const backendOf = async (run: Run) => {
    const [row] = await run<{ pid: number }>({ text: 'SELECT pg_backend_pid() AS pid', values: [] });
    return row?.pid ?? 0;
  };
  const backends = () => Promise.all([database.runTile, database.run, database.runAnalysis].map(backendOf));

  it('goes last where tiles and items want the processor', async () => {
    const [tiles, items, analysis] = (await backends()).map((pid) => getPriority(pid));
    expect(analysis).to.be.above(tiles as number);
    expect(items).to.equal(tiles);
  });

  it('goes last as a session too, where the system shares the processor between sessions', async function () {
    if (!existsSync('/proc/self/autogroup')) this.skip();
    // "/autogroup-25 nice 10"
    const niceness = (pid: number) => Number(/nice (-?\d+)/.exec(readFileSync(`/proc/${pid}/autogroup`, 'utf8'))?.[1]);
    const [tiles, items, analysis] = (await backends()) as [number, number, number];
    await until('it has yielded', () => niceness(analysis) === 10);
    expect([tiles, items].map(niceness)).to.deep.equal([0, 0]);
  });
});
