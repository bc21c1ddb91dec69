import { expect } from 'chai';
import { after, before, describe, it } from 'mocha';
import { slots } from '../../server/db/slots.ts';
import { findChromium } from '../../server/jobs/pdf/find-chromium.ts';
import type { Printed } from '../../server/jobs/pdf/print-page.ts';
import { openPrinter } from '../../server/jobs/pdf/printer.ts';
import { json } from '../support/json.ts';
import { until } from '../support/process.ts';
import { startServer, TEST_TOKEN, type TestServer } from '../support/server.ts';

const AUTHORIZED = { authorization: `Bearer ${TEST_TOKEN}` };
const SHOWN = { address: '#map=5/16/-2&layers=attacks', layers: {} };

/** The routes, with a printer that only notes what it is asked: what it draws is read in test/browser/pdf.test.ts. */
describe('pages for paper', () => {
  let server: TestServer;
  let viewId: string;
  let briefs: { readonly open: string; readonly internal: string };
  const asked: Printed[] = [];
  let isHeld = false;
  let left = 0;
  before(async () => {
    server = await startServer({
      publicUrl: 'https://map.example.org/mali',
      printer: {
        async *print(printed, signal) {
          asked.push(printed);
          yield Buffer.from('%PDF-');
          while (isHeld && !signal.aborted) await new Promise((resolve) => setTimeout(resolve, 5));
          if (signal.aborted) left += 1;
          yield Buffer.from('1.4');
        },
      },
    });
    const { context, database } = server;
    viewId = (await context.views.store(database.run, SHOWN)).view.id;
    const create = (handling: 'public' | 'internal') =>
      context.briefs.create({ title: 'T', language: 'fr', handling, views: [{ title: 'V', note: '', view: SHOWN }] });
    briefs = { open: (await create('public')).id, internal: (await create('internal')).id };
  });
  after(() => server.close());

  const get = (path: string, headers: Record<string, string> = {}) => fetch(`${server.url}${path}`, { headers });

  it('are a page of this server, at the address by which its callers know it, asked for where this request came in', async () => {
    const answer = await get(`/views/${viewId}.pdf?paper=a3&orientation=portrait&lang=fr&title=Le%20nord&note=A%26B`);
    expect(answer.status).to.equal(200);
    expect(await answer.text()).to.equal('%PDF-1.4');
    expect(answer.headers.get('content-type')).to.equal('application/pdf');
    expect(answer.headers.get('cache-control')).to.equal('private, no-store');
    expect(answer.headers.get('content-disposition')).to.equal(`attachment; filename="view-${viewId}.pdf"`);
    const { base, target, authorization, hash } = asked.at(-1) as Printed;
    expect(base).to.equal('https://map.example.org/mali');
    expect(`http://${target.host}:${target.port}`).to.equal(server.url);
    expect(authorization).to.equal(undefined);
    expect(Object.fromEntries(new URLSearchParams(hash.slice(1)))).to.deep.equal({
      ...{ view: viewId, paper: 'a3', orientation: 'portrait', lang: 'fr', title: 'Le nord', note: 'A&B' },
    });
  });

  it('are as the caller may see them: his token goes along beside the page, not in its address', async () => {
    const answer = await get(`/briefs/${briefs.internal}.pdf?version=1`, AUTHORIZED);
    expect(answer.status).to.equal(200);
    const { hash, authorization } = asked.at(-1) as Printed;
    expect(authorization).to.equal(AUTHORIZED.authorization);
    expect(hash).not.to.include(TEST_TOKEN);
    expect([...new URLSearchParams(hash.slice(1)).keys()].toSorted()).to.deep.equal(['brief', 'holder', 'version']);
  });

  it('are not begun for what is not there, is not for the caller, or is asked for wrongly', async () => {
    const before = asked.length;
    for (const [path, status] of [
      ['/views/AAAAAAAAAAAAAAAA.pdf', 404],
      [`/briefs/${briefs.internal}.pdf`, 404],
      [`/briefs/${briefs.open}.pdf?version=2`, 404],
      [`/briefs/${briefs.open}.pdf?paper=letter`, 400],
      [`/views/${viewId}.pdf?orientation=upside-down`, 400],
      [`/views/${viewId}.pdf?colour=1`, 400],
      [`/views/${viewId}.pdf?title=${'x'.repeat(201)}`, 400],
    ] as const)
      expect((await get(path)).status, path).to.equal(status);
    expect((await get(`/views/${viewId}.pdf`, { authorization: 'Bearer a-token-of-another' })).status).to.equal(401);
    const { status, headers } = await fetch(`${server.url}/views/${viewId}.pdf`, { method: 'HEAD' });
    expect([status, headers.get('content-type')]).to.deep.equal([200, 'application/pdf']);
    expect(asked.length).to.equal(before);
  });

  it('end when their reader leaves', async () => {
    isHeld = true;
    const leaving = new AbortController();
    const answer = await fetch(`${server.url}/briefs/${briefs.open}.pdf`, { signal: leaving.signal });
    expect(answer.status).to.equal(200);
    leaving.abort();
    await until('the printer is told', async () => left === 1);
    isHeld = false;
  });
});

describe('the printer', () => {
  const PRINTED = {
    base: 'http://127.0.0.1',
    hash: '#',
    target: { host: '127.0.0.1', port: 1 },
    authorization: undefined,
  };
  const first = (printer: ReturnType<typeof openPrinter>, signal = new AbortController().signal) =>
    printer.print(PRINTED, signal).next();
  const places = () => slots({ max: 1, queueMax: 1, waitMs: 20 });
  const nameOf = (promise: Promise<unknown>) =>
    promise.then(
      () => 'nothing',
      (error: Error) => error.name,
    );

  it('says what to install where there is no browser', async () => {
    const server = await startServer({
      printer: openPrinter({ executable: undefined, places: places(), limitMs: 1000 }),
    });
    try {
      const { view } = await server.context.views.store(server.database.run, SHOWN);
      const answer = await fetch(`${server.url}/views/${view.id}.pdf`);
      const problem = await json<{ code: string; detail: string }>(answer);
      expect(answer.status).to.equal(501);
      expect(problem.code).to.equal('NoBrowser');
      expect(problem.detail).to.match(/apt-get install chromium.*CHROMIUM/);
    } finally {
      await server.close();
    }
  });

  it('finds the browser in the path, and takes no other when one is named', () => {
    expect(findChromium('/nowhere/chromium')).to.equal(undefined);
    expect(findChromium(process.execPath)).to.equal(process.execPath);
  });

  it('has one browser at a time, and lets nobody wait for ever', async () => {
    const own = places();
    await own.take();
    const printer = openPrinter({ executable: '/nowhere', places: own, limitMs: 1000 });
    expect(await nameOf(first(printer))).to.equal('PrinterBusy');
    const gone = AbortSignal.abort();
    expect(await nameOf(first(printer, gone))).to.equal('RequestAborted');
    own.give();
    // The place is given back also when the browser does not start.
    expect(await nameOf(first(printer))).not.to.equal('PrinterBusy');
    expect(own.active()).to.equal(0);
  });
});
