import { expect } from 'chai';
import type { FeatureCollection } from 'geojson';
import { after, before, describe, it } from 'mocha';
import { recordsInSql } from '../support/ogr.ts';
import { startServer, type TestServer } from '../support/server.ts';

interface Link {
  readonly rel: string;
  readonly type?: string;
  readonly href: string;
}
interface Parameter {
  readonly $ref?: string;
  readonly name: string;
  readonly in: string;
  readonly style?: string;
  readonly explode?: boolean;
  readonly schema: { readonly type?: string; readonly default?: number; readonly maximum?: number };
}
interface OpenApi {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, { readonly get: { readonly parameters: readonly Parameter[] } }>>;
  readonly components: { readonly parameters: Readonly<Record<string, Parameter>> };
}

/** As its OAPIF provider writes them, QGIS 3.22 to 3.40. */
const OPENAPI = 'application/vnd.oai.openapi+json;version=3.0, application/openapi+json;version=3.0';
const OGC = 'http://www.opengis.net/spec';
const FILTER_CLASSES = [
  `${OGC}/ogcapi-features-3/1.0/conf/filter`,
  `${OGC}/ogcapi-features-3/1.0/conf/features-filter`,
  `${OGC}/ogcapi-features-3/1.0/conf/queryables`,
  `${OGC}/cql2/1.0/conf/cql2-text`,
  `${OGC}/cql2/1.0/conf/basic-cql2`,
];

/** The requests of the OAPIF provider of QGIS 3.30 and later, one after the other, each from the answer before. */
describe('what QGIS 3.30 and later ask', () => {
  let server: TestServer;
  before(async () => {
    server = await startServer();
  });
  after(() => server?.close());

  async function get<Body>(address: string, accept: string, type: string): Promise<Body> {
    const response = await fetch(address, { headers: { Accept: accept, 'User-Agent': 'Mozilla/5.0 QGIS/33407' } });
    expect(response.status, address).to.equal(200);
    expect(response.headers.get('content-type'), address).to.include(type);
    return (await response.json()) as Body;
  }
  const landing = () => get<{ links: Link[] }>(`${server.url}/`, 'application/json', 'application/json');
  const linkOf = (links: readonly Link[], rel: string, type: string) => {
    const link = links.find((candidate) => candidate.rel === rel && candidate.type === type);
    if (!link) expect.fail(`no link ${rel} of type ${type}`);
    return link;
  };
  const apiOf = async ({ links }: { links: Link[] }) => {
    const { href } = linkOf(links, 'service-desc', 'application/vnd.oai.openapi+json;version=3.0');
    return get<OpenApi>(href, OPENAPI, 'application/vnd.oai.openapi+json');
  };
  /** Without its query string, to which QGIS appends the path of a collection. */
  const dataOf = ({ links }: { links: Link[] }) =>
    linkOf(links, 'data', 'application/json').href.replace(/\?.*$/, '').replace(/\/$/, '');
  const items = async (id: string, query: string) => {
    const address = `${dataOf(await landing())}/${id}/items?${query}`;
    return get<FeatureCollection & { numberMatched: number; links: Link[] }>(
      address,
      'application/geo+json, application/json',
      'application/geo+json',
    );
  };

  it('finds the API and the size of a page from the landing page', async () => {
    const api = await apiOf(await landing());
    expect(api.openapi).to.match(/^3\.0\./);
    const schema = api.components.parameters.limit?.schema;
    expect(schema?.maximum).to.equal(10_000);
    expect(schema?.default).to.be.within(10, 10_000);
  });

  it('finds a concrete path for the items of each collection, with parameters that it can write', async () => {
    const api = await apiOf(await landing());
    for (const { id, fields } of server.context.catalogue().layers) {
      const { parameters } = api.paths[`/collections/${id}/items`]?.get ?? { parameters: [] };
      const resolved = parameters.map((parameter) =>
        parameter.$ref ? (api.components.parameters[parameter.$ref.split('/').at(-1) ?? ''] as Parameter) : parameter,
      );
      const names = resolved.map(({ name }) => name);
      expect(names, id).to.include.members(['bbox', 'datetime', 'limit', 'filter', 'filter-lang']);
      for (const { name } of fields) {
        const parameter = resolved.find((candidate) => candidate.name === name);
        expect(parameter, `${id} ${name}`).to.include({ in: 'query', style: 'form', explode: false });
      }
    }
  });

  it('reads the conformance classes by which it decides to send filters', async () => {
    const { links } = await landing();
    const conformance = links.find(({ rel }) => /(^|\/)conformance$/.test(rel));
    const { conformsTo } = await get<{ conformsTo: string[] }>(
      conformance?.href ?? '',
      'application/json',
      'application/json',
    );
    expect(conformsTo).to.include.members(FILTER_CLASSES);
  });

  it('reads a collection, and its queryables, each with a type or a reference to a geometry', async () => {
    const data = dataOf(await landing());
    for (const layer of server.context.catalogue().layers) {
      const collection = await get<{
        title: string;
        links: Link[];
        crs: string[];
        storageCrs?: string;
        extent: { spatial: { bbox: number[][] } };
      }>(`${data}/${layer.id}`, 'application/json', 'application/json');
      expect(collection.title).to.equal(layer.title.en);
      expect(collection.extent.spatial.bbox[0]).to.have.length(4);
      // Anything else would change the order of the axes of a box.
      expect(collection.storageCrs ?? collection.crs[0]).to.equal('http://www.opengis.net/def/crs/OGC/1.3/CRS84');
      const rel = 'http://www.opengis.net/def/rel/ogc/1.0/queryables';
      const { href } = linkOf(collection.links, rel, 'application/schema+json');
      const accept = 'application/schema+json';
      const { properties } = await get<{ properties: Record<string, { type?: string; $ref?: string }> }>(
        href,
        accept,
        accept,
      );
      for (const [name, { type, $ref }] of Object.entries(properties)) {
        if ($ref) expect($ref, name).to.match(/^https:\/\/geojson\.org\/schema\//);
        else expect(type, `${layer.id} ${name}`).to.be.oneOf(['string', 'integer', 'number', 'boolean', 'array']);
      }
      const referring = Object.values(properties).filter(({ $ref }) => $ref);
      expect(referring, layer.id).to.have.length(1);
    }
  });

  it('reads ten items to know the fields, then pages by next', async () => {
    const first = await items('attacks_modelled', 'limit=10');
    expect(first.features).to.have.length(10);
    expect(first.numberMatched).to.equal(server.context.catalogue().get('attacks_modelled').count);
    const seen = new Set<unknown>();
    let page = await items('attacks_modelled', 'limit=1000');
    for (let pages = 1; ; pages += 1) {
      for (const { id } of page.features) seen.add(id);
      const next = page.links.find(({ rel }) => rel === 'next');
      if (!next) break;
      expect(pages).to.be.below(10);
      page = await get(next.href, 'application/geo+json, application/json', 'application/geo+json');
    }
    expect(seen.size).to.equal(first.numberMatched);
  });

  it('learns by OPTIONS that it may not edit', async () => {
    const data = dataOf(await landing());
    for (const address of [`${data}/mines/items`, `${data}/mines/items/1`]) {
      const response = await fetch(address, { method: 'OPTIONS' });
      expect(response.ok, address).to.equal(true);
      const allowed = (response.headers.get('allow') ?? '').split(/, ?/);
      expect(allowed).to.include('GET').and.not.include.members(['POST', 'PUT', 'PATCH', 'DELETE']);
    }
  });

  // As QGIS turns its own expressions into CQL2, and the same in SQL.
  for (const [id, filter, condition] of [
    ['attacks', '(killed > 5)', 'killed > 5'],
    ['mines', "(kind = 'artisanal') AND (armed_presence = TRUE)", "kind = 'artisanal' AND armed_presence"],
    ['attacks', "kind IN ('ied','small_arms')", "kind IN ('ied', 'small_arms')"],
    ['attacks', 'NOT (killed IS NULL)', 'killed IS NOT NULL'],
    ['places', "name LIKE 'G%'", "name LIKE 'G%'"],
    ['places', "CASEI(name) LIKE CASEI('g%')", "name ILIKE 'g%'"],
    ['attacks', "valid_from >= DATE('2015-01-01')", "lower(valid) >= '2015-01-01'"],
    [
      'control_areas',
      'S_INTERSECTS(geometry,POLYGON((-5 14,-3 14,-3 16,-5 16,-5 14)))',
      "ST_Intersects(geom, ST_GeomFromText('POLYGON((-5 14,-3 14,-3 16,-5 16,-5 14))', 4326))",
    ],
  ] as const) {
    it(`sends ${filter} to ${id}`, async () => {
      const query = `limit=1000&filter=${encodeURIComponent(filter)}&filter-lang=cql2-text`;
      const { features } = await items(id, query);
      const wanted = await recordsInSql(server.database, server.context.catalogue().get(id), condition);
      expect(wanted).to.have.length.above(0);
      expect(features.map((feature) => feature.id)).to.deep.equal(wanted.map(({ fid }) => fid));
    });
  }

  it('sends open dates as the years 0000 and 9999, and a box of the whole world', async () => {
    const all = (await items('attacks', 'limit=1000')).features.length;
    const open = await items(
      'attacks',
      'limit=1000&datetime=0000-01-01T00:00:00Z/9999-12-31T23:59:59Z&bbox=-180,-90,180,90',
    );
    expect(open.features).to.have.length(all);
    const since = await items('attacks', 'limit=1000&datetime=2015-01-01T00:00:00Z/9999-12-31T23:59:59Z');
    expect(since.features.length).to.be.within(1, all - 1);
  });
});
