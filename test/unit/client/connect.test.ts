import { expect } from 'chai';
import { describe, it } from 'mocha';
import type { Answer, Asked } from '../../../client/api/probe.ts';
import { fileSteps, tableSteps } from '../../../client/connect/files.ts';
import { gdalSteps } from '../../../client/connect/gdal.ts';
import type { Step, Steps, Subject } from '../../../client/connect/inspect.ts';
import { PROGRAMS } from '../../../client/connect/programs.ts';
import { qgisSteps } from '../../../client/connect/qgis.ts';
import { tileSteps } from '../../../client/connect/tiles.ts';
import { connectEn } from '../../../client/i18n/connect-en.ts';
import { parseAddress, printAddress } from '../../../client/url.ts';
import { viewBox } from '../../../client/view-box.ts';

const BASE = 'http://example.org/map';
const ITEMS = `${BASE}/collections/mines/items`;
const OPENAPI = 'application/vnd.oai.openapi+json;version=3.0';
const GEOJSON = 'application/geo+json';
const JSON_TYPE = 'application/json; charset=utf-8';

type Said = Partial<Answer> & { readonly body?: unknown };

const feature = (id: unknown, name = 'Kalana') => ({ type: 'Feature', id, properties: { name }, geometry: null });
const page = (ids: readonly unknown[], more: object = {}) => ({
  ...{ type: 'FeatureCollection', features: ids.map((id) => feature(id)), numberMatched: 12 },
  ...{ numberReturned: ids.length, ...more },
});
const ten = Array.from({ length: 10 }, (_, n) => n + 1);
const link = (rel: string, href: string, type: string) => ({ rel, href, type });
const next = { links: [link('next', `${ITEMS}?limit=10&next=x`, GEOJSON)] };

/** A server of which nothing is wrong. */
const GOOD: Readonly<Record<string, Said>> = {
  [`GET ${BASE}/`]: {
    type: JSON_TYPE,
    body: {
      links: [
        link('service-desc', `${BASE}/api`, OPENAPI),
        link('data', `${BASE}/collections`, 'application/json'),
        link('conformance', `${BASE}/conformance`, 'application/json'),
      ],
    },
  },
  [`GET ${BASE}/api`]: {
    type: OPENAPI,
    body: {
      openapi: '3.0.3',
      components: { parameters: { limit: { schema: { default: 10, maximum: 1000 } } } },
      paths: {
        '/collections/mines/items': {
          get: { parameters: [{ name: 'name', in: 'query', style: 'form', explode: false }] },
        },
      },
    },
  },
  [`GET ${BASE}/collections`]: {
    type: JSON_TYPE,
    body: { collections: [{ id: 'mines', links: [link('items', ITEMS, GEOJSON)] }] },
  },
  [`GET ${BASE}/collections/mines`]: {
    type: JSON_TYPE,
    body: { id: 'mines', extent: { spatial: { bbox: [[-12, 10, 4, 25]] } }, links: [link('items', ITEMS, GEOJSON)] },
  },
  [`GET ${BASE}/conformance`]: {
    type: JSON_TYPE,
    body: {
      conformsTo: [
        ...['core', 'geojson', 'oas30'].map((name) => `http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/${name}`),
        'http://www.opengis.net/spec/cql2/1.0/conf/cql2-text',
      ],
    },
  },
  [`GET ${BASE}/collections/mines/queryables`]: {
    type: 'application/schema+json',
    body: { properties: { name: { type: 'string' }, geometry: { $ref: 'https://geojson.org/schema/Point.json' } } },
  },
  [`GET ${ITEMS}?limit=10`]: { type: `${GEOJSON}; charset=utf-8`, body: page(ten, next) },
  [`GET ${ITEMS}?limit=10&next=x`]: { type: GEOJSON, body: page([11, 12]) },
  [`GET ${ITEMS}?limit=1&name=Kalana`]: { type: GEOJSON, body: page([1]) },
  [`GET ${ITEMS}?limit=1&bbox=-180,-90,180,90`]: { type: GEOJSON, body: page([1]) },
  [`OPTIONS ${ITEMS}`]: { status: 204, allow: 'GET, HEAD, OPTIONS' },
  [`GET ${BASE}/collections/mines.qlr`]: { type: 'application/x-qgis-layer-definition', body: '<qlr></qlr>' },
  [`GET ${BASE}/tiles/mines.json`]: {
    type: JSON_TYPE,
    body: {
      ...{ tilejson: '3.0.0', tiles: [`${BASE}/tiles/mines/{z}/{x}/{y}.mvt?generation=3`], minzoom: 0, maxzoom: 12 },
      ...{ bounds: [-12, 10, 4, 25], attribution: 'x', vector_layers: [{ id: 'mines', fields: {} }] },
    },
  },
  [`GET ${BASE}/tiles/mines/0/0/0.mvt?generation=3`]: {
    type: 'application/vnd.mapbox-vector-tile',
    bytes: new Uint8Array([0x1a, 0]),
  },
  [`GET ${BASE}/collections/mines/export?f=csv`]: { type: 'text/csv; charset=utf-8', body: 'id,name\n1,Kalana\n' },
  [`GET ${BASE}/collections/mines/export?f=geojson`]: { type: GEOJSON, body: page(ten) },
};

/** Runs a sequence against that server, with some answers of its own. */
async function run(sequence: (subject: Subject) => Steps, changes: Record<string, Said> = {}, count = 12) {
  const answers = { ...GOOD, ...changes };
  const asked: Asked[] = [];
  const probe = async (request: Asked): Promise<Answer> => {
    asked.push(request);
    const said = answers[`${request.method ?? 'GET'} ${request.address}`] ?? { status: 404 };
    const { body } = said;
    const text = typeof body === 'string' ? body : JSON.stringify(body ?? '');
    return { status: 200, type: '', allow: '', bytes: new TextEncoder().encode(text), ...said };
  };
  const steps: Step[] = [];
  for await (const step of sequence({ base: BASE, layer: 'mines', count, probe })) steps.push(step);
  return { steps, asked };
}

const faultsOf = (steps: readonly Step[]) =>
  steps.flatMap(({ name, faults }) => faults.map((fault) => `${name}: ${fault.name}${fault.isSlight ? '?' : ''}`));

describe('checks of a connection', () => {
  it('find nothing wrong where nothing is, and ask in the order of the programs', async () => {
    for (const sequence of [qgisSteps, gdalSteps, tileSteps, tableSteps, fileSteps]) {
      expect(faultsOf((await run(sequence)).steps), sequence.name).to.deep.equal([]);
    }
    const { asked } = await run(qgisSteps);
    expect(asked.map(({ method = 'GET', address }) => `${method} ${address.slice(BASE.length)}`)).to.deep.equal([
      'GET /',
      'GET /api',
      'GET /collections/mines',
      'GET /conformance',
      'GET /collections/mines/queryables',
      'GET /collections/mines/items?limit=10',
      'OPTIONS /collections/mines/items',
      'GET /collections/mines.qlr',
    ]);
  });

  it('of QGIS name each thing that is missing, and go on where it is by custom', async () => {
    const bare = { type: JSON_TYPE, body: { links: [] } };
    const { steps, asked } = await run(qgisSteps, {
      [`GET ${BASE}/`]: bare,
      [`GET ${BASE}/conformance`]: { status: 404 },
    });
    expect(faultsOf(steps)).to.deep.equal([
      'landing: noLink',
      'landing: noLink',
      'landing: noLink',
      'conformance: status',
    ]);
    expect(asked).to.have.length(8);
    const changed = async (key: string, said: Said) => faultsOf((await run(qgisSteps, { [key]: said })).steps);
    expect(await changed(`GET ${BASE}/api`, { type: OPENAPI, body: { openapi: '3.1.0' } })).to.deep.equal([
      'description: openapi',
      'description: noLimit?',
      'description: noPath?',
    ]);
    expect(await changed(`GET ${BASE}/api`, { type: 'application/json', body: {} })).to.deep.equal([
      'description: type',
    ]);
    const queryables = `GET ${BASE}/collections/mines/queryables`;
    const schema = { type: 'application/schema+json', body: { properties: { name: {} } } };
    expect(await changed(queryables, schema)).to.deep.equal(['queryables: noTypes', 'queryables: noShape']);
    expect(await changed(`OPTIONS ${ITEMS}`, { allow: 'GET, POST' })).to.deep.equal(['options: allowsChange?']);
    expect(await changed(`OPTIONS ${ITEMS}`, { status: 405 })).to.deep.equal(['options: status']);
    expect(await changed(`GET ${BASE}/collections/mines.qlr`, { body: '<html>' })).to.deep.equal([
      'layerFile: noLayerFile',
    ]);
  });

  it('follow no address of another host, and say so', async () => {
    const elsewhere = {
      type: JSON_TYPE,
      body: {
        links: [link('service-desc', 'http://inside:8080/api', OPENAPI), link('data', '/collections', JSON_TYPE)],
      },
    };
    const { steps, asked } = await run(qgisSteps, { [`GET ${BASE}/`]: elsewhere });
    expect(faultsOf(steps)).to.include.members(['description: elsewhere', 'collection: notAbsolute']);
    expect(asked.filter(({ address }) => !address.startsWith(BASE))).to.deep.equal([]);
  });

  it('of GDAL see pages that end too soon, begin anew or are not filtered', async () => {
    const changed = async (changes: Record<string, Said>) => faultsOf((await run(gdalSteps, changes)).steps);
    const first = `GET ${ITEMS}?limit=10`;
    expect(await changed({ [first]: { type: GEOJSON, body: page(ten) } })).to.deep.equal(['firstPage: noNext']);
    const untyped = { links: [link('next', `${ITEMS}?limit=10&next=x`, '')] };
    expect(await changed({ [first]: { type: GEOJSON, body: page(ten, untyped) } })).to.deep.equal([
      'firstPage: noNext',
    ]);
    expect(await changed({ [`GET ${ITEMS}?limit=10&next=x`]: { type: GEOJSON, body: page([10, 11]) } })).to.deep.equal([
      'nextPage: repeated',
    ]);
    const other = { type: GEOJSON, body: { ...page([1]), features: [feature(1, 'Morila')] } };
    expect(await changed({ [`GET ${ITEMS}?limit=1&name=Kalana`]: other })).to.deep.equal(['filtered: notFiltered']);
    const texts = page(
      ten.map((n) => `mine-${n}`),
      { ...next, numberMatched: undefined },
    );
    expect(await changed({ [first]: { type: GEOJSON, body: texts } })).to.deep.equal([
      'firstPage: noMatched?',
      'firstPage: textIds?',
    ]);
    expect(
      await changed({ [`GET ${BASE}/collections`]: { type: JSON_TYPE, body: { collections: [] } } }),
    ).to.deep.equal(['collections: notListed']);
  });

  it('of tiles and files look at what came', async () => {
    const tile = `GET ${BASE}/tiles/mines/0/0/0.mvt?generation=3`;
    const changed = async (sequence: (subject: Subject) => Steps, key: string, said: Said) =>
      faultsOf((await run(sequence, { [key]: said })).steps);
    const mvt = 'application/vnd.mapbox-vector-tile';
    expect(await changed(tileSteps, tile, { status: 204, bytes: new Uint8Array() })).to.deep.equal(['tile: emptyTile']);
    expect(await changed(tileSteps, tile, { type: mvt, body: '<p>' })).to.deep.equal(['tile: noTile']);
    expect(await changed(tileSteps, tile, { status: 0 })).to.deep.equal(['tile: noAnswer']);
    const csv = `GET ${BASE}/collections/mines/export?f=csv`;
    expect(await changed(tableSteps, csv, { type: 'text/csv', body: 'id,name\n' })).to.deep.equal([
      'table: emptyTable',
    ]);
    expect(await changed(tableSteps, csv, { status: 404, body: { detail: 'No.' } })).to.deep.equal(['table: status']);
  });

  it('have words for each step and fault', () => {
    const ids = PROGRAMS.map(({ id }) => id);
    expect(ids).to.deep.equal(['qgis', 'gdal', 'python', 'maplibre', 'excel', 'curl']);
    for (const program of PROGRAMS) {
      for (const way of program.ways({ base: BASE, layer: 'mines', geometry: 'point' })) {
        expect(connectEn).to.have.property(way.title);
        for (const { text } of way.instructions) expect(connectEn).to.have.property(text);
      }
    }
  });
});

describe('the address of the page that connects', () => {
  it('names the layer or none, and gives way to an upload', () => {
    for (const connect of ['', 'mines']) expect(parseAddress(printAddress({ connect }))).to.deep.equal({ connect });
    expect(printAddress({ connect: '' })).to.equal('#connect');
    expect(parseAddress('#connect=../x')).to.deep.equal({ connect: '' });
    expect(parseAddress('#upload&connect=mines')).to.deep.equal({ upload: '' });
  });
});

describe('the box that a map shows', () => {
  it('is the world at zoom 0 on 512 pixels, and never beyond it', () => {
    const [west, south, east, north] = viewBox({ lon: 0, lat: 0, zoom: 0 }, 512, 512);
    expect([west, east]).to.deep.equal([-180, 180]);
    expect(north).to.be.closeTo(85.0511, 1e-4);
    expect(south).to.be.closeTo(-85.0511, 1e-4);
    expect(viewBox({ lon: 170, lat: 80, zoom: 0 }, 2_000, 2_000)[2]).to.equal(180);
  });

  it('halves with each zoom', () => {
    const [west, , east] = viewBox({ lon: -4, lat: 14, zoom: 6 }, 1_024, 512);
    expect(east - west).to.be.closeTo(360 / 2 ** 5, 1e-9);
  });
});
