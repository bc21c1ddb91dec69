import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { until } from '../support/process.ts';
import { startServer, type TestServer } from '../support/server.ts';
import {
  asAdmin,
  bring,
  importHere,
  publishHere,
  readEvents,
  readUpload,
  type UploadJson,
} from '../support/uploads.ts';
import { decodeTile } from '../support/vector-tile.ts';

/** Three good rows, one nowhere, two off the Earth, and a formula. */
const CSV = `name,kind,lat,lon,day,count
Gao,ied,16.27,-0.04,2020-01-02,3
"Mopti, ville",ied,14.49,-4.18,2020-01-03,4
Nowhere,ied,,,2020-01-04,5
Off,ied,16.1,999,2020-01-05,6
=HYPERLINK("x"),small_arms,,,2020-01-06,7
Kidal,small_arms,18.44,1.41,2020-01-07,8
Far,ied,16.1,-999,2020-01-08,9
`;

interface Feature {
  id: number;
  geometry: { type: string; coordinates: number[] } | null;
  before: unknown;
  outcome?: string;
  properties: Record<string, unknown>;
  issues?: { code: string }[];
}

describe('looking at an upload', () => {
  let server: TestServer;
  let upload: UploadJson;
  const launched: string[] = [];
  /** Holds up what the database has answered. */
  let barrier: (() => Promise<void>) | undefined;

  before(async () => {
    server = await startServer((context) => ({
      run: async (...query) => {
        const rows = await context.run(...query);
        await barrier?.();
        return rows as never;
      },
      uploads: {
        ...context.uploads,
        launch: (id) => {
          launched.push(id);
          void importHere(server, id);
        },
        publish: (id) => void publishHere(server, id),
      },
    }));
    upload = await settled(await bring(server, 'incidents du cercle.csv', CSV));
  });
  after(() => server.close());

  const get = async (id: string) => readUpload(await asAdmin(server, `/uploads/${id}`));
  async function settled({ id }: UploadJson): Promise<UploadJson> {
    await until('it is checked', async () => !['reading', 'checking'].includes((await get(id)).state));
    return get(id);
  }
  const text = async (address: string) => {
    const response = await asAdmin(server, `/uploads/${upload.id}${address}`);
    // `text` would leave out the mark at the beginning.
    return { response, body: Buffer.from(await response.arrayBuffer()).toString() };
  };
  const patch = (id: string, mapping: unknown, type = 'application/json') =>
    asAdmin(server, `/uploads/${id}/mapping`, {
      method: 'PATCH',
      body: typeof mapping === 'string' ? mapping : JSON.stringify(mapping),
      headers: { 'Content-Type': type },
    });

  it('has an account that adds up, a mapping, and what publishing would change', () => {
    expect(upload.state, JSON.stringify(upload.error)).to.equal('ready');
    const { account } = upload.report as { account: Record<string, number> };
    expect(account).to.include({ read: 7, unlocated: 2, quarantined: 2 });
    expect(upload.mapping).to.have.nested.property('target.mode', 'new');
    expect(upload.changes).to.deep.equal({ added: 3, changed: 0, removed: 0, same: 0 });
  });

  it('gives its issues as JSON, page by page, and by code', async () => {
    const all = JSON.parse((await text('/issues.json')).body) as { issues: { id: number; code: string }[]; next: null };
    expect(all.next).to.equal(null);
    expect(all.issues.length).to.be.greaterThan(1);
    const { code } = all.issues.at(-1) as { code: string };
    const ofCode = JSON.parse((await text(`/issues.json?code=${code}`)).body) as typeof all;
    expect(ofCode.issues).to.deep.equal(all.issues.filter((issue) => issue.code === code));
    const first = JSON.parse((await text('/issues.json?limit=1')).body) as { issues: object[]; next: number };
    expect(first.issues).to.deep.equal(all.issues.slice(0, 1));
    const second = JSON.parse((await text(`/issues.json?limit=1&after=${first.next}`)).body) as typeof first;
    const offset = JSON.parse((await text('/issues.json?limit=1&offset=1')).body) as typeof first;
    expect(second.issues).to.deep.equal(all.issues.slice(1, 2));
    expect(offset.issues).to.deep.equal(all.issues.slice(1, 2));
  });

  it('gives its issues as a table', async () => {
    const { response, body } = await text('/issues.csv');
    expect(response.headers.get('content-type')).to.equal('text/csv; charset=utf-8');
    expect(response.headers.get('content-disposition')).to.include('filename="incidents du cercle-issues.csv"');
    expect(body.startsWith('\ufeff')).to.equal(true);
    const lines = body.slice(1).trimEnd().split('\r\n');
    expect(lines[0]).to.equal('record,line,part,code,severity,pointer,value,detail,done,lon,lat');
    const issues = (JSON.parse((await text('/issues.json')).body) as { issues: object[] }).issues;
    expect(lines.length - 1).to.equal(issues.length);
  });

  it('gives what is kept out as GeoJSON, with the reason', async () => {
    const { response, body } = await text('/quarantine.geojson');
    expect(response.headers.get('content-type')).to.match(/^application\/geo\+json/);
    const { features } = JSON.parse(body) as { features: Feature[] };
    expect(features.map(({ id, properties }) => [id, properties.name])).to.deep.equal([
      [4, 'Off'],
      [7, 'Far'],
    ]);
    expect(features[0]?.properties.azalai_issues).to.match(/^[a-z-]+: .*/);
  });

  it('gives what has no position as a table that no spreadsheet runs', async () => {
    const { body } = await text('/unlocated.csv');
    const lines = body.slice(1).trimEnd().split('\r\n');
    expect(lines[0]).to.match(/^azalai_record,azalai_line,name,kind/);
    expect(lines.slice(1).map((line) => line.split(',').slice(0, 3))).to.deep.equal([
      ['3', '4', 'Nowhere'],
      ['5', '6', `"'=HYPERLINK(""x"")"`],
    ]);
  });

  it('gives the records that an issue is about', async () => {
    const { features } = JSON.parse((await text('/records')).body) as { features: Feature[] };
    const off = features.find(({ id }) => id === 4);
    expect(off?.outcome).to.equal('quarantined');
    expect(off?.issues?.length).to.be.greaterThan(0);
    const code = off?.issues?.[0]?.code;
    const one = JSON.parse((await text(`/records?code=${code}&limit=1`)).body) as { features: Feature[] };
    expect(one.features.map(({ id }) => id)).to.deep.equal([4]);
  });

  it('draws tiles of it, before and after', async () => {
    for (const side of ['before', 'after']) {
      const response = await asAdmin(server, `/uploads/${upload.id}/tiles/${side}/0/0/0.mvt`);
      expect(response.status, await response.clone().text()).to.equal(200);
      expect(response.headers.get('content-type')).to.equal('application/vnd.mapbox-vector-tile');
      const tile = decodeTile(new Uint8Array(await response.arrayBuffer()));
      const { id } = (upload.mapping as { target: { layer: { id: string } } }).target.layer;
      expect(tile[id]?.map((feature) => feature.id)).to.deep.equal([1, 2, 6]);
    }
    expect((await text('/tiles/beside/0/0/0.mvt')).response.status).to.equal(400);
    expect((await text('/tiles/after/0/1/0.mvt')).response.status).to.equal(404);
  });

  it('is checked anew with another mapping, and read anew when that tells where things are', async () => {
    const repairs = ['axes-swapped'];
    const changed = await patch(upload.id, { repairs });
    expect(changed.status).to.equal(202);
    expect(await readUpload(changed)).to.deep.include({ state: 'checking', changes: null });
    const again = await settled(upload);
    expect([again.state, again.mapping?.repairs]).to.deep.equal(['ready', repairs]);

    const location = { type: 'lonlat', lon: 'count', lat: 'lat' };
    expect((await readUpload(await patch(upload.id, { location }))).state).to.equal('reading');
    const moved = await settled(upload);
    expect(moved.state, JSON.stringify(moved.error)).to.equal('ready');
    const { features } = JSON.parse((await text('/records')).body) as { features: Feature[] };
    expect(features.find(({ id }) => id === 4)?.geometry, 'by its longitude of 6').not.to.equal(null);
    expect((await readUpload(await patch(upload.id, { location: null }))).state).to.equal('reading');
    expect((await settled(upload)).mapping?.location).to.equal(null);
  });

  it('refuses a mapping that is none, and says where', async () => {
    const before = launched.length;
    const wrong = await patch(upload.id, { repairs: ['nonsense'], crs: 'WGS84' });
    const problem = (await wrong.json()) as { status: number; errors: { pointer: string }[] };
    expect(problem.status).to.equal(400);
    expect(problem.errors.map(({ pointer }) => pointer)).to.deep.equal(['/crs', '/repairs/0']);
    expect((await patch(upload.id, '{"a":')).status).to.equal(400);
    expect((await patch(upload.id, '[]')).status).to.equal(400);
    expect((await patch(upload.id, '{}', 'text/plain')).status).to.equal(415);
    expect((await patch(upload.id, `{"a":"${'x'.repeat(1_100_000)}"}`)).status).to.equal(413);
    const missing = await patch(upload.id, { target: { mode: 'append', collection: 'no_such' } });
    expect([missing.status, ((await missing.json()) as { detail: string }).detail.includes('no_such')]).to.deep.equal([
      404,
      true,
    ]);
    expect(launched.length).to.equal(before);
    expect((await get(upload.id)).state).to.equal('ready');
  });

  it('is followed by events: all of it at once, then what changes, then its end', async () => {
    const followed = await settled(await bring(server, 'followed.csv', CSV));
    const controller = new AbortController();
    const response = await asAdmin(server, `/uploads/${followed.id}/events`, { signal: controller.signal });
    expect(response.headers.get('content-type')).to.equal('text/event-stream; charset=utf-8');
    const reading = readEvents(response, (events) => events.at(-1)?.event === 'gone');
    await patch(followed.id, { repairs: [] });
    await settled(followed);
    expect((await asAdmin(server, `/uploads/${followed.id}`, { method: 'DELETE' })).status).to.equal(204);
    const events = await reading;
    expect(events[0]).to.deep.include({ event: 'upload' });
    expect(events[0]?.data).to.deep.include({ id: followed.id, state: 'ready', mapping: followed.mapping });
    expect(events.map(({ data }) => data.state)).to.include('checking');
    expect(events.at(-1)).to.deep.equal({ event: 'gone', data: { id: followed.id } });
    expect(events.at(-2)?.data.state).to.equal('ready');
  });

  const publish = (id: string) => asAdmin(server, `/uploads/${id}/publish`, { method: 'POST' });
  const published = async ({ id }: UploadJson) => {
    await until('it is published or not', async () => (await get(id)).state !== 'publishing');
    return get(id);
  };

  it('is published, once, and can then be neither published nor mapped again', async () => {
    const { id } = upload;
    let arrived = 0;
    barrier = async () => {
      arrived += 1;
      await until('both have looked', () => arrived >= 2);
      barrier = undefined;
    };
    const answers = await Promise.all([publish(id), publish(id)]);
    expect(answers.map(({ status }) => status).toSorted()).to.deep.equal([202, 409]);
    const done = await published(upload);
    expect(done, JSON.stringify(done.error)).to.deep.include({ state: 'published', error: null });
    const { collection = '' } = done.published ?? {};
    const found = await fetch(`${server.url}/collections/${collection}`);
    expect(found.status).to.equal(200);
    expect((await publish(id)).status).to.equal(409);
    expect((await patch(id, { repairs: [] })).status).to.equal(409);

    const { target } = done.mapping as { target: object };
    const again = await settled(await bring(server, 'incidents du cercle.csv', CSV));
    expect(again.sameAs).to.deep.equal([id]);
    const taken = await patch(again.id, { target });
    expect([taken.status, ((await taken.json()) as { detail: string }).detail]).to.deep.equal([
      409,
      `There is a collection "${collection}" already: replace it or append to it, or choose another id.`,
    ]);
    await patch(again.id, { target: { mode: 'append', collection } });
    const appended = await settled(again);
    expect(appended.state, JSON.stringify(appended.error)).to.equal('ready');
    expect(appended.changes).to.include({ removed: 0 });
    expect((await asAdmin(server, `/uploads/${id}`, { method: 'DELETE' })).status).to.equal(204);
    expect((await fetch(`${server.url}/collections/${collection}`)).status).to.equal(200);
  });

  it('is ready again, with the reason, when it cannot be published', async () => {
    const late = await settled(await bring(server, 'late.csv', CSV));
    await server.database.run({
      text: `UPDATE azalai.upload SET mapping = jsonb_set(mapping, '{target}', '{"mode":"append","collection":"hubs"}') WHERE id = $1`,
      values: [late.id],
    });
    expect((await publish(late.id)).status).to.equal(202);
    const refused = await published(late);
    expect(refused.state).to.equal('ready');
    expect(refused.error).to.have.property('code', 'publish-conflict');
    expect(refused.error?.detail).to.match(/"hubs" has changed since the records were checked/);
  });

  it('leaves nothing when it is taken out', async () => {
    const gone = await settled(await bring(server, 'gone.csv', CSV));
    expect((await asAdmin(server, `/uploads/${gone.id}`, { method: 'DELETE' })).status).to.equal(204);
    const tables = {
      text: 'SELECT 1 FROM pg_tables WHERE tablename LIKE $1',
      values: [`${gone.id.replaceAll('-', '')}%`],
    };
    await until('its tables are gone', async () => (await server.database.run(tables)).length === 0);
    expect((await asAdmin(server, `/uploads/${gone.id}/issues.json`)).status).to.equal(404);
  });

  it('has nothing to show before it is read', async () => {
    const { database } = server;
    const id = '22222222-0000-4000-8000-000000000000';
    await database.run({
      text: `INSERT INTO azalai.upload (id, name, bytes, state) VALUES ($1, 'x.csv', 5, 'reading')`,
      values: [id],
    });
    const read = async (address: string) => (await asAdmin(server, `/uploads/${id}${address}`)).text();
    expect(await read('/issues.json')).to.equal('{"issues":[],"next":null}');
    expect(JSON.parse(await read('/quarantine.geojson'))).to.deep.equal({ type: 'FeatureCollection', features: [] });
    expect(JSON.parse(await read('/records')))
      .to.have.property('features')
      .that.deep.equals([]);
    expect((await asAdmin(server, `/uploads/${id}/tiles/after/0/0/0.mvt`)).status).to.equal(409);
    expect((await patch(id, { repairs: [] })).status).to.equal(409);
    expect((await asAdmin(server, `/uploads/${id}/publish`, { method: 'POST' })).status).to.equal(409);
  });
});
