import { existsSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { DatabaseFull, QueryTooLarge } from '../../server/core/errors.ts';
import { isPassing } from '../../server/jobs/import/failure.ts';
import { migratedDatabase, type TestDatabase } from '../support/database.ts';

describe('the memory of a query', () => {
  let database: TestDatabase;
  before(async () => {
    database = await migratedDatabase();
  });
  after(() => database.close());

  const query = <Row>(text: string) => database.run<Row>({ text, values: [] });

  it('is bounded in each process of the private cluster', async function run() {
    const [row] = await query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    const file = `/proc/${row?.pid}/limits`;
    if (!existsSync(file)) {
      console.log('      the limits of a process are not told here');
      this.skip();
    }
    const [, bytes] = /^Max address space +(\S+)/m.exec(readFileSync(file, 'utf8')) ?? [];
    expect(Number(bytes), bytes).to.be.within(1e9, 5e9);
  });

  it('that wants more fails alone, with what to do about it', async () => {
    for (const failing of [
      `RAISE EXCEPTION 'out of memory' USING ERRCODE = '53200'`,
      `RAISE EXCEPTION 'GEOSMakeValid: std::bad_alloc'`,
    ]) {
      const error = await query(`DO $$ BEGIN ${failing}; END $$`).catch((thrown: unknown) => thrown);
      expect(error).to.be.instanceOf(QueryTooLarge);
      expect((error as Error).message).to.contain('Split or simplify it');
    }
  });

  it('and the disk of the database have different reasons', async () => {
    const full = `RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'`;
    const error = await query(`DO $$ BEGIN ${full}; END $$`).catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(DatabaseFull);
    expect((error as Error).message).to.contain('make room');
    // That would be tried again and again.
    expect(isPassing(error)).to.equal(false);
  });
});
