import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { ShapeTooLarge } from '../../server/core/errors.ts';
import { migratedDatabase, type TestDatabase } from '../support/database.ts';

describe('a shape that cannot be measured', () => {
  let database: TestDatabase;
  before(async () => {
    database = await migratedDatabase();
  });
  after(() => database.close());

  for (const [what, text] of [
    [
      'between opposite points',
      "ST_DWithin(ST_GeogFromText('LINESTRING(0 90, 0 -90)'), ST_GeogFromText('POINT(3 3)'), 9)",
    ],
    ['of the whole earth', "ST_Area(ST_GeogFromText('POLYGON((-180 -90, 180 -90, 180 90, -180 90, -180 -90))'))"],
  ] as const) {
    it(`${what} is the fault of who asks, and named so`, async () => {
      const error: unknown = await database
        .run({ text: `SELECT ${text}`, values: [] })
        .catch((cause: unknown) => cause);
      expect(error).to.be.instanceOf(ShapeTooLarge);
      expect((await database.run({ text: 'SELECT 1 AS one', values: [] }))[0]).to.deep.equal({ one: 1 });
    });
  }
});
