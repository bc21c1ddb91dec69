import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { QueryTimeout } from '../../server/core/errors.ts';
import { LayerSchema } from '../../server/core/layer.ts';
import { publish } from '../../server/jobs/publish.ts';
import type { Run } from '../../server/query/sql.ts';
import { json } from '../support/json.ts';
import { EVENTS, eventRecord } from '../support/layers.ts';
import { served } from '../support/served.ts';
import { startServer, TEST_TOKEN, type TestServer } from '../support/server.ts';

interface Hit {
  readonly id: string;
  readonly geometry: { readonly coordinates: readonly [number, number] };
  readonly bbox?: readonly number[];
  readonly properties: {
    readonly name: string;
    readonly found_by?: string;
    readonly match: string;
    readonly collection: string;
    readonly collection_title: string;
    readonly kind: string | null;
    readonly within: readonly string[];
    readonly count: number;
    readonly item: number;
    readonly valid_from: string | null;
  };
  readonly links: readonly { readonly href: string; readonly rel: string }[];
}
interface Answer {
  readonly features: readonly Hit[];
  readonly numberReturned: number;
  readonly detail: string;
}

describe('search', () => {
  let server: TestServer;
  before(async () => {
    server = await startServer();
  });
  after(() => server.close());

  const search = async (q: string, more = '', headers: Record<string, string> = {}) => {
    const response = await fetch(`${server.url}/search?q=${encodeURIComponent(q)}${more}`, { headers });
    expect(response.status).to.equal(200);
    expect(response.headers.get('content-type')).to.match(/^application\/geo\+json/);
    return (await json<Answer>(response)).features;
  };

  it('finds a town by its name in another language, with its region and country', async () => {
    const [town] = await search('Tombouctou');
    expect(town?.properties).to.deep.include({ name: 'Timbuktu', collection: 'places', match: 'exact', count: 1 });
    expect(town?.properties.within).to.deep.equal(['Timbuktu', 'Mali']);
    expect(town?.geometry.coordinates[0]).to.be.closeTo(-3.007, 0.01);
    const [french] = await search('timbuktu', '&lang=fr');
    expect(french?.properties).to.deep.include({ name: 'Tombouctou', collection_title: 'Localités' });
    expect(french?.properties.within).to.deep.equal(['Tombouctou', 'Mali']);
  });

  it('forgives accents, spellings and wrong letters', async () => {
    for (const [typed, name] of [
      ['menaka', 'Ménaka'],
      ['Duentza', 'Douentza'],
      ['Watagouna', 'Ouattagouna'],
      ['Aguelhoc', 'Aguelhok'],
      ['tombuctu', 'Timbuktu'],
      ['Gorma Rharous', 'Gourma-Rharous'],
      ['Sebha', 'Sabha'],
    ] as const) {
      expect((await search(typed))[0]?.properties, typed).to.deep.include({ name, collection: 'places' });
    }
  });

  it('finds regions by their P-codes, with the box to show', async () => {
    const [region] = await search('ML05');
    expect(region?.properties).to.deep.include({
      name: 'Mopti',
      collection: 'regions',
      match: 'exact',
      found_by: 'ML05',
    });
    expect(region?.properties.within).to.deep.equal(['Mali']);
    expect(region?.bbox).to.have.lengthOf(4);
    expect(region?.bbox?.[0]).to.be.lessThan(region?.bbox?.[2] as number);
  });

  it('finds records of every layer that has names: mines, camps, corridors, events', async () => {
    const layersOf = async (typed: string) =>
      new Set((await search(typed, '&limit=50')).map(({ properties }) => properties.collection));
    expect([...(await layersOf('Gao'))]).to.include.members(['places', 'regions', 'hubs', 'corridors']);
    const [mine] = await search('Loulo');
    expect(mine?.properties).to.deep.include({ collection: 'mines', kind: 'industrial' });
    const corridor = (await search('Southern Libya')).find(({ properties }) => properties.collection === 'corridors');
    expect(corridor?.properties.name).to.match(/^Southern Libya.* → /);
    expect(corridor?.properties.valid_from).to.match(/^\d{4}-/);
    expect((await search('Youwarou')).some(({ properties }) => properties.collection === 'materiel')).to.equal(true);
  });

  it('links to the record that it found', async () => {
    const [hit] = await search('Kidal');
    const { properties } = await json<{ properties: { name: string } }>(fetch(hit?.links[0]?.href ?? ''));
    expect(properties.name).to.equal('Kidal');
  });

  it('keeps from the public the names of what is not public, and reads each new version', async () => {
    const layer = LayerSchema.parse({
      ...{ ...EVENTS, id: 'sites', role: 'sites' },
      fields: [...EVENTS.fields, { name: 'name', type: 'string', title: { en: 'Name', fr: 'Nom' } }],
    });
    const record = (id: number, name: string, handling: string) => eventRecord(id, -3, 16 + id, { name, handling });
    const asked = async (headers = {}) => (await search('Zzyzx', '', headers)).map(({ properties }) => properties.name);
    const all = { Authorization: `Bearer ${TEST_TOKEN}` };
    const publishNext = async (generation: number, records: ReturnType<typeof eventRecord>[]) => {
      const { transaction } = server.database;
      await transaction((inside) => publish(inside, layer, records, { generation, seedHash: null }));
      await served(server, layer.id, generation);
    };
    await publishNext(1, [record(1, 'Zzyzx well', 'public'), record(2, 'Zzyzx store', 'restricted')]);
    expect(await asked()).to.deep.equal(['Zzyzx well']);
    expect(await asked(all)).to.have.members(['Zzyzx well', 'Zzyzx store']);
    await publishNext(2, [record(1, 'Zzyzx well', 'internal'), record(2, 'Zzyzx store', 'restricted')]);
    expect(await asked()).to.deep.equal([]);
    expect(await asked(all)).to.have.members(['Zzyzx well', 'Zzyzx store']);
  });

  it('tells records of one name at one place once, with their number', async () => {
    const record = (id: number, lon: number) => eventRecord(id, lon, 16, { name: 'Qqville' });
    const layer = LayerSchema.parse({
      ...{ ...EVENTS, id: 'named' },
      fields: [...EVENTS.fields, { name: 'name', type: 'string', title: { en: 'Name', fr: 'Nom' } }],
    });
    const records = [record(1, -3), record(2, -3.01), record(3, 2)];
    const { transaction } = server.database;
    await transaction((inside) => publish(inside, layer, records, { generation: 1, seedHash: null }));
    await served(server, layer.id, 1);
    const counts = (await search('Qqville')).map(({ properties }) => [properties.item, properties.count]);
    expect(counts).to.deep.equal([
      [1, 2],
      [3, 1],
    ]);
  });

  it('says what is wrong with a question', async () => {
    for (const [query, wrong] of [
      ['', /q must say what/],
      ['?q=%20', /q must say what/],
      ['?q=gao&limit=0', /limit must be from 1 to 50/],
      [`?q=${'g'.repeat(201)}`, /at most 200/],
    ] as const) {
      const response = await fetch(`${server.url}/search${query}`);
      expect(response.status).to.equal(400);
      expect((await json<Answer>(response)).detail).to.match(wrong);
    }
    expect(await search("'; DROP TABLE x --")).to.be.an('array');
  });

  it('goes on without a layer whose names take too long, and says so', async () => {
    let asked = 0;
    const own = await startServer(({ run }) => ({
      run: ((query, ...more) => {
        if (!/named AS[^;]*"places_/.test(query.text)) return run(query, ...more);
        asked += 1;
        return Promise.reject(new QueryTimeout('too long'));
      }) as Run,
    }));
    try {
      for (let time = 0; time < 2; time += 1) {
        const response = await fetch(`${own.url}/search?q=Gao&limit=50`);
        expect(response.status).to.equal(200);
        const { features, notSearched } = await json<Answer & { notSearched: string[] }>(response);
        expect(notSearched).to.deep.equal(['places']);
        expect(features.map(({ properties }) => properties.collection)).to.include('regions');
      }
      expect(asked).to.equal(1);
    } finally {
      await own.close();
    }
  });

  it('is not asked again for what has not changed', async () => {
    const address = `${server.url}/search?q=gao`;
    const first = await fetch(address);
    const again = await fetch(address, { headers: { 'If-None-Match': first.headers.get('etag') ?? '' } });
    expect(again.status).to.equal(304);
  });
});
