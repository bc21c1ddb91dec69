import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { migratedDatabase, type TestDatabase } from '../support/database.ts';
import { check, layerWith, point, stageRows } from '../support/staging.ts';

const TIMELESS = layerWith({ time: null });
const column = (name: string) => ({ column: name });

describe('columns that a mapping names', () => {
  let database: TestDatabase;
  before(async () => {
    database = await migratedDatabase();
  });
  after(() => database.close());

  const missing = async (mapping: Record<string, unknown>) => {
    const staged = await stageRows(database, [point(-4, 14, { dead: 1, Region: 'Gao' }), point(-3, 15, { Kind: 'a' })]);
    const { issues, account } = await check(database, staged, { layer: TIMELESS, mapping });
    expect(account).to.include({ read: 2, unchanged: 2 });
    return issues
      .filter(({ code }) => code === 'column-missing')
      .map(({ idx, severity, pointer }) => [idx, severity, pointer]);
  };

  it('and the file does not have are said once each, as a warning, and keep no record out', async () => {
    expect(
      await missing({
        fields: { kind: column('kind'), killed: column('Dead'), tags: column('Dead') },
        record: { valid_from: column('when') },
        regions: [{ column: 'region', level: 1 }],
      }),
    ).to.have.deep.members([
      [null, 'warning', 'kind'],
      [null, 'warning', 'Dead'],
      [null, 'warning', 'when'],
      [null, 'warning', 'region'],
    ]);
  });

  it('and the file has are not', async () => {
    const fields = { kind: column('Kind'), killed: column('dead'), tags: { constant: 'x' } };
    expect(await missing({ fields, regions: [{ column: 'Region', level: 1 }] })).to.deep.equal([]);
  });
});
