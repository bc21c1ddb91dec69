import { expect } from 'chai';
import { after, afterEach, before, describe, it } from 'mocha';
import { seededDatabase, type TestDatabase } from '../support/database.ts';
import { serversOn, until } from '../support/process.ts';
import { readEvents, readUpload, type UploadJson } from '../support/uploads.ts';

const CSV = `name,lat,lon\n${Array.from({ length: 500 }, (_, n) => `Place ${n},${14 + n / 500},${-4 - n / 500}`).join('\n')}\n`;

describe('bringing files to a server of several processes', function () {
  this.timeout(120_000);
  let database: TestDatabase;
  const servers = serversOn(() => database);
  before(async () => {
    database = await seededDatabase();
  });
  afterEach(() => servers.end('SIGKILL'));
  after(() => database.close());

  const open = (environment: Record<string, string> = {}) => servers.start({ WORKERS: '2', ...environment });
  /** On a connection of its own each, so that any of the workers may get it. */
  const ask = (url: string, token: string, address: string, init: RequestInit = {}) =>
    fetch(url + address, {
      ...init,
      headers: { Authorization: `Bearer ${token}`, Connection: 'close', ...init.headers },
    });

  it('prints the token once, and follows a file until it is checked, whichever process does what', async () => {
    const server = await open();
    const token = /shown this once: ([\w-]{43})/.exec(server.log())?.[1] ?? '';
    expect(token, server.log()).to.have.length(43);
    const init = { method: 'POST', body: CSV, headers: { 'X-File-Name': 'places.csv' } };
    const sent = await ask(server.url, token, '/uploads', init);
    expect(sent.status).to.equal(202);
    const { id } = await readUpload(sent);

    const follow = () => ask(server.url, token, `/uploads/${id}/events`);
    const isOver = (events: readonly { data: UploadJson }[]) => {
      const state = events.findLast(({ data }) => data.state !== undefined)?.data.state;
      return state === 'ready' || state === 'failed';
    };
    const followed = await Promise.all([1, 2, 3, 4].map(async () => readEvents(await follow(), isOver)));
    for (const events of followed) {
      expect(events.at(-1)?.data.state, JSON.stringify(events.at(-1))).to.equal('ready');
      expect(events.at(-1)?.data.report).to.have.nested.property('account.read', 500);
    }

    const asked = await ask(server.url, token, `/uploads/${id}/publish`, { method: 'POST' });
    expect([asked.status, (await readUpload(asked)).state]).to.deep.equal([202, 'publishing']);
    const isPublished = (events: readonly { data: UploadJson }[]) => events.at(-1)?.data.state !== 'publishing';
    const last = (await readEvents(await follow(), isPublished)).at(-1)?.data;
    expect(last?.state, JSON.stringify(last)).to.equal('published');
    const { collection = '', generation } = last?.published ?? {};
    const found = await ask(server.url, token, `/collections/${collection}`);
    expect(found.status, JSON.stringify(last)).to.equal(200);
    expect(await found.text()).to.include(String(generation));

    // Who follows hears the end, and does not hold it up.
    const line = await follow();
    const rest = readEvents(line, () => false);
    server.child.kill('SIGTERM');
    // Cut off, it would throw.
    await Promise.all([rest, server.ended]);
    expect(server.log().match(/shown this once/g)).to.have.length(1);
  });

  it('says no token at a later start, and takes the configured one', async () => {
    const server = await open({ ADMIN_TOKEN: 'a-token-of-our-own' });
    expect(server.log()).not.to.include('shown this once');
    expect(server.log()).not.to.include('a-token-of-our-own');
    await until('it is known', async () => (await ask(server.url, 'a-token-of-our-own', '/uploads')).status === 200);
    expect((await ask(server.url, 'a-token-of-theirs!', '/uploads')).status).to.equal(401);
  });
});
