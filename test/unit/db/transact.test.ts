import { expect } from 'chai';
import { describe, it } from 'mocha';
import type pg from 'pg';
import { transact } from '../../../server/db/transact.ts';

/** A connection that answers everything but what the test wants refused. */
function connection(refused: string): { client: pg.ClientBase; said: string[] } {
  const said: string[] = [];
  const query = async (text: string) => {
    said.push(text);
    if (text === refused) throw new Error(`${text} is refused`);
    return { rows: [], command: text };
  };
  return { client: { query } as unknown as pg.ClientBase, said };
}

const failing = async () => {
  throw new RangeError('of the work itself');
};

describe('a transaction', () => {
  it('leaves a connection fit for others once it is rolled back', async () => {
    const { client, said } = connection('nothing');
    const settled = await transact(client, failing);
    expect(said).to.deep.equal(['BEGIN', 'ROLLBACK']);
    expect(settled).to.have.property('error').that.is.instanceOf(RangeError);
    expect(settled.fit).to.equal(true);
  });

  it('gives up a connection that it could not roll back: the next would find itself inside the transaction', async () => {
    const { client } = connection('ROLLBACK');
    const settled = await transact(client, failing);
    expect(settled).to.have.property('error').that.is.instanceOf(RangeError);
    expect(settled.fit).to.equal(false);
  });
});
