import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { CONFORMANCE } from '../../server/core/conformance.ts';
import { json } from '../support/json.ts';
import { startServer, type TestServer } from '../support/server.ts';

/**
 * OGC API Common, Part 1 (19-072) and Part 2 (20-024). Each block is a conformance class, each test a requirement of it,
 * named as the standard names it.
 */
const REL = 'http://www.opengis.net/def/rel/ogc/1.0';
const OPENAPI = 'application/vnd.oai.openapi+json;version=3.0';
const ROOT = path.resolve(import.meta.dirname, '../..');

interface Link {
  readonly href: string;
  readonly rel: string;
  readonly type: string;
}
interface Document {
  readonly links: readonly Link[];
}
interface Collection extends Document {
  readonly id: string;
  readonly extent: {
    readonly spatial?: { readonly bbox: readonly number[][] };
    readonly temporal?: { readonly interval: readonly (string | null)[][] };
  };
}

/** What has a form for programs and one for people. */
const RESOURCES = [
  '/conformance',
  '/collections',
  '/collections/attacks',
  '/collections/attacks/versions',
  '/collections/attacks/tiles',
  '/collections/attacks/tiles/WebMercatorQuad',
  '/tileMatrixSets',
  '/tileMatrixSets/WebMercatorQuad',
];

const linkOf = ({ links }: Document, rel: string) => links.find((link) => link.rel === rel);
const typeOf = (response: Response) => response.headers.get('content-type')?.split(';')[0];

describe('OGC API Common', () => {
  let server: TestServer;
  before(async () => {
    server = await startServer();
  });
  after(() => server.close());

  const get = (address: string, headers: Record<string, string> = {}) => fetch(server.url + address, { headers });

  describe('ogcapi-common-1/1.0/conf/core', () => {
    it('/req/core/http: GET and HEAD say the same, but for the body', async () => {
      for (const address of ['/', ...RESOURCES]) {
        const response = await get(address);
        const head = await fetch(server.url + address, { method: 'HEAD' });
        expect(head.status, address).to.equal(200);
        expect(head.headers.get('etag'), address).to.equal(response.headers.get('etag'));
        expect(head.headers.get('content-type'), address).to.equal(response.headers.get('content-type'));
        expect(await head.text()).to.equal('');
      }
    });

    it('/req/core/query-param-name-unknown: 400', async () => {
      for (const address of ['/', ...RESOURCES]) {
        expect((await get(`${address}?unknown=1`)).status, address).to.equal(400);
      }
    });

    it('/req/core/query-param-value-invalid: 400', async () => {
      for (const address of ['/', ...RESOURCES]) {
        expect((await get(`${address}?f=nonsense`)).status, address).to.equal(400);
      }
    });
  });

  describe('ogcapi-common-1/1.0/conf/landing-page', () => {
    it('/req/landing-page/root-success: leads to all that is there', async () => {
      const landing = await json<Document>(get('/'));
      const expected = [
        ['service-desc', OPENAPI],
        ['service-doc', 'text/html'],
        ['conformance', 'application/json'],
        [`${REL}/conformance`, 'application/json'],
        ['data', 'application/json'],
        [`${REL}/data`, 'application/json'],
        [`${REL}/tiling-schemes`, 'application/json'],
      ] as const;
      for (const [rel, type] of expected) {
        const link = linkOf(landing, rel);
        expect(link, rel).to.include({ type });
        const response = await fetch(String(link?.href), { headers: { Accept: type } });
        expect(response.status, rel).to.equal(200);
        expect(typeOf(response)).to.equal(type.split(';')[0]);
      }
    });

    it('/req/landing-page/api-definition-success: service-desc is an OpenAPI document', async () => {
      const { openapi } = await json<{ openapi: string }>(get('/api'));
      expect(openapi).to.match(/^3\.0\./);
    });

    it('/req/landing-page/conformance-success: the classes', async () => {
      const { conformsTo } = await json<{ conformsTo: string[] }>(get('/conformance'));
      expect(conformsTo).to.deep.equal(CONFORMANCE.map(({ uri }) => uri));
      expect(new Set(conformsTo).size).to.equal(conformsTo.length);
    });
  });

  describe('ogcapi-common-1/1.0/conf/json, ogcapi-common-2/1.0/conf/json', () => {
    it('/req/json/definition, content: JSON for whoever asks for it, or for nothing', async () => {
      for (const address of ['/', ...RESOURCES]) {
        for (const [query, Accept] of [
          ['', 'application/json'],
          ['', '*/*'],
          ['?f=json', 'text/html'],
        ]) {
          const response = await get(address + query, { Accept: String(Accept) });
          expect(typeOf(response), address).to.equal('application/json');
          expect(response.headers.get('vary'), address).to.match(/Accept(,|$)/);
          expect(await response.json()).to.be.an('object');
        }
      }
    });
  });

  describe('ogcapi-common-1/1.0/conf/html, ogcapi-common-2/1.0/conf/html, ogcapi-features-1/1.0/conf/html', () => {
    it('/req/html/definition, content: a page for whoever asks for it', async () => {
      for (const address of [...RESOURCES, '/collections/attacks/items', '/collections/attacks/items/1']) {
        for (const [query, Accept] of [
          ['', 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8'],
          ['?f=html', 'application/json'],
        ]) {
          const response = await get(address + query, { Accept: String(Accept) });
          expect(typeOf(response), address).to.equal('text/html');
          expect(await response.text(), address).to.match(/<h1>[^<]+<\/h1>/);
        }
        expect((await get(address, { Accept: 'image/png' })).status, address).to.equal(406);
      }
    });
  });

  describe('ogcapi-common-1/1.0/conf/oas30', () => {
    it('/req/oas30/oas-definition-1: media type and version', async () => {
      const response = await get('/api', { Accept: OPENAPI });
      expect(response.headers.get('content-type')).to.match(/^application\/vnd\.oai\.openapi\+json;\s?version=3\.0/);
      expect((await json<{ openapi: string }>(response)).openapi).to.equal('3.0.3');
    });

    it('/req/oas30/completeness, exceptions-codes, security: see openapi.test.ts', async () => {
      const { paths } = await json<{ paths: Record<string, Record<string, { responses: object }>> }>(get('/api'));
      for (const [address, methods] of Object.entries(paths)) {
        for (const operation of Object.values(methods))
          expect(operation.responses, address).to.have.property('default');
      }
      for (const address of ['/', ...RESOURCES.map((each) => each.replace('attacks', '{id}'))]) {
        const template = address.replace('WebMercatorQuad', '{tileMatrixSetId}');
        expect(paths, template).to.have.property(template);
      }
    });
  });

  describe('ogcapi-common-2/1.0/conf/collections', () => {
    it('/req/collections/rc-md-success, rc-md-items: each collection as it is by itself', async () => {
      const { collections, links } = await json<{ collections: Collection[]; links: Link[] }>(get('/collections'));
      expect(linkOf({ links }, 'self')?.href).to.match(/\/collections$/);
      expect(collections.map(({ id }) => id)).to.deep.equal(server.context.catalogue().layers.map(({ id }) => id));
      for (const collection of collections) {
        const own = await json<Collection>(get(`/collections/${collection.id}`));
        expect(own).to.deep.equal(collection);
        expect(linkOf(own, 'items')?.href).to.equal(`${server.url}/collections/${collection.id}/items`);
      }
    });

    it('/req/collections/rc-md-extent: what the data has', async () => {
      const { extent } = await json<Collection>(get('/collections/attacks'));
      const { bbox } = server.context.catalogue().get('attacks');
      expect(extent.spatial?.bbox[0]).to.deep.equal([bbox?.west, bbox?.south, bbox?.east, bbox?.north]);
      expect(extent.temporal?.interval[0]).to.have.lengthOf(2);
    });

    it('/req/collections/src-md-op: 404 for what is none', async () => {
      expect((await get('/collections/nowhere')).status).to.equal(404);
    });
  });
});

describe('the classes that are declared', () => {
  for (const { uri, test } of CONFORMANCE) {
    it(`${uri} has its tests`, () => {
      const file = path.join(ROOT, test);
      expect(existsSync(file), test).to.equal(true);
      const [standard, name] = uri.replace('http://www.opengis.net/spec/', '').split('/conf/');
      const text = readFileSync(file, 'utf8');
      expect(text, `${test} names ${standard}`).to.include(standard);
      expect(text, `${test} names ${uri}`).to.match(new RegExp(`/conf/${name}(?![\\w-])`));
    });
  }
});
