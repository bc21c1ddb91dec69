import { Validator } from '@seriousme/openapi-schema-validator';
import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { RecordChangeSchema } from '../../server/core/correction.ts';
import { WatchSchema } from '../../server/core/watch.ts';
import { createApp } from '../../server/http/app.ts';
import { tileAnswers } from '../../server/http/hot/answers.ts';
import { toTemplate } from '../../server/http/openapi/document.ts';
import { OPERATIONS } from '../../server/http/openapi/operations.ts';
import { ANSWERS, type AnswerName, BODIES } from '../../server/http/openapi/schemas.ts';
import { answerQuestion } from '../../server/http/processes/answer-question.ts';
import { routeTable } from '../../server/http/route-table.ts';
import { feedKey } from '../../server/jobs/watches/feed-key.ts';
import { createWatch } from '../../server/jobs/watches/watches.ts';
import { PUBLIC_ACCESS } from '../../server/query/filter.ts';
import { json } from '../support/json.ts';
import { until } from '../support/process.ts';
import { startServer, TEST_TOKEN, type TestServer } from '../support/server.ts';
import { TALLY, TOYS } from '../support/toy-processes.ts';

interface Parameter {
  readonly $ref?: string;
  readonly name: string;
  readonly in: string;
  readonly style?: string;
  readonly explode?: boolean;
  readonly schema: { readonly type: string; readonly default?: number; readonly maximum?: number };
}
interface Operation {
  readonly operationId: string;
  readonly parameters: readonly Parameter[];
  readonly security: readonly object[];
}
interface OpenApi {
  readonly openapi: string;
  readonly servers: readonly { readonly url: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly parameters: Readonly<Record<string, Parameter>> };
}

/** What stands for the parameters in the path of an address. */
const EXAMPLE: Record<string, string> = {
  ...{ id: 'attacks', ids: 'attacks', featureId: '1', z: '5', x: '15', y: '14' },
  ...{ tileMatrixSetId: 'WebMercatorQuad', tileMatrix: '5', tileRow: '14', tileCol: '15' },
  ...{ generation: '1', side: 'after', restoration: '1', processId: 'tally' },
};
const toAddress = (path: string) => path.replaceAll(/:(\w+)/g, (_, name) => EXAMPLE[name] ?? `no example of ${name}`);

/** Anybody who comes back for the answer. */
const CALLER = {
  ...{ access: PUBLIC_ACCESS, signal: new AbortController().signal },
  ...{ isAsynchronous: true, progress: () => undefined },
};

/** What pages look like is another test's matter. */
const PRINTER = {
  async *print() {
    yield Buffer.from('%PDF-1.4');
  },
};

/** These read no parameters; and an export names those of items, some of which it refuses. */
const NAMES_OTHERS = ['/healthz', '/readyz', '/pages.css', '/collections/:id/export'];

/** Also ogcapi-features-1/1.0/conf/oas30: definition, completeness, exception codes, security. */
describe('OpenAPI', () => {
  let server: TestServer;
  let document: OpenApi;
  before(async () => {
    server = await startServer(({ analysis }) => ({ analysis: { ...analysis, processes: TOYS }, printer: PRINTER }));
    const order = { process: 'tally', inputs: {}, response: 'raw', access: 'public' } as const;
    const work = async () =>
      answerQuestion(server.context, TALLY, { inputs: {}, keep: undefined, response: 'raw' }, CALLER, '');
    const { id } = await server.context.analysis.jobs.submit(order, work);
    EXAMPLE.jobId = id;
    const { views, briefs } = server.context;
    const shown = { address: '#map=5/14/-3', layers: {} };
    EXAMPLE.viewId = (await views.store(server.database.run, shown)).view.id;
    const page = { title: 'Here', note: '', view: shown };
    EXAMPLE.briefId = (await briefs.create({ title: 'For all', language: 'en', handling: 'public', views: [page] })).id;
    const watched = WatchSchema.parse({ title: 'Watched', process: 'tally', inputs: {} });
    EXAMPLE.watchId = (await createWatch(server.database.run, watched)).id;
    EXAMPLE.feedKey = (await feedKey(server.database.run, { isNew: false })).secret;
    await until('the job is done', async () => (await fetch(`${server.url}/jobs/${id}/results`)).status === 200);
    document = await json<OpenApi>(fetch(`${server.url}/api`));
  });
  after(() => server.close());

  const resolved = (parameter: Parameter): Parameter => {
    const name = parameter.$ref?.replace('#/components/parameters/', '');
    return name === undefined ? parameter : (document.components.parameters[name] as Parameter);
  };
  const inQuery = ({ parameters }: Operation) =>
    parameters.map(resolved).filter((parameter) => parameter.in === 'query');

  it('is valid', async () => {
    const { valid, errors } = await new Validator().validate(structuredClone({ ...document }));
    expect(errors, JSON.stringify(errors)).to.equal(undefined);
    expect(valid).to.equal(true);
    expect(document.openapi).to.equal('3.0.3');
    expect(document.servers).to.deep.equal([{ url: server.url }]);
  });

  it('is found to be wrong when it is', async () => {
    const { valid } = await new Validator().validate({ ...structuredClone(document), paths: { '/x': { get: {} } } });
    expect(valid).to.equal(false);
  });

  it('gives each operation a name of its own', () => {
    const ids = Object.values(document.paths).flatMap((path) =>
      Object.values(path).map(({ operationId }) => operationId),
    );
    expect(new Set(ids).size).to.equal(ids.length);
  });

  it('describes every route, and nothing else', () => {
    const app = createApp(server.context, tileAnswers(server.context));
    const routes = routeTable(app).flatMap(({ path, methods }) =>
      methods.filter((method) => method !== 'OPTIONS').map((method) => `${method} ${toTemplate(path)}`),
    );
    const described = OPERATIONS.map(({ method, path }) => `${method.toUpperCase()} ${toTemplate(path)}`);
    expect(routes.toSorted()).to.deep.equal(described.toSorted());
    for (const { method, path } of OPERATIONS) expect(document.paths[toTemplate(path)], path).to.have.property(method);
  });

  for (const { method, path, token } of OPERATIONS) {
    // A file that was brought would have to be there first; their own tests send what their routes take.
    if (method !== 'get' || path.startsWith('/uploads/') || NAMES_OTHERS.includes(path)) continue;
    it(`names the parameters that ${path} takes`, async () => {
      const headers = token === 'needed' ? { Authorization: `Bearer ${TEST_TOKEN}` } : {};
      const address = `${server.url}${toAddress(path)}?not_a_parameter=1`;
      const { detail } = await json<{ detail: string }>(fetch(address, { headers }));
      const taken = /It takes (none|.*)\.$/.exec(detail)?.[1];
      expect(taken, detail).to.be.a('string');
      const template = path === '/collections/:id/items' ? '/collections/attacks/items' : toTemplate(path);
      const named = inQuery(document.paths[template]?.get as Operation).map(({ name }) => name);
      expect(named.toSorted()).to.deep.equal(taken === 'none' ? [] : taken?.split(', ').toSorted());
    });
  }

  for (const { method, path, token, answers } of OPERATIONS) {
    const [type, schema] = Object.entries(answers)[0] ?? [];
    // The same here, what differs between versions that were never published, and what was never brought back.
    if (method !== 'get' || /^\/uploads\/|\/diff$|\/restorations\//.test(path) || type === undefined) continue;
    it(`tells what ${path} answers`, async () => {
      const headers = { Accept: type, ...(token === 'needed' ? { Authorization: `Bearer ${TEST_TOKEN}` } : {}) };
      const query = path.endsWith('.pmtiles')
        ? '?maxzoom=2'
        : path === '/search'
          ? '?q=gao'
          : path.endsWith('.atom')
            ? `?key=${EXAMPLE.feedKey}`
            : '';
      const response = await fetch(`${server.url}${toAddress(path)}${query}`, { headers });
      expect(response.status, await response.clone().text()).to.equal(200);
      expect(response.headers.get('content-type')?.split(';')[0]).to.equal(type.split(';')[0]);
      if (schema === 'file') return;
      const { error } = ANSWERS[schema as AnswerName].safeParse(await response.json());
      expect(error?.issues ?? []).to.deep.equal([]);
    });
  }

  it('tells what a problem looks like', async () => {
    const { error } = ANSWERS.Problem.safeParse(await json(fetch(`${server.url}/collections/nowhere?x=1`)));
    expect(error?.issues ?? []).to.deep.equal([]);
  });

  it('says how large a page may be where QGIS reads it', () => {
    const { schema } = document.components.parameters.limit as Parameter;
    expect([schema.default, schema.maximum]).to.deep.equal([100, 10_000]);
  });

  it('has the items of each collection with its fields, as QGIS reads them', () => {
    for (const { id, fields } of server.context.catalogue().layers) {
      const parameters = inQuery(document.paths[`/collections/${id}/items`]?.get as Operation);
      for (const { name, type } of fields) {
        const parameter = parameters.find((candidate) => candidate.name === name);
        expect(parameter, `${id}.${name}`).to.include({ in: 'query', style: 'form', explode: false });
        if (type === 'integer') expect(parameter?.schema.type).to.equal('integer');
      }
      const boxes = parameters.filter(({ name }) => name === 'bbox');
      expect(boxes.map(({ style, explode }) => [style, explode])).to.deep.equal([['form', false]]);
    }
  });

  it('has for the items of each collection all that can be done with those of any', () => {
    const template = Object.keys(document.paths['/collections/{id}/items'] ?? {});
    expect(template).to.include.members(['get', 'post']);
    for (const { id } of server.context.catalogue().layers) {
      const own = document.paths[`/collections/${id}/items`] ?? {};
      expect(Object.keys(own), id).to.have.members(template);
      expect(own.post?.security).to.deep.equal([{ token: [] }]);
    }
  });

  it('takes a record as the server does', () => {
    for (const body of [
      { geometry: null, properties: null },
      { properties: 1 },
      { type: 'Other', geometry: {}, properties: {} },
    ])
      expect(BODIES.RecordToSend.safeParse(body).success, JSON.stringify(body)).to.equal(
        RecordChangeSchema.safeParse({ op: 'add', feature: body }).success,
      );
  });

  it('asks for the token where something is changed, and for every upload', () => {
    for (const { method, path } of OPERATIONS) {
      if (method === 'get' && !path.startsWith('/uploads')) continue;
      // To ask changes nothing, and who has the address of a job has asked; to store what the page shows changes no record.
      if (/^\/(processes|jobs\/|views$)/.test(path)) continue;
      expect(document.paths[toTemplate(path)]?.[method]?.security, `${method} ${path}`).to.deep.equal([{ token: [] }]);
    }
  });

  it('comes as OpenAPI or as JSON, as the client asks', async () => {
    const typeOf = async (Accept: string) =>
      (await fetch(`${server.url}/api`, { headers: { Accept } })).headers.get('content-type');
    const qgis = 'application/vnd.oai.openapi+json;version=3.0, application/openapi+json;version=3.0, application/json';
    expect(await typeOf(qgis)).to.match(/^application\/vnd\.oai\.openapi\+json;\s?version=3\.0/);
    expect(await typeOf('application/json')).to.match(/^application\/json/);
    expect(await typeOf('*/*')).to.match(/^application\/vnd\.oai\.openapi\+json/);
  });
});
