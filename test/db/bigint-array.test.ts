import { expect } from 'chai';
import fc from 'fast-check';
import { after, before, describe, it } from 'mocha';
import { toBaseCell, toBaseCellHalves } from '../../server/core/hex.ts';
import { BigintArray } from '../../server/encode/bigint-array.ts';
import { emptyDatabase, type TestDatabase } from '../support/database.ts';

describe('a list of numbers in binary', () => {
  let database: TestDatabase;
  before(async () => {
    database = await emptyDatabase();
  });
  after(() => database.close());

  it('is what PostgreSQL reads of it', async () => {
    const lists = fc.array(fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }), { maxLength: 20 });
    const asked = fc.asyncProperty(lists, async (numbers) => {
      const list = new BigintArray(numbers.length);
      for (const number of numbers) list.push(Number(number >> 32n), Number(number & 0xffffffffn));
      const [row] = await database.run<{ texts: string[] }>({
        text: 'SELECT $1::bigint[]::text[] AS texts',
        values: [list.bytes],
      });
      expect(row?.texts).to.deep.equal(numbers.map(String));
    });
    await fc.assert(asked, { numRuns: 50 });
  });

  it('takes cells as they are kept', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -180, max: 180, noNaN: true }),
        fc.double({ min: -90, max: 90, noNaN: true }),
        (lon, lat) => {
          const [high, low] = toBaseCellHalves(lon, lat);
          expect(((BigInt(high) << 32n) | BigInt(low)).toString()).to.equal(toBaseCell(lon, lat));
        },
      ),
    );
  });
});
