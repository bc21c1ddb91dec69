import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { fetchPage, idsOf, type Link, linkOf } from '../support/features.ts';
import { json } from '../support/json.ts';
import { startServer, type TestServer } from '../support/server.ts';

type Property = Readonly<Record<string, unknown>>;
interface Schema {
  readonly $schema: string;
  readonly $id: string;
  readonly type: string;
  readonly title: string;
  readonly properties: Readonly<Record<string, Property>>;
  readonly additionalProperties: boolean;
}

const OGC = 'http://www.opengis.net/def/rel/ogc/1.0';

describe('http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/queryables', () => {
  let server: TestServer;
  let at: string;
  before(async () => {
    server = await startServer();
    at = `${server.url}/collections`;
  });
  after(() => server.close());

  const get = async (address: string): Promise<Schema> => {
    const response = await fetch(`${at}/${address}`);
    expect(response.status).to.equal(200);
    expect(response.headers.get('content-type')).to.match(/^application\/schema\+json/);
    return json<Schema>(response);
  };

  describe('/req/queryables/queryables-link, get-queryables-uris, get-queryables-response, get-queryables-properties', () => {
    it('describes what can be asked of every collection, as JSON Schema', async () => {
      const { collections } = await json<{ collections: { id: string; links: Link[] }[] }>(fetch(at));
      for (const collection of collections) {
        const { id } = collection;
        const link = linkOf(collection, `${OGC}/queryables`);
        expect(link).to.include({ href: `${at}/${id}/queryables`, type: 'application/schema+json' });
        const schema = await get(`${id}/queryables`);
        expect(schema).to.include({
          ...{ $schema: 'https://json-schema.org/draft/2020-12/schema', $id: `${at}/${id}/queryables`, type: 'object' },
          additionalProperties: false,
        });
        const { geometry, ...rest } = schema.properties;
        expect(geometry?.$ref, id).to.match(/^https:\/\/geojson\.org\/schema\/\w+\.json$/);
        expect(geometry?.format, id).to.match(/^geometry-/);
        for (const [name, { type, title }] of Object.entries(rest)) {
          expect(['string', 'integer', 'number', 'boolean', 'array'], `${id} ${name}`).to.include(type);
          expect(title, `${id} ${name}`).to.be.a('string').with.length.above(0);
        }
      }
    });

    it('has types, formats, closed lists and what their words mean', async () => {
      const { properties } = await get('attacks/queryables');
      expect(properties.killed).to.include({ type: 'integer', title: 'Killed' });
      expect(properties.valid_from).to.include({ type: 'string', format: 'date' });
      expect(properties.precision_m).to.include({ type: 'integer', 'x-ogc-unit': 'm' });
      expect(properties.facts).to.deep.include({ type: 'array', items: { type: 'string' } });
      expect(properties.kind?.enum).to.deep.equal(['ied', 'indirect_fire', 'small_arms', 'complex', 'other']);
      expect(properties.kind?.description).to.match(/^ied: explosive device; /);
      expect(properties.geometry).to.include({
        $ref: 'https://geojson.org/schema/Point.json',
        format: 'geometry-point',
      });
    });

    it('speaks French when asked', async () => {
      const response = await fetch(`${at}/attacks/queryables?lang=fr`);
      expect(response.headers.get('content-language')).to.equal('fr');
      const { properties, title } = await json<Schema>(response);
      expect([title, properties.killed?.title]).to.deep.equal(['Attaques documentées', 'Tués']);
      expect(properties.kind?.description).to.match(/^ied: engin explosif; /);
    });

    it('says also what records hold, and every record holds that', async () => {
      for (const id of ['attacks', 'control_areas', 'mines', 'rivers']) {
        const schema = await get(`${id}/schema`);
        const { id: number, geometry, ...rest } = schema.properties;
        expect(number).to.include({ type: 'integer', 'x-ogc-role': 'id' });
        expect(geometry).to.include({ 'x-ogc-role': 'primary-geometry' });
        const { features } = await fetchPage(`${at}/${id}/items?limit=100`);
        for (const { properties } of features) {
          expect(Object.keys(properties)).to.deep.equal(Object.keys(rest));
          for (const [name, value] of Object.entries(properties)) {
            expect([rest[name]?.type].flat(), `${id} ${name}`).to.include(typeOf(value));
            const words = rest[name]?.enum;
            if (Array.isArray(words)) expect(words, `${id} ${name}`).to.include(value);
          }
        }
      }
      expect((await get('attacks/schema')).properties.valid_from).to.include({
        'x-ogc-role': 'primary-interval-start',
      });
    });

    const typeOf = (value: unknown) => {
      if (value === null) return 'null';
      if (Array.isArray(value)) return 'array';
      return Number.isInteger(value) ? 'integer' : typeof value;
    };

    it('is a page too', async () => {
      for (const kind of ['queryables', 'schema']) {
        const response = await fetch(`${at}/attacks/${kind}`, { headers: { Accept: 'text/html' } });
        expect(response.headers.get('content-type')).to.match(/^text\/html/);
        expect(await response.text()).to.match(/<td>killed<\/td><td>Killed<\/td>/);
      }
    });

    it('404 for a collection that is not there', async () => {
      expect((await fetch(`${at}/nowhere/queryables`)).status).to.equal(404);
      expect((await fetch(`${at}/nowhere/schema`)).status).to.equal(404);
    });
  });

  describe('http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/queryables-query-parameters', () => {
    const all = async (id: string) => (await fetchPage(`${at}/${id}/items?limit=10000`)).features;
    const byParameter = async (id: string, query: string) =>
      idsOf([await fetchPage(`${at}/${id}/items?limit=10000&${query}`)]);

    it('takes every queryable as a parameter, whatever its type: /req/queryables-query-parameters/parameters', async () => {
      for (const id of ['attacks', 'control_areas', 'mines', 'corridors', 'places', 'regions']) {
        const features = await all(id);
        const { properties } = await get(`${id}/queryables`);
        for (const name of Object.keys(properties).filter((key) => key !== 'geometry')) {
          const values = features.map((feature) => feature.properties[name]);
          const sample = values.flat().find((value) => value !== null && value !== undefined);
          if (sample === undefined) continue;
          const want = features.filter((feature) => [feature.properties[name]].flat().includes(sample));
          const got = await byParameter(id, new URLSearchParams({ [name]: String(sample) }).toString());
          expect(got, `${id} ${name}=${sample}`).to.deep.equal(want.map((feature) => feature.id));
        }
      }
    });

    it('narrows by all of them together, and by the filter beside them', async () => {
      const want = (await all('attacks_modelled')).filter(
        ({ properties }) => properties.kind === 'ied' && properties.killed === 1 && Number(properties.injured) > 0,
      );
      expect(want).to.have.lengthOf.above(3);
      const got = await byParameter('attacks_modelled', 'kind=ied&killed=1&filter=injured%20%3E%200');
      expect(got).to.deep.equal(want.map(({ id }) => id));
      expect(await byParameter('attacks_modelled', "kind=ied&filter=kind='complex'")).to.deep.equal([]);
    });

    it('asks a list whether it holds the text', async () => {
      const want = (await all('hubs')).filter(({ properties }) =>
        (properties.commodities as string[] | null)?.includes('arms'),
      );
      expect(want).to.have.lengthOf.above(0);
      expect(await byParameter('hubs', 'commodities=arms')).to.deep.equal(want.map(({ id }) => id));
    });

    it('finds nothing by a value that no record has, also one that looks like SQL', async () => {
      for (const value of ["' OR 1=1 --", '%', '_', 'IED', '$1'])
        expect(await byParameter('attacks', `kind=${encodeURIComponent(value)}`), value).to.deep.equal([]);
    });

    for (const query of [
      'killed=x',
      'killed=1.5',
      'killed=',
      'killed=99999999999999999999',
      'valid_from=2022',
      'recorded_at=2022-02-30',
      'kind=%00',
      'kind=a&kind=b',
      'actors=x',
      'geometry=x',
    ]) {
      it(`400 for ${query}: /req/queryables-query-parameters/additionalProperties`, async () => {
        const response = await fetch(`${at}/attacks/items?${query}`);
        const { errors } = await json<{ errors: { parameter: string }[] }>(response);
        expect([response.status, errors[0]?.parameter]).to.deep.equal([400, query.split('=')[0]]);
      });
    }
  });
});
