import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { json } from '../support/json.ts';
import { served } from '../support/served.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { asAdmin, bring, importHere, publishHere, readUpload, type UploadJson } from '../support/uploads.ts';

const GED = path.resolve(import.meta.dirname, '../../../shared/data/ucdp_ged_231_sample.csv');

/** All 31 columns of ACLED; the rows are invented. */
const COLUMNS =
  'event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,assoc_actor_1,inter1,actor2,assoc_actor_2,inter2,interaction,civilian_targeting,iso,region,country,admin1,admin2,admin3,location,latitude,longitude,geo_precision,source,source_scale,notes,fatalities,tags,timestamp';
const event = (n: number, { killed, timestamp }: { killed: number; timestamp: number }) =>
  `MLI${n},2023-03-0${n},2023,1,Political violence,Battles,Armed clash,Group A,,3,Group B,,1,13,,466,Western Africa,Mali,Mopti,Bandiagara,Doucoumbo,Doucoumbo ${n},14.3${n},-3.${n},1,Invented,Local,"An invented event, number ${n}.",${killed},,${timestamp}`;
const acled = (...rows: string[]) => `${[COLUMNS, ...rows].join('\n')}\n`;

interface Items {
  numberMatched: number;
  features: { id: number; properties: Record<string, unknown> }[];
}
interface Diff {
  added: number;
  changed: number;
  removed: number;
  same: number;
  records: { recordId: string; change: string; fields: string[] }[];
}

describe('files of the sources that operators bring', () => {
  let server: TestServer;
  before(async () => {
    server = await startServer();
  });
  after(() => server.close());

  const look = async (id: string) => readUpload(await asAdmin(server, `/uploads/${id}`));
  const get = (address: string) => asAdmin(server, address);
  const items = async (id: string, query = '') => json<Items>(await get(`/collections/${id}/items?limit=1000${query}`));
  const accountOf = ({ report }: UploadJson) => report?.account as Record<string, number>;

  async function sent(name: string, text: string): Promise<UploadJson> {
    const { id } = await bring(server, name, text);
    await importHere(server, id);
    const upload = await look(id);
    expect(upload.state, JSON.stringify(upload.error)).to.equal('ready');
    return upload;
  }
  async function published({ id }: UploadJson): Promise<UploadJson> {
    expect((await asAdmin(server, `/uploads/${id}/publish`, { method: 'POST' })).status).to.equal(202);
    await publishHere(server, id);
    const upload = await look(id);
    if (upload.published) await served(server, upload.published.collection, upload.published.generation);
    return upload;
  }

  it('ACLED: a layer of its own that is passed on to nobody, brought up to date by what is newer', async () => {
    const first = await sent('acled.csv', acled(...[1, 2, 3, 4].map((n) => event(n, { killed: n, timestamp: 100 }))));
    expect(first.profile).to.equal('acled');
    expect(first.mapping?.target).to.deep.include({ mode: 'new' });
    expect(accountOf(first)).to.include({ read: 4, quarantined: 0, skipped: 0 });

    // Not even who asks for it gets these rows into a layer that may be passed on.
    const target = { mode: 'append', collection: 'attacks' };
    const patch = {
      method: 'PATCH',
      body: JSON.stringify({ target }),
      headers: { 'Content-Type': 'application/json' },
    };
    const other = await sent('acled.csv', acled(event(9, { killed: 0, timestamp: 100 })));
    expect((await asAdmin(server, `/uploads/${other.id}/mapping`, patch)).status).to.equal(202);
    await importHere(server, other.id);
    const refused = await published(other);
    expect([refused.state, refused.error?.code]).to.deep.equal(['ready', 'licence-forbids']);
    expect(refused.error?.detail).to.contain('forbid to pass them on');

    const one = (await published(first)).published;
    expect(one?.collection).to.equal('acled');
    // Who has no token sees none of them.
    expect((await json<Items>(await fetch(`${server.url}/collections/acled/items`))).numberMatched).to.equal(0);
    expect((await items('acled')).numberMatched).to.equal(4);
    for (const address of ['/tiles/acled.pmtiles', '/collections/acled/export?f=csv']) {
      const response = await get(address);
      const { detail } = await json<{ detail: string }>(response);
      expect([response.status, detail.includes('does not allow')], `${address}: ${detail}`).to.deep.equal([403, true]);
    }

    const second = await sent(
      'acled.csv',
      acled(
        event(1, { killed: 10, timestamp: 200 }),
        event(2, { killed: 20, timestamp: 50 }),
        event(3, { killed: 30, timestamp: 100 }),
        event(5, { killed: 5, timestamp: 200 }),
      ),
    );
    expect(second.mapping?.target).to.deep.equal({ mode: 'upsert', collection: 'acled', newer: 'timestamp' });
    expect(accountOf(second)).to.include({ read: 4, skipped: 2, quarantined: 0 });
    const { issues } = await json<{ issues: { code: string; idx: number; done: string; value: string }[] }>(
      await asAdmin(server, `/uploads/${second.id}/issues.json?code=not-newer`),
    );
    expect(issues.map(({ idx, done, value }) => [idx, done, value])).to.deep.equal([
      [2, 'skipped', '50'],
      [3, 'skipped', '100'],
    ]);
    expect(second.changes).to.deep.equal({ added: 1, changed: 1, removed: 0, same: 0 });
    const two = (await published(second)).published;
    const killed = async () =>
      Object.fromEntries(
        (await items('acled')).features.map(({ properties }) => [properties.record_id, properties.killed]),
      );
    expect(await killed()).to.deep.equal({ MLI1: 10, MLI2: 2, MLI3: 3, MLI4: 4, MLI5: 5 });

    const third = await sent('acled_deleted.csv', 'event_id_cnty,deleted_timestamp\nMLI4,300\nMLI99,300\n');
    expect(third.mapping?.target).to.deep.equal({ mode: 'delete', collection: 'acled' });
    expect(third.changes).to.deep.equal({ added: 0, changed: 0, removed: 1, same: 4 });
    const three = (await published(third)).published;
    expect(Object.keys(await killed())).to.have.members(['MLI1', 'MLI2', 'MLI3', 'MLI5']);

    const { versions } = await json<{ versions: { generation: number; count: number }[] }>(
      await get('/collections/acled/versions'),
    );
    // The public ones are counted.
    expect(versions.map(({ generation, count }) => [generation, count])).to.deep.equal([
      [three?.generation, 0],
      [two?.generation, 0],
      [one?.generation, 0],
    ]);
    const diff = async (from = 0, to = 0) =>
      json<Diff>(await get(`/collections/acled/versions/diff?from=${from}&to=${to}`));
    const update = await diff(one?.generation, two?.generation);
    expect(update).to.deep.include({ added: 1, changed: 1, removed: 0, same: 3 });
    expect(update.records.map(({ recordId, change, fields }) => [recordId, change, fields])).to.deep.equal([
      ['MLI1', 'changed', ['killed', 'timestamp']],
      ['MLI5', 'added', []],
    ]);
    const deletion = await diff(two?.generation, three?.generation);
    expect(deletion.records.map(({ recordId, change }) => [recordId, change])).to.deep.equal([['MLI4', 'removed']]);
  });

  it('IPIS: what a visit found holds until the next visit of the site', async () => {
    const visits = [
      'vid,pcode,visit_date,name,longitude,latitude,province,territoire,village,workers_numb,mineral1,mineral2,mineral3,interference,armed_group1,armed_group2,armed_group3',
      '11,codmine1,2019-05-01,Mine A,28.1,-2.1,Sud-Kivu,Shabunda,Village A,40,Or,,,1,Group A,,',
      '12,codmine2,2019-07-01,Mine B,28.2,-2.2,Sud-Kivu,Shabunda,Village B,10,3T,,,0,,,',
      '13,codmine1,2021-02-10,Mine A,28.1,-2.1,Sud-Kivu,Shabunda,Village A,90,Or,3T,,0,,,',
      '14,codmine1,2020-03-05,Mine A,28.1,-2.1,Sud-Kivu,Shabunda,Village A,60,Or,,,1,Group B,,',
    ];
    const upload = await sent('ipis_visits.csv', `${visits.join('\n')}\n`);
    expect(upload.profile).to.equal('ipis');
    await published(upload);
    const at = async (day: string) => {
      const { features } = await items('ipis_visits', `&datetime=${day}`);
      return Object.fromEntries(features.map(({ properties }) => [properties.site, properties.workers]));
    };
    expect(await at('2019-04-30')).to.deep.equal({});
    expect(await at('2019-05-02')).to.deep.equal({ codmine1: 40 });
    expect(await at('2020-03-04')).to.deep.equal({ codmine1: 40, codmine2: 10 });
    expect(await at('2020-03-05')).to.deep.equal({ codmine1: 60, codmine2: 10 });
    expect(await at('2026-11-21')).to.deep.equal({ codmine1: 90, codmine2: 10 });
    const again = await sent(
      'ipis_visits.csv',
      `${visits.join('\n')}\n15,codmine2,2022-01-01,Mine B,28.2,-2.2,,,,0,,,,,,,\n`,
    );
    expect(again.mapping?.target).to.deep.equal({ mode: 'replace', collection: 'ipis_visits' });
    expect(again.changes).to.deep.equal({ added: 1, changed: 1, removed: 0, same: 3 });
  });

  it('UCDP GED: a thousand real rows, as a layer that may be passed on', async function run() {
    if (!existsSync(GED)) {
      console.log('      ucdp_ged_231_sample.csv is not in ../shared/data');
      this.skip();
    }
    const upload = await sent('ged231.csv', readFileSync(GED, 'utf8'));
    expect(upload.profile).to.equal('ucdp-ged');
    const { read = 0, unchanged = 0, repaired = 0 } = accountOf(upload);
    expect(read).to.equal(1000);
    const { published: done } = await published(upload);
    expect(done?.collection).to.equal('ucdp_ged');
    expect((await items('ucdp_ged')).numberMatched).to.equal(unchanged + repaired);
    expect((await get('/tiles/ucdp_ged.pmtiles?maxzoom=4')).status).to.equal(200);
  });
});
