import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { expect } from 'chai';
import { after, afterEach, before, describe, it } from 'mocha';
import { DiskFull } from '../../server/jobs/export/errors.ts';
import { sweepUploads } from '../../server/jobs/uploads/sweep.ts';
import { type UploadFolder, uploadFolder } from '../../server/jobs/uploads/upload-folder.ts';
import { insertUpload } from '../../server/query/upload-doors.ts';
import { until } from '../support/process.ts';
import { startServer, TEST_TOKEN, type TestServer } from '../support/server.ts';
import { asAdmin, bring, readUpload, type UploadJson } from '../support/uploads.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

describe('bringing files', () => {
  let server: TestServer;
  let folder: UploadFolder;
  let failure: Error | undefined;
  const launched: string[] = [];

  before(async () => {
    server = await startServer((context) => {
      const { folder: plain } = context.uploads;
      folder = {
        ...plain,
        open: async (id, bytes) => {
          const part = await plain.open(id, bytes);
          return { ...part, write: (chunk) => (failure ? Promise.reject(failure) : part.write(chunk)) };
        },
      };
      return { uploads: { ...context.uploads, folder, launch: (id) => void launched.push(id) } };
    });
  });
  after(() => server.close());
  afterEach(() => {
    failure = undefined;
    launched.splice(0);
  });

  const get = async (address: string) => readUpload(await asAdmin(server, address));
  const list = async () => ((await (await asAdmin(server, '/uploads')).json()) as { uploads: UploadJson[] }).uploads;
  const post = (init: RequestInit, query = '') => asAdmin(server, `/uploads${query}`, { method: 'POST', ...init });
  const fileOf = (id: string) => readFileSync(folder.fileOf(id), 'utf8');
  async function expectProblem(response: Response, status: number, text: RegExp) {
    const problem = (await response.json()) as { status: number; detail: string };
    expect([response.status, problem.status], JSON.stringify(problem)).to.deep.equal([status, status]);
    expect(response.headers.get('content-type')).to.equal('application/problem+json; charset=utf-8');
    expect(problem.detail).to.match(text);
    return problem;
  }

  for (const [method, address] of [
    ['GET', '/uploads'],
    ['POST', '/uploads'],
    ['POST', '/uploads/resumable'],
    ['GET', '/uploads/00000000-0000-4000-8000-000000000000'],
    ['GET', '/uploads/00000000-0000-4000-8000-000000000000/events'],
    ['GET', '/uploads/00000000-0000-4000-8000-000000000000/issues.csv'],
    ['PATCH', '/uploads/00000000-0000-4000-8000-000000000000/mapping'],
    ['DELETE', '/uploads/00000000-0000-4000-8000-000000000000'],
    ['GET', '/uploads/anything/else'],
  ] as const) {
    it(`asks for the token: ${method} ${address}`, async () => {
      const bare = await fetch(server.url + address, { method });
      await expectProblem(bare, 401, /takes a token.*Authorization: Bearer/);
      expect(bare.headers.get('www-authenticate')).to.equal('Bearer realm="Azalai"');
      for (const wrong of [`Bearer ${TEST_TOKEN}x`, `Basic ${TEST_TOKEN}`, TEST_TOKEN]) {
        const refused = await fetch(server.url + address, { method, headers: { Authorization: wrong } });
        await expectProblem(refused, 401, /not this token/);
        expect(refused.headers.get('www-authenticate')).to.equal('Bearer realm="Azalai", error="invalid_token"');
      }
    });
  }

  it('takes a file as the body, says where it is, and has it read', async () => {
    const response = await post({ body: 'a,b\n1,2\n', headers: { 'X-File-Name': 'd%C3%A9p%C3%B4ts.csv' } });
    expect(response.status).to.equal(202);
    const upload = await readUpload(response);
    expect(response.headers.get('location')).to.equal(`/uploads/${upload.id}`);
    expect(upload).to.deep.include({
      name: 'dépôts.csv',
      bytes: 8,
      sha256: sha256('a,b\n1,2\n'),
      state: 'reading',
      error: null,
      sameAs: [],
      profile: null,
      report: null,
      mapping: null,
      changes: null,
      published: null,
    });
    expect(launched).to.deep.equal([upload.id]);
    expect(fileOf(upload.id)).to.equal('a,b\n1,2\n');
    expect(await get(`/uploads/${upload.id}`)).to.deep.equal(upload);
    expect((await list())[0]).to.include({ id: upload.id, name: 'dépôts.csv', state: 'reading' });
  });

  it('takes a file of a form, among other fields', async () => {
    const form = new FormData();
    form.append('note', 'from the field');
    form.append('file', new Blob(['{"type":"FeatureCollection","features":[]}']), 'sites à Gao.geojson');
    const response = await post({ body: form });
    const upload = await readUpload(response);
    expect(response.status).to.equal(202);
    expect(upload).to.include({ name: 'sites à Gao.geojson', bytes: 42, state: 'reading' });
    expect(fileOf(upload.id)).to.equal('{"type":"FeatureCollection","features":[]}');
    expect(launched).to.deep.equal([upload.id]);
  });

  it('names a file by a parameter, and never by a folder', async () => {
    const name = encodeURIComponent('..\\..\\etc/pass\u0007wd\u202e.csv');
    const upload = await readUpload(await post({ body: 'x' }, `?name=${name}`));
    expect(upload.name).to.equal('passwd.csv');
    expect((await readUpload(await post({ body: 'y' }))).name).to.equal('upload');
  });

  it('says which earlier uploads are the same file', async () => {
    const first = await bring(server, 'one.csv', 'same bytes');
    const second = await bring(server, 'two.csv', 'same bytes');
    const third = await bring(server, 'three.csv', 'same bytes');
    expect([first.sameAs, second.sameAs, third.sameAs]).to.deep.equal([[], [first.id], [first.id, second.id]]);
    expect((await get(`/uploads/${first.id}`)).sameAs).to.deep.equal([]);
  });

  it('keeps two that come at once apart', async () => {
    const texts = ['first '.repeat(200_000), 'second '.repeat(200_000)];
    const uploads = await Promise.all(texts.map((text, index) => bring(server, `${index}.txt`, text)));
    expect(uploads.map(({ id }) => fileOf(id))).to.deep.equal(texts);
    expect(uploads.map((upload) => upload.sha256)).to.deep.equal(texts.map(sha256));
  });

  describe('what it refuses leaves nothing', () => {
    let known: number;
    before(async () => {
      known = (await list()).length;
    });
    afterEach(async () => {
      expect((await list()).length).to.equal(known);
      expect(launched).to.deep.equal([]);
    });

    it('a file that is empty', async () => {
      await expectProblem(await post({ body: '' }), 422, /empty/);
      const form = new FormData();
      form.append('file', new Blob([]), 'empty.csv');
      await expectProblem(await post({ body: form }), 422, /empty/);
    });

    it('a form without a file, with two, or that is none', async () => {
      const form = new FormData();
      form.append('note', 'x');
      await expectProblem(await post({ body: form }), 415, /no file/);
      form.append('a', new Blob(['1']), 'a.shp');
      form.append('b', new Blob(['2']), 'b.dbf');
      await expectProblem(await post({ body: form }), 415, /one file at a time.*ZIP/);
      const headers = { 'Content-Type': 'multipart/form-data' };
      await expectProblem(await post({ body: 'x', headers }), 415, /multipart\/form-data has to be/);
      const cut = '--x\r\nContent-Disposition: form-data; name="f"; filename="a.csv"\r\n\r\nhalf';
      const bounded = { 'Content-Type': 'multipart/form-data; boundary=x' };
      await expectProblem(await post({ body: cut, headers: bounded }), 400, /ended after/);
      known += 1;
    });

    it('a form whose second file comes when the first has long been read', async () => {
      const part = (name: string) =>
        `--x\r\nContent-Disposition: form-data; name="f"; filename="${name}"\r\n\r\nbytes\r\n`;
      async function* pieces() {
        yield Buffer.from(`${part('a.shp')}--x`);
        await until('the first is read', async () => (await list())[0]?.name === 'a.shp');
        await new Promise((resolve) => setTimeout(resolve, 100));
        yield Buffer.from(`${part('b.dbf').slice(3)}--x--\r\n`);
      }
      const headers = { 'Content-Type': 'multipart/form-data; boundary=x' };
      const body = ReadableStream.from(pieces());
      await expectProblem(await post({ body, headers, duplex: 'half' } as RequestInit), 415, /one file at a time/);
    });

    it('a body that is packed on the way', async () => {
      await expectProblem(await post({ body: 'x', headers: { 'Content-Encoding': 'gzip' } }), 415, /Content-Encoding/);
    });

    it('a file that is too large, by its length or by what comes', async () => {
      const large = Buffer.alloc(51_000_000);
      await expectProblem(await post({ body: large }), 413, /50 MB here \(UPLOAD_MB\)/);
      async function* pieces() {
        for (let at = 0; at < 60; at += 1) yield new Uint8Array(1_000_000);
      }
      const body = ReadableStream.from(pieces());
      await expectProblem(await post({ body, duplex: 'half' } as RequestInit), 413, /50 MB here \(UPLOAD_MB\)/);
    });

    it('a file when the disk is full, as the system says it', async () => {
      const part = `${folder.fileOf('full')}.part`;
      mkdirSync(path.dirname(part));
      symlinkSync('/dev/full', part);
      const full = await folder.open('full', null);
      const error = await full.write(Buffer.from('x')).catch((cause: unknown) => cause);
      expect(error).to.be.instanceOf(DiskFull);
      await full.close();
      await folder.remove('full');
    });

    it('a body of which it wants nothing, without waiting for all of it', async () => {
      const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
      let said = '';
      socket.on('data', (data) => (said += data));
      socket.on('error', () => undefined);
      const ended = new Promise((resolve) => socket.once('close', resolve));
      socket.write('POST /uploads HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000000\r\n\r\nbegin');
      // A connection on which nothing comes would be closed anyway.
      const trickle = setInterval(() => socket.write('more'), 100);
      await ended;
      clearInterval(trickle);
      expect(said).to.match(/^HTTP\/1.1 401 /);
    });

    it('a file when the disk is full', async () => {
      failure = new DiskFull('There is no room: the disk is full.');
      await expectProblem(await post({ body: 'x' }), 507, /disk is full/);
    });

    it('methods that it does not take', async () => {
      const response = await asAdmin(server, '/uploads', { method: 'PUT', body: 'x' });
      await expectProblem(response, 405, /PUT/);
      expect(response.headers.get('allow')).to.equal('GET, HEAD, POST, OPTIONS');
      await expectProblem(await fetch(`${server.url}/collections`, { method: 'POST', body: 'x' }), 405, /GET, HEAD/);
    });

    it('ids that are none', async () => {
      await expectProblem(await asAdmin(server, '/uploads/nonsense'), 404, /no upload "nonsense"/);
      const id = '00000000-0000-4000-8000-000000000000';
      await expectProblem(await asAdmin(server, `/uploads/${id}`), 404, /no upload/);
      await expectProblem(await asAdmin(server, `/uploads/${id}/publish`, { method: 'POST' }), 404, /no upload/);
    });
  });

  it('refuses a file when all have no room, and takes it when one is taken out', async () => {
    const small = uploadFolder(path.dirname(path.dirname(folder.fileOf('x'))), {
      maxBytes: 90_000_000,
      maxAllBytes: 1_000,
    });
    await small.checkRoom(0).then(
      () => expect.fail('there is more than that already'),
      (error: Error) => expect(error.message).to.match(/1 MB here \(UPLOADS_MB\). Remove uploads/),
    );
    const upload = await bring(server, 'x.csv', 'abc');
    expect((await asAdmin(server, `/uploads/${upload.id}`, { method: 'DELETE' })).status).to.equal(204);
    expect(existsSync(path.dirname(folder.fileOf(upload.id)))).to.equal(false);
    await expectProblem(await asAdmin(server, `/uploads/${upload.id}`), 404, /no upload/);
  });

  /** Sends the head of a request and a part of its body, then goes away. */
  async function cut(lines: string[], body: string): Promise<void> {
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    const head = ['POST /uploads HTTP/1.1', 'Host: x', `Authorization: Bearer ${TEST_TOKEN}`, ...lines];
    socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
    await until('it begins', async () => (await list())[0]?.state === 'receiving');
    socket.destroy();
    await until('it is failed', async () => (await list())[0]?.state === 'failed');
  }

  it('says so when the connection was cut: fewer bytes than were announced, or a form without its end', async () => {
    await cut(['X-File-Name: half.csv', 'Content-Length: 1000'], 'half of it');
    const [raw] = await list();
    expect(raw).to.deep.include({ name: 'half.csv', sha256: null });
    expect(raw?.error?.code).to.equal('cut-short');
    expect(raw?.error?.detail).to.match(/^The connection ended after 10 of 1,000 bytes.*resumable/);
    expect(existsSync(path.dirname(folder.fileOf(raw?.id as string)))).to.equal(false);

    const part = '--x\r\nContent-Disposition: form-data; name="f"; filename="form.csv"\r\n\r\nhalf of it';
    await cut(['Content-Type: multipart/form-data; boundary=x', 'Content-Length: 1000'], part);
    const [form] = await list();
    expect(form).to.deep.include({ name: 'form.csv', sha256: null });
    expect(form?.error?.code).to.equal('cut-short');
    expect(launched).to.deep.equal([]);
  });

  it('takes no file whose announced length is not that of what comes', async () => {
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    const length = ['X-File-Name: four.csv', 'Content-Length: 4'];
    const head = ['POST /uploads HTTP/1.1', 'Host: x', `Authorization: Bearer ${TEST_TOKEN}`, ...length];
    socket.write(`${head.join('\r\n')}\r\n\r\nabcdefgh\r\n\r\n`);
    const row = async () => (await list()).find(({ name }) => name === 'four.csv');
    await until('it is failed', async () => (await row())?.state === 'failed');
    socket.destroy();
    expect(launched).to.deep.equal([]);
  });

  it('clears away what a killed server left', async () => {
    const kept = await bring(server, 'kept.csv', 'kept');
    const half = '44444444-0000-4000-8000-000000000000';
    await server.context.run(insertUpload(half, 'half.csv', 100));
    const part = await folder.open(half, 100);
    await part.write(Buffer.from('half'));
    await part.close();
    const stray = path.dirname(folder.fileOf('11111111-0000-4000-8000-000000000000'));
    mkdirSync(stray);
    await sweepUploads(server.context.run, folder);
    expect([existsSync(stray), existsSync(folder.fileOf(kept.id))]).to.deep.equal([false, true]);
    expect((await get(`/uploads/${half}`)).error?.code).to.equal('cut-short');
    expect(await folder.received(half)).to.equal(undefined);
  });
});
