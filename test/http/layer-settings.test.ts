import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { LayerSchema } from '../../server/core/layer.ts';
import { openCatalogue } from '../../server/db/live-catalogue.ts';
import { publish } from '../../server/jobs/publish.ts';
import { seed } from '../../server/jobs/seed.ts';
import { GEODATA } from '../support/database.ts';
import { json } from '../support/json.ts';
import { EVENTS, eventRecord } from '../support/layers.ts';
import { served } from '../support/served.ts';
import { startServer, TEST_TOKEN, type TestServer } from '../support/server.ts';
import { decodeTile } from '../support/vector-tile.ts';

interface Described {
  title: string;
  azalai: {
    generation: number;
    title: { en: string };
    visible: boolean;
    style: Record<string, unknown>;
    legend: unknown[];
  };
}

const FIRST = 1_000_000;

describe('the settings of a layer', () => {
  let server: TestServer;
  before(async () => {
    server = await startServer();
    const records = [eventRecord(1, -4, 14), eventRecord(2, -3, 14, { killed: 4 })];
    const layer = LayerSchema.parse(EVENTS);
    await server.database.transaction((run) => publish(run, layer, records, { generation: FIRST, seedHash: null }));
    await served(server, 'events', FIRST);
  });
  after(() => server.close());

  const patch = (settings: unknown, id = 'events', token: string | null = TEST_TOKEN, more = {}) =>
    fetch(`${server.url}/collections/${id}`, {
      method: 'PATCH',
      headers: {
        ...{ 'Content-Type': 'application/json', ...more },
        ...(token === null ? {} : { Authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(settings),
    });
  const described = async () => json<Described>(fetch(`${server.url}/collections/events`));

  it('are set without another version where tiles stay the same, and every process hears of it', async () => {
    const ignore = () => undefined;
    const { connection, run } = server.database;
    const other = await openCatalogue(connection, run, { onChange: ignore, onError: ignore });
    const style = { ...EVENTS.style, radius: 9, color: '#0072b2' };
    const response = await patch({ title: { en: 'Incidents', fr: 'Incidents' }, visible: false, style });
    expect(response.status, await response.clone().text()).to.equal(200);
    const { title, azalai } = await json<Described>(response);
    expect(title).to.equal('Incidents');
    expect(azalai).to.include({ visible: false, generation: FIRST });
    expect(azalai.style).to.include({ radius: 9, color: '#0072b2' });
    expect((await described()).azalai).to.deep.equal(azalai);
    while (other.current().get('events').title.en !== 'Incidents')
      await new Promise((resolve) => setTimeout(resolve, 10));
    await other.close();
    const { layers } = await json<{ layers: { id: string; paint?: Record<string, unknown> }[] }>(
      fetch(`${server.url}/style.json`),
    );
    expect(JSON.stringify(layers.filter(({ id }) => id.startsWith('events:')))).to.include('#0072b2');
    // What follows is of the layer as it is set now.
    const { versions } = await json<{ versions: { origin: string; generation: number }[] }>(
      fetch(`${server.url}/collections/events/versions`),
    );
    expect(versions.map(({ generation }) => generation)).to.deep.equal([FIRST]);
  });

  it('are in whatever is read next, though the version is the same', async () => {
    const addresses = ['items?f=html', 'items?f=csv', 'items/1?f=html', 'export?f=csv'].map(
      (path) => `${server.url}/collections/events/${path}`,
    );
    const asked = [...addresses, `${server.url}/search?q=gao`];
    const tagsOf = () => Promise.all(asked.map(async (address) => (await fetch(address)).headers.get('etag') ?? ''));
    const files = async () => {
      const texts = ['collections/events/export?f=gpkg', 'tiles/events.pmtiles?maxzoom=1'].map(async (path) => {
        const response = await fetch(`${server.url}/${path}`);
        expect(response.status, path).to.equal(200);
        return { path, tag: response.headers.get('etag'), bytes: Buffer.from(await response.arrayBuffer()) };
      });
      return Promise.all(texts);
    };
    const [before, kept] = [await tagsOf(), await files()];
    const licence = { ...EVENTS.licence, name: 'Open licence of the test' };
    const attribution = { en: 'Made for the test', fr: 'Fait pour le test' };
    const response = await patch({ licence, attribution });
    expect((await json<Described>(response)).azalai.generation).to.equal(FIRST);
    for (const [nth, tag] of (await tagsOf()).entries()) expect(tag, asked[nth]).to.not.equal(before[nth]);
    for (const [nth, address] of asked.entries()) {
      const { status } = await fetch(address, { headers: { 'If-None-Match': before[nth] ?? '' } });
      expect(status, address).to.equal(200);
    }
    const [geopackage, archive] = await files();
    expect(geopackage?.bytes.includes('Open licence of the test')).to.equal(true);
    expect(kept[0]?.bytes.includes('Open licence of the test')).to.equal(false);
    expect(archive?.tag).to.not.equal(kept[1]?.tag);
    expect(await (await fetch(`${server.url}/collections/events/export?f=csv`)).text()).to.include('Made for the test');
  });

  it('are not set over those of another, when one says what one has read', async () => {
    const tag = async () => (await fetch(`${server.url}/collections/events`)).headers.get('etag') ?? '';
    const read = await tag();
    const setBy = (description: string, ifMatch: string) =>
      patch({ description: { en: description, fr: description } }, 'events', TEST_TOKEN, { 'If-Match': ifMatch });
    const first = await setBy('First', read);
    expect([first.status, first.headers.get('etag')]).to.deep.equal([200, await tag()]);
    const second = await setBy('Second', read);
    expect(second.status).to.equal(412);
    expect(await second.text()).to.include('set \\"events\\" otherwise');
    expect((await setBy('Second', `"other", W/${await tag()}`)).status).to.equal(200);
    expect((await setBy('Third', '*')).status).to.equal(200);
  });

  it('make the next version where the style reads what tiles had not', async () => {
    const style = { ...EVENTS.style, label: { field: 'killed' } };
    const { azalai } = await json<Described>(await patch({ style }));
    expect(azalai.generation).to.be.above(FIRST);
    const tile = await fetch(`${server.url}/tiles/events/6/31/29.mvt?generation=${azalai.generation}`);
    const properties = decodeTile(new Uint8Array(await tile.arrayBuffer())).events?.map(
      (each) => each.properties.killed,
    );
    expect(properties?.toSorted()).to.deep.equal([1, 4]);
    const { versions } = await json<{ versions: { origin: string; isServed: boolean }[] }>(
      fetch(`${server.url}/collections/events/versions`),
    );
    expect(versions[0]).to.include({ origin: 'settings', isServed: true });
  });

  it('are refused where they are not sound, with a pointer, and from who has no token', async () => {
    const before = await described();
    for (const [settings, status, said] of [
      [{ title: { en: 'Only English' } }, 400, '/title/fr'],
      [{ colour: 'red' }, 400, 'colour'],
      [{ geometry: 'line' }, 400, 'geometry'],
      [{ style: { ...EVENTS.style, radius: 99 } }, 400, '/style/radius'],
      [{ style: { ...EVENTS.style, label: { field: 'nothing' } } }, 422, 'nothing'],
    ] as const) {
      const response = await patch(settings);
      expect([response.status, (await response.text()).includes(said)], JSON.stringify(settings)).to.deep.equal([
        status,
        true,
      ]);
    }
    expect((await patch({ visible: true }, 'events', null)).status).to.equal(401);
    expect((await patch({ visible: true }, 'nowhere')).status).to.equal(404);
    expect(await described()).to.deep.equal(before);
  });

  it('of a shipped layer stay when the server starts again', async () => {
    const title = { en: 'Renamed attacks', fr: 'Attaques renommées' };
    expect((await patch({ title }, 'attacks')).status).to.equal(200);
    const published = await seed(server.database.transaction, GEODATA);
    expect(published).to.not.include('attacks');
    expect((await json<Described>(fetch(`${server.url}/collections/attacks`))).title).to.equal('Renamed attacks');
  });
});
