import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import pg from 'pg';
import { execute } from '../../../server/db/execute.ts';

function refusal(code: string): pg.DatabaseError {
  const error = new pg.DatabaseError('as PostgreSQL says it', 1, 'error');
  error.code = code;
  return error;
}

describe('a cancelled query', () => {
  /** Takes a cancel request and closes, as PostgreSQL does. */
  let server: Server;
  let onCancel = () => {};
  before(async () => {
    server = createServer((socket) => {
      socket.once('data', () => {
        onCancel();
        socket.end();
      });
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
  });
  after(() => server.close());

  /** A connection whose first query runs until it is cancelled, and which then answers `afterwards`. */
  function connection(afterwards: () => Promise<unknown>) {
    const said: unknown[] = [];
    const query = (asked: unknown) => {
      said.push(asked);
      if (said.length > 1) return afterwards();
      return new Promise((_, reject) => {
        onCancel = () => reject(refusal('57014'));
      });
    };
    const { port } = server.address() as AddressInfo;
    const client = { query, host: '127.0.0.1', port, ssl: false, processID: 1, secretKey: 2 };
    return { client: client as unknown as pg.ClientBase, said };
  }

  const cancelled = (client: pg.ClientBase) => {
    const leaving = new AbortController();
    const settled = execute(client, { text: 'SELECT pg_sleep(1)', values: [] }, leaving.signal);
    leaving.abort();
    return settled;
  };

  it('leaves a fit connection when that answers again', async () => {
    const { client, said } = connection(async () => ({ rows: [] }));
    const settled = await cancelled(client);
    expect(settled).to.have.property('error').with.property('name', 'RequestAborted');
    expect(settled.fit).to.equal(true);
    expect(said.length).to.equal(2);
  });

  it('leaves one that is given up when a second request hits what comes after it', async () => {
    const { client } = connection(() => Promise.reject(refusal('57014')));
    expect((await cancelled(client)).fit).to.equal(false);
  });

  it('leaves a fit one inside a transaction that it broke', async () => {
    const { client } = connection(() => Promise.reject(refusal('25P02')));
    expect((await cancelled(client)).fit).to.equal(true);
  });
});
