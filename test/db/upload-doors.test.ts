import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { ensureToken, openTokens } from '../../server/jobs/uploads/admin-token.ts';
import { migratedDatabase, type TestDatabase } from '../support/database.ts';

describe('the token by which the server is administered', () => {
  let database: TestDatabase;
  before(async () => {
    database = await migratedDatabase();
  });
  after(() => database.close());

  const accepts = (token: string) => openTokens(database.run).accepts(token);
  const stored = () => database.run<{ hash: string }>({ text: 'SELECT hash FROM azalai.token', values: [] });

  it('is made once, when none is configured, by one of those that start at once', async () => {
    let reached = () => {};
    const isThere = new Promise<void>((resolve) => {
      reached = resolve;
    });
    let release = () => {};
    const mayGoOn = new Promise<void>((resolve) => {
      release = resolve;
    });
    /** Stops between looking and storing. */
    const slow: TestDatabase['transaction'] = (work) =>
      database.transaction((run) =>
        work(async (query, signal) => {
          if (query.text.startsWith('INSERT')) {
            reached();
            await mayGoOn;
          }
          return run(query, signal);
        }),
      );
    const first = ensureToken(slow, undefined);
    await isThere;
    const second = ensureToken(database.transaction, undefined);
    await Promise.race([second, new Promise((resolve) => setTimeout(resolve, 500))]);
    release();
    const made = await Promise.all([first, second]);
    const tokens = made.filter((token) => token !== undefined);
    expect(tokens).to.have.length(1);
    const [token] = tokens as [string];
    expect(token).to.match(/^[\w-]{43}$/);
    expect([await accepts(token), await accepts(`${token}x`), await accepts('')]).to.deep.equal([true, false, false]);
    expect(JSON.stringify(await stored())).not.to.include(token);
    expect(await ensureToken(database.transaction, undefined)).to.equal(undefined);
    expect(await accepts(token)).to.equal(true);
  });

  it('is the configured one, and no other', async () => {
    const [old] = await stored();
    expect(await ensureToken(database.transaction, 'a-token-of-our-own')).to.equal(undefined);
    expect(await stored()).to.have.length(1);
    expect(await stored()).not.to.deep.include(old);
    expect(await accepts('a-token-of-our-own')).to.equal(true);
    await ensureToken(database.transaction, 'another-token-of-ours');
    expect([await accepts('a-token-of-our-own'), await accepts('another-token-of-ours')]).to.deep.equal([false, true]);
  });
});
