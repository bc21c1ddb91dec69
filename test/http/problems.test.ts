import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { DatabaseUnavailable, LaneSaturated, QueryTimeout } from '../../server/core/errors.ts';
import { json } from '../support/json.ts';
import { startServer, type TestServer } from '../support/server.ts';

interface Problem {
  type: string;
  title: string;
  code: string;
  status: number;
  detail: string;
  errors: { parameter: string; position?: number }[];
}

/** Address, status, and what the detail must say. */
const PROBLEMS: readonly (readonly [string, number, RegExp])[] = [
  ['/collections/nowhere', 404, /no collection "nowhere".*Known collections: .*attacks/],
  ['/collections/attacks/items/999999', 404, /no item "999999"/],
  ['/collections/attacks/items/x', 404, /no item "x"/],
  ['/collections/attacks/items?colour=red', 400, /"colour" is not a parameter.*bbox, .*datetime, .*killed/],
  ['/collections?x=1', 400, /"x" is not a parameter/],
  ['/collections/attacks/items?limit=0', 400, /limit must be from 1 to 10000/],
  ['/collections/attacks/items?limit=-1', 400, /limit must be a whole number from 1 to 10000/],
  ['/collections/attacks/items?limit=1.5', 400, /limit must be a whole number/],
  ['/collections/attacks/items?limit=1&limit=2', 400, /limit is given 2 times/],
  ['/collections/attacks/items?cursor=abc', 400, /not one of this server.*Begin again/],
  ['/collections/attacks/items?bbox=1,2,3', 400, /bbox takes 4 numbers/],
  ['/collections/attacks/items?bbox=NaN,0,1,1', 400, /"NaN" is not one/],
  ['/collections/attacks/items?datetime=yesterday', 400, /"yesterday" is not a date.*Write 2022-05-01/],
  ['/collections/attacks/items?datetime=2022-12-31/2022-01-01', 400, /ends before it starts/],
  ['/collections/attacks/items?filter=kiled%20%3D%201', 400, /no field "kiled".*"killed"/],
  ['/collections/attacks/items?filter=killed%20%3D', 400, /expected/i],
  ['/collections/attacks/items?filter-lang=sql', 400, /cql2-text/],
  ['/collections/control_areas/items?cell=841f91dffffffff', 400, /no points/],
  ['/collections/attacks/items?cell=zz', 400, /not an H3 cell/],
  ['/tiles/nowhere/0/0/0.mvt', 404, /no collection "nowhere"/],
  ['/tiles/attacks,attacks/0/0/0.mvt', 400, /twice/],
  ['/tiles/attacks/0/1/0.mvt', 404, /x and y go from 0 to 0/],
  ['/tiles/attacks/23/0/0.mvt', 404, /zooms go from 0 to 22/],
  ['/tiles/attacks/a/0/0.mvt', 400, /whole numbers: z is "a"/],
  ['/tiles/attacks/0/0/0.mvt?limit=1', 400, /"limit" is not a parameter/],
  ['/tiles/attacks,mines/0/0/0.mvt?filter=killed%20%3E%201', 400, /no field "killed"/],
  ['/tiles/attacks/0/0/0.mvt?generation=new', 400, /generation must be a whole number for each collection/],
  ['/tiles/attacks/0/0/0.mvt?generation=', 400, /generation must be/],
  ['/hexes/attacks/0/0/0.mvt?generation=1..2', 400, /generation must be/],
  ['/metrics?x=1', 400, /"x" is not a parameter/],
  ['/tiles/attacks.json?lang=de', 400, /lang must be one of en, fr/],
  ['/hexes/control_areas', 400, /no points.*attacks/],
  ['/hexes/attacks?res=9', 400, /res must be from 0 to 8/],
  ['/hexes/nowhere', 404, /no collection/],
  ['/hexes/attacks/0/0/5.mvt', 404, /no tile/],
  ['/style.json?lang=xx', 400, /lang must be/],
  ['/style.json?theme=blue', 400, /theme must be one of light, dark/],
  ['/nothing/here', 404, /Nothing is served at \/nothing\/here/],
  ['/collections/%E0%A4%A/items', 400, /not well-formed/],
  ['/?f=xml', 400, /f must be json or html/],
];

describe('problems', () => {
  let server: TestServer;
  before(async () => {
    server = await startServer();
  });
  after(() => server.close());

  for (const [address, status, says] of PROBLEMS) {
    it(`${status} ${address}`, async () => {
      const response = await fetch(server.url + address);
      const problem = await json<Problem>(response);
      expect(response.status, JSON.stringify(problem)).to.equal(status);
      expect(response.headers.get('content-type')).to.match(/^application\/problem\+json/);
      expect(response.headers.get('cache-control')).to.equal('no-store');
      expect(problem).to.include({ status, instance: address });
      expect(problem.detail).to.match(says);
      expect(JSON.stringify(problem)).to.not.match(/SELECT|at .*\.ts|node_modules|syntax error/);
    });
  }

  it('names its type, which a page explains', async () => {
    const list = await json<{ problems: { type: string; title: string; status: number; code: string }[] }>(
      fetch(`${server.url}/problems?f=json`),
    );
    const types = list.problems.map(({ type }) => type);
    expect(new Set(types).size, 'types are told apart').to.equal(types.length);
    const page = await (await fetch(`${server.url}/problems?f=html`)).text();
    for (const { type, title, status, code } of list.problems) {
      expect(type).to.match(/^(\/problems#|http:\/\/www\.opengis\.net\/def\/exceptions\/[\w/.-]+\/)[a-z-]+$/);
      const row = page.split('<tr>').find((each) => each.includes(`id="${type.split(/[#/]/).at(-1)}"`));
      for (const said of [title, String(status), code]) expect(row, code).to.include(said);
      expect(row, 'what to do').to.match(/<td>[^<]{10,}<\/td><\/tr>/);
    }
    for (const [address, type] of [
      ['/collections/attacks/items?limit=0', '/problems#invalid-parameter'],
      ['/collections/nowhere', '/problems#layer-not-found'],
      ['/collections/%E0%A4%A/items', '/problems#malformed-address'],
    ]) {
      const problem = await json<Problem>(fetch(server.url + address));
      expect(problem.type).to.equal(type);
      expect(list.problems).to.deep.include({
        ...{ type: problem.type, title: problem.title, status: problem.status, code: problem.code },
      });
    }
  });

  it('asks whether an item is there before it says that any version of it will do', async () => {
    const any = { headers: { 'If-None-Match': '*' } };
    const statuses = [
      '/collections/attacks/items/999999',
      '/collections/attacks/items/1',
      '/collections/attacks/items',
      '/tiles/mines/0/0/0.mvt',
    ].map(async (address) => (await fetch(server.url + address, any)).status);
    expect(await Promise.all(statuses)).to.deep.equal([404, 304, 304, 304]);
  });

  it('points at the place in a filter', async () => {
    const filter = encodeURIComponent("kind = 'ied' AND kiled > 1");
    const problem = await json<Problem>(fetch(`${server.url}/collections/attacks/items?filter=${filter}`));
    expect(problem.errors[0]).to.include({ parameter: 'filter', position: 17 });
  });

  it('names every faulty parameter at once', async () => {
    const problem = await json<Problem>(fetch(`${server.url}/collections/attacks/items?limit=x&res=1&zzz=2`));
    expect(problem.errors.map(({ parameter }) => parameter)).to.deep.equal(['res', 'zzz']);
  });

  it('answers 405 with Allow to what it does not take', async () => {
    const response = await fetch(`${server.url}/collections`, { method: 'POST' });
    expect([response.status, response.headers.get('allow')]).to.deep.equal([405, 'GET, HEAD, OPTIONS']);
  });

  it('says nothing of its inside when it fails', async () => {
    const broken = await startServer({ run: () => Promise.reject(new Error('secret: relation "x" does not exist')) });
    try {
      const response = await fetch(`${broken.url}/collections/attacks/items`);
      const text = await response.text();
      expect(response.status).to.equal(500);
      expect(text).to.not.match(/secret|relation/);
      expect(JSON.parse(text).requestId).to.equal(response.headers.get('x-request-id'));
    } finally {
      await broken.close();
    }
  });

  for (const [cause, seconds] of [
    [DatabaseUnavailable, '5'],
    [QueryTimeout, '5'],
    [LaneSaturated, '1'],
  ] as const) {
    it(`answers 503 with Retry-After to ${cause.name}`, async () => {
      const away = await startServer({ run: () => Promise.reject(new cause('not now')) });
      try {
        const response = await fetch(`${away.url}/readyz`);
        expect([response.status, response.headers.get('retry-after')]).to.deep.equal([503, seconds]);
      } finally {
        await away.close();
      }
    });
  }
});
