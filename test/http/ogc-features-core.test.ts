import { expect } from 'chai';
import type { Position } from 'geojson';
import { after, before, describe, it } from 'mocha';
import { fetchPage, idsOf, type Link, linkOf } from '../support/features.ts';
import { json } from '../support/json.ts';
import { startServer, type TestServer } from '../support/server.ts';

interface Collection {
  readonly id: string;
  readonly links: readonly Link[];
  readonly itemType: string;
  readonly crs: readonly string[];
  readonly extent: {
    readonly spatial?: { readonly bbox: readonly (readonly number[])[]; readonly crs: string };
    readonly temporal?: { readonly interval: readonly (readonly (string | null)[])[] };
  };
}
interface Problem {
  readonly status: number;
  readonly errors: readonly { readonly parameter: string }[];
}

const CRS84 = 'http://www.opengis.net/def/crs/OGC/1.3/CRS84';

/** Twice the area inside; positive when it goes counterclockwise. */
const turn = (ring: readonly Position[]) =>
  ring.reduce((sum, [x = 0, y = 0], index) => {
    const [nextX = 0, nextY = 0] = ring[(index + 1) % ring.length] ?? [];
    return sum + x * nextY - nextX * y;
  }, 0);

describe('http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core', () => {
  let server: TestServer;
  let at: string;
  before(async () => {
    server = await startServer();
    at = `${server.url}/collections`;
  });
  after(() => server.close());

  const collections = async () => (await json<{ collections: Collection[]; links: Link[] }>(fetch(at))).collections;
  const problem = async (url: string) => {
    const response = await fetch(url);
    expect(response.headers.get('content-type')).to.match(/^application\/problem\+json/);
    return json<Problem>(response);
  };

  describe('/req/core/root-op, root-success, conformance-op, conformance-success, api-definition-op', () => {
    it('has a landing page that leads to everything', async () => {
      const landing = await json<{ links: Link[] }>(fetch(`${server.url}/`));
      for (const rel of ['service-desc', 'conformance', 'data']) {
        const link = linkOf(landing, rel);
        expect(link, rel).to.not.equal(undefined);
        expect((await fetch(link?.href ?? '')).status, rel).to.equal(200);
      }
      const { conformsTo } = await json<{ conformsTo: string[] }>(fetch(linkOf(landing, 'conformance')?.href ?? ''));
      expect(conformsTo).to.include('http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core');
    });
  });

  describe('/req/core/query-param-unknown, query-param-invalid', () => {
    for (const address of ['', '/attacks', '/attacks/items', '/attacks/items/1', '/attacks/queryables']) {
      it(`400 for a parameter that /collections${address} does not have`, async () => {
        const { status, errors } = await problem(`${at}${address}?nonsense=1`);
        expect([status, errors[0]?.parameter]).to.deep.equal([400, 'nonsense']);
      });
    }
    for (const query of ['limit=x', 'limit=0', 'bbox=1', 'datetime=never', 'killed=many', 'cell=1', 'crs=EPSG:3857']) {
      it(`400 for ${query}`, async () => {
        const { status, errors } = await problem(`${at}/attacks/items?${query}`);
        expect([status, errors[0]?.parameter]).to.deep.equal([400, query.split('=')[0]]);
      });
    }
  });

  describe('/req/core/fc-md-op, fc-md-success, fc-md-links, fc-md-items, sfc-md-op, sfc-md-success', () => {
    it('lists every collection with what each says of itself', async () => {
      const all = await json<{ collections: Collection[]; links: Link[] }>(fetch(at));
      expect(linkOf(all, 'self')).to.include({ href: at, type: 'application/json' });
      expect(linkOf(all, 'alternate')).to.include({ type: 'text/html' });
      expect(all.collections).to.have.lengthOf(server.context.catalogue().layers.length);
      for (const collection of all.collections) {
        expect(await json(fetch(linkOf(collection, 'self')?.href ?? ''))).to.deep.equal(collection);
      }
    });

    it('404 for one that is not there', async () => {
      expect((await problem(`${at}/nowhere`)).status).to.equal(404);
      expect((await problem(`${at}/nowhere/items`)).status).to.equal(404);
    });
  });

  describe('/req/core/fc-md-items-links', () => {
    it('links with rel and type, each of which answers with that type', async () => {
      for (const { id, links } of await collections()) {
        expect(links.filter(({ rel }) => rel === 'items')).to.have.lengthOf.at.least(2);
        for (const { rel, href, type } of links) {
          expect(
            [rel, type].every((text) => text.length > 0),
            `${id} ${rel}`,
          ).to.equal(true);
          if (!href.startsWith(server.url) || (rel === 'enclosure' && id !== 'hubs')) continue;
          const response = await fetch(rel === 'items' ? `${href}${href.includes('?') ? '&' : '?'}limit=2` : href);
          expect(response.status, href).to.equal(200);
          expect(response.headers.get('content-type'), href).to.satisfy((sent: string) => sent.startsWith(type));
        }
      }
    });
  });

  describe('/req/core/fc-md-extent, crs84', () => {
    it('has the extent of the public records, by the data', async () => {
      for (const { id, extent, crs, itemType } of await collections()) {
        expect({ crs, itemType }).to.deep.equal({ crs: [CRS84], itemType: 'feature' });
        expect(extent.spatial?.crs, id).to.equal(CRS84);
        const table = await server.database.tableOf(id);
        const [row] = await server.database.run<{ box: number[]; from: string | null; end: string | null }>({
          text: `SELECT ARRAY[min(ST_XMin(geom)), min(ST_YMin(geom)), max(ST_XMax(geom)), max(ST_YMax(geom))] AS box,
            CASE WHEN bool_or(lower_inf(valid)) THEN NULL ELSE min(lower(valid)) END::text AS from,
            CASE WHEN bool_or(upper_inf(valid)) THEN NULL ELSE max(upper(valid)) END::text AS "end"
            FROM ${table} WHERE handling = 'public'`,
          values: [],
        });
        expect(extent.spatial?.bbox[0], id).to.deep.equal(row?.box);
        const [interval] = extent.temporal?.interval ?? [];
        if (interval) {
          const [from, to] = interval;
          const begin = row?.from?.slice(0, 10);
          expect(from, id).to.equal(begin === undefined ? null : `${begin}T00:00:00Z`);
          // Closed: the last instant is in it, the one behind that is not.
          const end = row?.end?.slice(0, 10);
          expect(to, id).to.equal(end === undefined ? null : new Date(Date.parse(end) - 1).toISOString());
          const span = encodeURIComponent(`${from ?? '..'}/${to ?? '..'}`);
          const all = await fetchPage(`${at}/${id}/items?limit=1`);
          const within = await fetchPage(`${at}/${id}/items?limit=1&datetime=${span}`);
          expect(within.numberMatched, `${id}: as datetime it leaves every record`).to.equal(all.numberMatched);
        }
      }
    });
  });

  describe('/req/core/fc-op, fc-response, fc-links, fc-rel-type, fc-timeStamp, fc-numberMatched, fc-numberReturned', () => {
    it('serves the items of every collection', async () => {
      for (const { id } of await collections()) {
        const page = await fetchPage(`${at}/${id}/items?limit=3`);
        expect(page.type).to.equal('FeatureCollection');
        expect(page.features).to.have.lengthOf(page.numberReturned);
        expect(page.numberReturned).to.equal(Math.min(3, page.numberMatched ?? Number.NaN));
        expect(Math.abs(Date.parse(page.timeStamp) - Date.now())).to.be.below(60_000);
        expect(linkOf(page, 'self')?.href).to.equal(`${at}/${id}/items?limit=3`);
        for (const { rel, type } of page.links) expect(type, rel).to.match(/^\w+\/[\w.+-]+/);
        expect(page.links.filter(({ rel }) => rel === 'alternate').map(({ type }) => type)).to.include('text/html');
        expect(linkOf(page, 'next') === undefined, id).to.equal(page.numberMatched === page.numberReturned);
      }
    });
  });

  describe('/req/core/fc-limit-definition, fc-limit-response-1', () => {
    it('gives at most so many, 100 when nothing is said, and takes too many for the most', async () => {
      expect((await fetchPage(`${at}/attacks_modelled/items`)).numberReturned).to.equal(100);
      expect((await fetchPage(`${at}/attacks_modelled/items?limit=7`)).numberReturned).to.equal(7);
      expect((await fetchPage(`${at}/attacks_modelled/items?limit=99999999`)).numberReturned).to.equal(2327);
    });
  });

  describe('/req/core/fc-bbox-definition, fc-bbox-response', () => {
    const inside = [-5, 14, -3, 16] as const;
    it('gives what meets the box and nothing else', async () => {
      const all = await fetchPage(`${at}/attacks_modelled/items?limit=10000`);
      const want = all.features.filter(({ geometry }) => {
        const [lon = 0, lat = 0] = geometry.type === 'Point' ? geometry.coordinates : [];
        return lon >= inside[0] && lon <= inside[2] && lat >= inside[1] && lat <= inside[3];
      });
      const page = await fetchPage(`${at}/attacks_modelled/items?bbox=${inside.join()}&limit=10000`);
      expect(want).to.have.lengthOf.above(10);
      expect(idsOf([page])).to.deep.equal(want.map(({ id }) => id));
      expect(page.numberMatched).to.equal(want.length);
      const high = await fetchPage(
        `${at}/attacks_modelled/items?bbox=-5,14,-100,-3,16,9000&limit=10000&bbox-crs=${CRS84}`,
      );
      expect(idsOf([high])).to.deep.equal(idsOf([page]));
    });

    it('crosses the antimeridian when west is greater than east', async () => {
      const table = await server.database.tableOf('hubs');
      const text = `UPDATE ${table} SET geom = ST_SetSRID(ST_MakePoint(CASE fid WHEN 1 THEN 179 ELSE -179 END, 0), 4326) WHERE fid < 3`;
      await server.database.run({ text, values: [] });
      const ids = async (bbox: string) => idsOf([await fetchPage(`${at}/hubs/items?bbox=${bbox}&limit=1000`)]);
      expect(await ids('178,-1,-178,1')).to.deep.equal([1, 2]);
      expect(await ids('-178,-1,178,1')).to.not.include.members([1]);
      expect(await ids('178,-1,180,1')).to.deep.equal([1]);
    });

    for (const bbox of ['1,2,3', '1,2,3,4,5', 'a,b,c,d', '0,5,1,4', '-200,0,0,1', '0,0,1,NaN']) {
      it(`400 for bbox=${bbox}`, async () =>
        expect((await problem(`${at}/attacks/items?bbox=${bbox}`)).status).to.equal(400));
    }
  });

  describe('/req/core/fc-time-definition, fc-time-response', () => {
    const count = async (datetime: string) =>
      (await fetchPage(`${at}/attacks_modelled/items?limit=1&datetime=${datetime}`)).numberMatched;
    it('takes instants, intervals and open ends', async () => {
      const all = 2327;
      expect(await count('../..')).to.equal(all);
      expect(await count('/')).to.equal(all);
      const before = (await count('../2021-12-31')) ?? 0;
      const year = (await count('2022-01-01/2022-12-31')) ?? 0;
      expect(year).to.equal(410);
      expect(await count('2022-01-01/..')).to.equal(all - before);
      expect(await count('2022-01-01T00:00:00Z/2022-12-31T23:59:59Z')).to.equal(year);
      expect((await count('2022-03-27')) ?? 0).to.equal(await count('2022-03-27T00:00:00Z/2022-03-27T23:59:59.999Z'));
    });

    it('takes the years 0000 and 9999 for open ends', async () => {
      expect(await count('0000-01-01T00:00:00Z/9999-12-31T23:59:59Z')).to.equal(2327);
      expect(await count('2022-01-01T00:00:00Z/9999-12-31T23:59:59Z')).to.equal(await count('2022-01-01/..'));
    });

    for (const datetime of ['2022', '2022-02-30', '2022-01-02/2022-01-01', 'a/b/c', '']) {
      it(`400 for datetime=${datetime}`, async () =>
        expect((await problem(`${at}/attacks/items?datetime=${datetime}`)).status).to.equal(400));
    }
  });

  describe('/req/core/f-op, f-success, f-links', () => {
    it('serves every item by its id as the list has it', async () => {
      const { features } = await fetchPage(`${at}/control_areas/items?limit=5`);
      for (const feature of features) {
        const url = `${at}/control_areas/items/${feature.id}`;
        const response = await fetch(url);
        const { links, ...item } = await json<{ links: Link[] }>(response);
        expect(item).to.deep.equal(feature);
        expect(linkOf({ links }, 'self')).to.include({ href: url, type: 'application/geo+json' });
        expect(linkOf({ links }, 'collection')?.href).to.equal(`${at}/control_areas`);
        expect(linkOf({ links }, 'alternate')?.type).to.equal('text/html');
      }
    });

    for (const id of ['999999999', '0', 'x', '1.5', '-1', '1e3', '99999999999999999999']) {
      it(`404 for the item ${id}`, async () =>
        expect((await problem(`${at}/attacks/items/${id}`)).status).to.equal(404));
    }
  });

  describe('http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson: /req/geojson/definition, content', () => {
    it('is GeoJSON by name and by content: six decimals, rings by the right-hand rule', async () => {
      for (const { id } of await collections()) {
        const response = await fetch(`${at}/${id}/items?limit=200`);
        expect(response.headers.get('content-type')).to.match(/^application\/geo\+json/);
        const text = await response.text();
        expect(text.match(/-?\d+\.\d{7,}(?=[,\]])/), id).to.equal(null);
        const { features } = JSON.parse(text) as Awaited<ReturnType<typeof fetchPage>>;
        for (const feature of features) {
          expect(Object.keys(feature)).to.deep.equal(['type', 'id', 'geometry', 'properties']);
          const { geometry } = feature;
          const polygons =
            geometry.type === 'Polygon'
              ? [geometry.coordinates]
              : geometry.type === 'MultiPolygon'
                ? geometry.coordinates
                : [];
          for (const [outer = [], ...holes] of polygons) {
            expect(turn(outer), `${id} ${feature.id}`).to.be.at.least(0);
            for (const hole of holes) expect(turn(hole), `hole of ${id} ${feature.id}`).to.be.at.most(0);
          }
        }
      }
    });

    it('turns rings round that are stored the other way', async () => {
      const table = await server.database.tableOf('control_areas');
      await server.database.run({
        text: `UPDATE ${table} SET geom = ST_ForcePolygonCW(geom) WHERE fid = 1`,
        values: [],
      });
      const { geometry } = await json<{ geometry: { type: string; coordinates: Position[][] | Position[][][] } }>(
        fetch(`${at}/control_areas/items/1`),
      );
      const [outer] = (geometry.type === 'Polygon' ? geometry.coordinates : geometry.coordinates[0]) as Position[][];
      expect(turn(outer ?? [])).to.be.above(0);
    });
  });
});
