import { Validator } from '@seriousme/openapi-schema-validator';
import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { PROCESSES } from '../../server/analysis/registry.ts';
import { toProcessDescription } from '../../server/http/processes/describe-process.ts';
import { publish } from '../../server/jobs/publish.ts';
import { json } from '../support/json.ts';
import { EVENTS_LAYER, eventRecord } from '../support/layers.ts';
import { until } from '../support/process.ts';
import { served } from '../support/served.ts';
import { startServer, TEST_TOKEN, type TestServer } from '../support/server.ts';
import { TOYS } from '../support/toy-processes.ts';

/**
 * OGC API Processes, Part 1 (18-062r2). Each block is a conformance class, each test a requirement of it, named as the
 * standard names it.
 */
const REL = 'http://www.opengis.net/def/rel/ogc/1.0';
const EXCEPTIONS = 'http://www.opengis.net/def/exceptions/ogcapi-processes-1/1.0';
const TOKEN = { Authorization: `Bearer ${TEST_TOKEN}` };

interface Link {
  readonly href: string;
  readonly rel: string;
  readonly type: string;
}
interface Summary {
  readonly id: string;
  readonly title: string;
  readonly version: string;
  readonly jobControlOptions: readonly string[];
  readonly outputTransmission: readonly string[];
  readonly links: readonly Link[];
}
interface Parameter {
  readonly title: string;
  readonly minOccurs?: number;
  readonly schema: Readonly<Record<string, unknown>>;
}
interface Description extends Summary {
  readonly inputs: Readonly<Record<string, Parameter>>;
  readonly outputs: Readonly<Record<string, Parameter>>;
}
interface StatusInfo {
  readonly jobID: string;
  readonly status: string;
  readonly links: readonly Link[];
}

describe('OGC API Processes', () => {
  let server: TestServer;
  before(async () => {
    server = await startServer(({ analysis }) => ({ analysis: { ...analysis, processes: TOYS } }));
    const records = [eventRecord(1, 0, 16), eventRecord(2, 1, 17)];
    await server.database.transaction((run) => publish(run, EVENTS_LAYER, records, { generation: 1, seedHash: null }));
    await served(server, 'events', 1);
  });
  after(() => server.close());

  const get = (path: string, headers: Record<string, string> = {}) => fetch(`${server.url}${path}`, { headers });
  const execute = (process: string, body: object, headers: Record<string, string> = {}) =>
    fetch(`${server.url}/processes/${process}/execution`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  const question = { inputs: { events: 'events' } };
  const begin = (process: string, inputs: object = question.inputs) =>
    json<StatusInfo>(execute(process, { inputs }, { Prefer: 'respond-async' }));
  const done = (id: string) =>
    until('the job is done', async () => (await json<StatusInfo>(get(`/jobs/${id}`))).status === 'successful');

  describe('ogcapi-processes-1/1.0/conf/core', () => {
    it('/req/core/landingpage-success: it links the processes and the jobs', async () => {
      const { links } = await json<{ links: Link[] }>(get('/'));
      for (const [rel, path] of [
        ['processes', '/processes'],
        ['job-list', '/jobs'],
      ]) {
        const link = links.find((each) => each.rel === `${REL}/${rel}`);
        expect(link?.href, rel).to.equal(`${server.url}${path}`);
      }
    });

    it('/req/core/conformance-success: the class is declared', async () => {
      const { conformsTo } = await json<{ conformsTo: string[] }>(get('/conformance'));
      expect(conformsTo).to.include('http://www.opengis.net/spec/ogcapi-processes-1/1.0/conf/core');
    });

    it('/req/core/process-list, process-list-success, process-summary-links: all of them, each with its links', async () => {
      const { processes, links } = await json<{ processes: Summary[]; links: Link[] }>(get('/processes'));
      expect(processes.map(({ id }) => id)).to.deep.equal(TOYS.map(({ id }) => id));
      expect(links.map(({ rel }) => rel)).to.include.members(['self', 'alternate']);
      for (const { id, version, jobControlOptions, outputTransmission, links: own } of processes) {
        expect(version).to.equal('0.0.0-test');
        expect(jobControlOptions).to.deep.equal(['sync-execute', 'async-execute', 'dismiss']);
        expect(outputTransmission).to.deep.equal(['value']);
        expect(own.find(({ rel }) => rel === 'self')?.href).to.equal(`${server.url}/processes/${id}`);
        const execution = own.find(({ rel }) => rel === `${REL}/execute`);
        expect(execution?.href).to.equal(`${server.url}/processes/${id}/execution`);
      }
    });

    it('/req/core/pl-limit-definition, pl-limit-response: no more than asked for', async () => {
      const { processes } = await json<{ processes: Summary[] }>(get('/processes?limit=1'));
      expect(processes).to.have.length(1);
      expect((await get('/processes?limit=0')).status).to.equal(400);
    });

    it('/req/core/process, process-success: a process by its id, in the language asked for', async () => {
      const response = await get('/processes/tally');
      expect([response.status, response.headers.get('content-type')?.split(';')[0]]).to.deep.equal([
        200,
        'application/json',
      ]);
      expect(await response.json()).to.include({ id: 'tally', title: 'Tally' });
      expect(await json<Summary>(get('/processes/tally?lang=fr'))).to.include({ title: 'Décompte' });
    });

    it('/req/core/process-exception-no-such-process: 404 with its type', async () => {
      const response = await get('/processes/nothing');
      expect(response.status).to.equal(404);
      expect(await response.json()).to.include({ type: `${EXCEPTIONS}/no-such-process` });
    });

    it('/req/core/process-execute-op, sync-one, raw: the one output itself', async () => {
      const response = await execute('tally', question);
      expect(response.status).to.equal(200);
      expect(await response.json()).to.have.nested.property('numbers.events', 2);
    });

    it('/req/core/process-execute-sync-document: all outputs by their names', async () => {
      const { outputs } = await json<Description>(get('/processes/tally'));
      const document = await json<Record<string, { value: object }>>(
        execute('tally', { ...question, response: 'document' }),
      );
      expect(Object.keys(document)).to.deep.equal(Object.keys(outputs));
      expect(document.result?.value).to.have.nested.property('numbers.events', 2);
    });

    it('/req/core/process-execute-default-outputs: without outputs, all of them', async () => {
      const all = await (await execute('tally', question)).text();
      expect(await (await execute('tally', { ...question, outputs: { result: {} } })).text()).to.equal(all);
    });

    it('/req/core/process-execute-auto-execution-mode, process-execute-success-async: by Prefer, 201 and where the job is', async () => {
      expect((await execute('tally', question, { Prefer: 'return=minimal' })).status).to.equal(200);
      const response = await execute('tally', question, { Prefer: 'respond-async' });
      expect(response.status).to.equal(201);
      const { jobID } = (await response.json()) as StatusInfo;
      expect(response.headers.get('location')).to.equal(`${server.url}/jobs/${jobID}`);
      await done(jobID);
    });

    it('/req/core/job, job-success: how a job is', async () => {
      const { jobID } = await begin('tally');
      await done(jobID);
      const response = await get(`/jobs/${jobID}`);
      expect(response.status).to.equal(200);
      expect(await response.json()).to.include({ processID: 'tally', type: 'process', jobID, status: 'successful' });
    });

    it('/req/core/job-exception-no-such-job: 404 with its type', async () => {
      for (const rest of ['', '/results']) {
        const response = await get(`/jobs/00000000-0000-4000-8000-000000000000${rest}`);
        expect(response.status).to.equal(404);
        expect(await response.json()).to.include({ type: `${EXCEPTIONS}/no-such-job` });
      }
    });

    it('/req/core/job-results, job-results-async-raw: the same as when it is waited for', async () => {
      const { jobID } = await begin('tally');
      await done(jobID);
      const { links } = await json<StatusInfo>(get(`/jobs/${jobID}`));
      const results = links.find(({ rel }) => rel === `${REL}/results`);
      expect(await (await fetch(results?.href as string)).text()).to.equal(
        await (await execute('tally', question)).text(),
      );
    });

    it('/req/core/job-results-exception-results-not-ready: 404 with its type', async () => {
      const { jobID } = await begin('slow', { steps: 1000 });
      const response = await get(`/jobs/${jobID}/results`);
      expect(response.status).to.equal(404);
      expect(await response.json()).to.include({ type: `${EXCEPTIONS}/result-not-ready` });
      await fetch(`${server.url}/jobs/${jobID}`, { method: 'DELETE' });
    });

    it('/req/core/job-results-failed: the status of what went wrong', async () => {
      const { jobID } = await begin('slow', { steps: 0, fails: true });
      await until('it failed', async () => (await json<StatusInfo>(get(`/jobs/${jobID}`))).status === 'failed');
      expect((await get(`/jobs/${jobID}/results`)).status).to.equal(500);
    });
  });

  describe('ogcapi-processes-1/1.0/conf/ogc-process-description', () => {
    it('/req/ogc-process-description/inputs-def, input-def, outputs-def, output-def: schemas of all inputs and outputs', async () => {
      const { inputs, outputs } = await json<Description>(get('/processes/tally'));
      const common = ['datetime', 'filter', 'max_precision_m', 'place', 'known_at', 'mix', 'generations'];
      const names = [...common, 'events', 'within_km', 'shown', 'keep', 'keep_days', 'keep_handling'];
      expect(inputs).to.have.keys(...names);
      for (const { title, minOccurs, schema } of Object.values(inputs)) {
        expect(title).to.be.a('string');
        expect(minOccurs).to.equal(0);
        expect(schema).to.be.an('object');
      }
      expect(inputs.within_km?.schema).to.include({ type: 'number', minimum: 0, maximum: 500, default: 10 });
      expect(outputs).to.have.all.keys('result');
      expect(outputs).to.have.nested.property('result.schema.properties.numbers.properties.within_km.x-unit', 'km');
    });

    it('/req/ogc-process-description/input-mixed-type: every schema is one of OpenAPI 3.0', async () => {
      for (const process of [...PROCESSES, ...TOYS]) {
        const { inputs, outputs } = toProcessDescription(process, server.url, '1', 'en');
        const described = Object.entries({ ...inputs, ...outputs } as Description['inputs']);
        const schemas = Object.fromEntries(described.map(([name, { schema }]) => [name, schema]));
        const document = { openapi: '3.0.3', info: { title: 'x', version: '1' }, paths: {}, components: { schemas } };
        const { valid, errors } = await new Validator().validate(JSON.parse(JSON.stringify(document)));
        expect(valid, `${process.id}: ${JSON.stringify(errors)}`).to.equal(true);
      }
    });
  });

  describe('ogcapi-processes-1/1.0/conf/json', () => {
    it('/req/json/definition: JSON from every resource', async () => {
      const { jobID } = await begin('tally');
      await done(jobID);
      for (const path of ['/processes', '/processes/tally', `/jobs/${jobID}`, `/jobs/${jobID}/results`]) {
        const response = await get(path, { Accept: 'application/json' });
        expect(response.headers.get('content-type'), path).to.match(/^application\/json/);
        expect(await response.json()).to.be.an('object');
      }
      expect(await json<object>(get('/jobs', TOKEN))).to.have.keys('jobs', 'links');
    });

    it('and a page of each description, for whoever asks for one', async () => {
      for (const path of ['/processes', '/processes/tally']) {
        for (const response of [
          await get(`${path}?f=html&lang=fr`),
          await get(`${path}?lang=fr`, { Accept: 'text/html' }),
        ]) {
          expect(response.headers.get('content-type')).to.match(/^text\/html/);
          const page = await response.text();
          expect(page)
            .to.match(/<html lang="fr">/)
            .and.to.contain('Décompte');
        }
      }
      const page = await (await get('/processes/tally?f=html')).text();
      expect(page).to.contain('within_km').and.to.contain(`${server.url}/processes/tally/execution`);
    });
  });

  describe('ogcapi-processes-1/1.0/conf/oas30', () => {
    it('/req/oas30/oas-definition-1, completeness: the definition has every operation', async () => {
      const { paths } = await json<{ paths: Record<string, object> }>(get('/api'));
      expect(paths['/processes']).to.have.property('get');
      expect(paths['/processes/{processId}']).to.have.property('get');
      expect(paths['/processes/{processId}/execution']).to.have.property('post');
      expect(paths['/jobs']).to.have.property('get');
      expect(paths['/jobs/{jobId}']).to.have.keys('get', 'delete');
      expect(paths['/jobs/{jobId}/results']).to.have.property('get');
    });
  });

  describe('ogcapi-processes-1/1.0/conf/job-list', () => {
    it('/req/job-list/job-list-op, job-list-success, limit-response: the jobs, no more than asked for', async () => {
      const first = await begin('tally');
      await done(first.jobID);
      const { jobs, links } = await json<{ jobs: StatusInfo[]; links: Link[] }>(get('/jobs?limit=1', TOKEN));
      expect(jobs.map(({ jobID }) => jobID)).to.deep.equal([first.jobID]);
      expect(jobs[0]?.links.find(({ rel }) => rel === 'self')?.href).to.equal(`${server.url}/jobs/${first.jobID}`);
      expect(links.map(({ rel }) => rel)).to.include('self');
    });
  });

  describe('ogcapi-processes-1/1.0/conf/dismiss', () => {
    it('/req/dismiss/job-dismiss-op, job-dismiss-success: a job is given up', async () => {
      const { jobID } = await begin('slow', { steps: 1000 });
      const response = await fetch(`${server.url}/jobs/${jobID}`, { method: 'DELETE' });
      expect(response.status).to.equal(200);
      expect(await response.json()).to.include({ jobID, status: 'dismissed' });
      expect((await get(`/jobs/${jobID}/results`)).status).to.equal(410);
    });
  });
});
