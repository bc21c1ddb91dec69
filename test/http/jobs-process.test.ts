import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { seededDatabase, type TestDatabase } from '../support/database.ts';
import { type Running, serversOn, until } from '../support/process.ts';

const TOKEN = 'a-token-for-two-servers';
const HEADERS = { 'Content-Type': 'application/json', Prefer: 'respond-async', Authorization: `Bearer ${TOKEN}` };
const QUESTION = { inputs: { from: 'attacks', to: 'camps', within_km: 50 } };

interface StatusInfo {
  readonly jobID: string;
  readonly status: string;
  readonly message: string;
}

/** Jobs of one server as another sees them: both are on one database, as the workers of one server are. */
describe('jobs of another process', function () {
  this.timeout(120_000);
  let database: TestDatabase;
  let first: Running;
  let second: Running;
  let table: string;
  const servers = serversOn(() => database);
  before(async () => {
    database = await seededDatabase();
    const environment = { ADMIN_TOKEN: TOKEN, WORKERS: '1' };
    first = await servers.start(environment);
    second = await servers.start(environment);
    table = await database.tableOf('attacks');
    await inSql(
      database.run,
      `CREATE FUNCTION wait_for_test() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN PERFORM pg_advisory_xact_lock_shared(731); RETURN NEW; END $$;
      CREATE TRIGGER wait_for_test BEFORE UPDATE ON azalai.job
        FOR EACH ROW WHEN (OLD.state = 'accepted' AND NEW.state = 'running') EXECUTE FUNCTION wait_for_test()`,
    );
  });
  after(async () => {
    await servers.end('SIGKILL');
    await database.close();
  });

  const info = async ({ url }: Running, id: string) =>
    (await (await fetch(`${url}/jobs/${id}`, { headers: HEADERS })).json()) as StatusInfo;
  const waiting = async () => {
    const [row] = await database.run<{ count: number }>({
      text: "SELECT count(*) AS count FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
      values: [],
    });
    return row?.count;
  };

  const inSql = (run: TestDatabase['run'], text: string) => run({ text, values: [] });

  /** Does something while the first server works on a job that does not get on, for the records that it asks are locked. */
  async function whileItRuns(work: (id: string) => Promise<void>): Promise<void> {
    await database.transaction(async (run) => {
      // A question is weighed before it is a job, which reads the records too: no job begins before they are locked.
      await inSql(run, 'SELECT pg_advisory_lock(731)');
      const response = await fetch(`${first.url}/processes/proximity/execution`, {
        ...{ method: 'POST', headers: HEADERS, body: JSON.stringify(QUESTION) },
      });
      expect(response.status, await response.clone().text()).to.equal(201);
      const { jobID } = (await response.json()) as StatusInfo;
      await inSql(run, `LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE`);
      await inSql(run, 'SELECT pg_advisory_unlock(731)');
      await until('it runs', async () => (await info(second, jobID)).status === 'running' && (await waiting()) === 1);
      await work(jobID);
    });
  }

  it('are given up by way of any', async () => {
    let id = '';
    await whileItRuns(async (jobID) => {
      id = jobID;
      const response = await fetch(`${second.url}/jobs/${jobID}`, { method: 'DELETE', headers: HEADERS });
      expect(((await response.json()) as StatusInfo).status).to.equal('dismissed');
      await until('its query has ended', async () => (await waiting()) === 0);
    });
    expect((await info(first, id)).status).to.equal('dismissed');
  });

  it('have failed when that was killed, and hold nothing up', async () => {
    let id = '';
    await whileItRuns(async (jobID) => {
      id = jobID;
      first.child.kill('SIGKILL');
      await first.ended;
      await until('its query has ended', async () => (await waiting()) === 0);
    });
    expect((await info(second, id)).status, 'it may only be slow').to.equal('running');
    await database.run({
      text: "UPDATE azalai.job SET heartbeat_at = heartbeat_at - interval '1 minute' WHERE id = $1",
      values: [id],
    });
    const failed = await info(second, id);
    expect([failed.status, failed.message]).to.deep.equal([
      'failed',
      'The server process that worked on this ended before it was done. Ask again.',
    ]);
    const again = await fetch(`${second.url}/processes/proximity/execution`, {
      ...{ method: 'POST', headers: { ...HEADERS, Prefer: '' }, body: JSON.stringify(QUESTION) },
    });
    expect(again.status).to.equal(200);
  });
});
