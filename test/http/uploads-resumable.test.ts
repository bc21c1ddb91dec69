import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { expect } from 'chai';
import { after, afterEach, before, describe, it } from 'mocha';
import { until } from '../support/process.ts';
import { startServer, TEST_TOKEN, type TestServer } from '../support/server.ts';
import { asAdmin, readUpload } from '../support/uploads.ts';

const TEXT = 'name,lat,lon\nGao,16.27,-0.04\n'.repeat(1000);

describe('bringing files in parts', () => {
  let server: TestServer;
  const launched: string[] = [];

  before(async () => {
    server = await startServer((context) => ({
      uploads: { ...context.uploads, launch: (id) => void launched.push(id) },
    }));
  });
  after(() => server.close());
  afterEach(() => launched.splice(0));

  const tus = (method: string, address: string, headers: Record<string, string> = {}, body: string | null = null) =>
    asAdmin(server, address, { method, body, headers: { 'Tus-Resumable': '1.0.0', ...headers } });
  const fileOf = (id: string) => server.context.uploads.folder.fileOf(id);
  const get = async (id: string) => readUpload(await asAdmin(server, `/uploads/${id}`));

  /** Announces a file; the path of the address to send it to. */
  async function create(length: number, metadata = `filename ${Buffer.from('sites à Gao.csv').toString('base64')}`) {
    const response = await tus('POST', '/uploads/resumable', {
      'Upload-Length': String(length),
      'Upload-Metadata': metadata,
    });
    expect(response.status).to.equal(201);
    return response.headers.get('location') as string;
  }
  const idOf = (address: string) => address.split('/').at(-1) as string;
  const append = (address: string, offset: number, body: string) => {
    const type = 'application/offset+octet-stream';
    return tus('PATCH', address, { 'Upload-Offset': String(offset), 'Content-Type': type }, body);
  };
  async function offsetOf(address: string): Promise<string | null> {
    const response = await tus('HEAD', address);
    expect([response.status, response.headers.get('cache-control')]).to.deep.equal([200, 'no-store']);
    return response.headers.get('upload-offset');
  }

  /** Begins to send a part of so many bytes, and sends no more of it than `body`. */
  function appendPart(address: string, offset: number, length: number, body: string) {
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    const head = [
      `PATCH ${address} HTTP/1.1`,
      'Host: x',
      `Authorization: Bearer ${TEST_TOKEN}`,
      'Tus-Resumable: 1.0.0',
      `Upload-Offset: ${offset}`,
      'Content-Type: application/offset+octet-stream',
      `Content-Length: ${length}`,
      'Connection: keep-alive',
    ];
    socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
    return socket;
  }

  it('says what it speaks', async () => {
    const response = await tus('OPTIONS', '/uploads/resumable');
    expect(response.status).to.equal(204);
    expect(response.headers.get('tus-version')).to.equal('1.0.0');
    expect(response.headers.get('tus-extension')).to.equal('creation,termination');
    expect(response.headers.get('tus-max-size')).to.equal('50000000');
    const old = await asAdmin(server, '/uploads/resumable', { method: 'POST' });
    expect([old.status, old.headers.get('tus-version')]).to.deep.equal([412, '1.0.0']);
  });

  it('puts a file together, and has it read when its last byte has come', async () => {
    const address = await create(TEXT.length);
    const id = idOf(address);
    expect(await get(id)).to.deep.include({ name: 'sites à Gao.csv', state: 'receiving', bytes: TEXT.length });
    expect(await offsetOf(address)).to.equal('0');
    const first = await append(address, 0, TEXT.slice(0, 10_000));
    expect([first.status, first.headers.get('upload-offset')]).to.deep.equal([204, '10000']);
    expect(launched).to.deep.equal([]);
    expect(await offsetOf(address)).to.equal('10000');
    expect((await append(address, 10_000, TEXT.slice(10_000))).status).to.equal(204);
    const sha256 = createHash('sha256').update(TEXT).digest('hex');
    expect(await get(id)).to.deep.include({ state: 'reading', bytes: TEXT.length, sha256 });
    expect(readFileSync(fileOf(id), 'utf8')).to.equal(TEXT);
    expect(launched).to.deep.equal([id]);
    expect(await offsetOf(address)).to.equal(String(TEXT.length));
  });

  it('goes on where a connection broke', async () => {
    const address = await create(TEXT.length);
    const socket = appendPart(address, 0, TEXT.length, TEXT.slice(0, 5_000));
    await until('a part is there', async () => (await offsetOf(address)) === '5000');
    const meanwhile = await append(address, 5_000, TEXT.slice(5_000));
    expect([meanwhile.status, ((await meanwhile.json()) as { detail: string }).detail]).to.deep.equal([
      409,
      'Another request goes on with this file: ask where it is (HEAD), then go on.',
    ]);
    socket.destroy();
    await until('it goes on', async () => (await append(address, 5_000, TEXT.slice(5_000))).status === 204);
    expect(readFileSync(fileOf(idOf(address)), 'utf8')).to.equal(TEXT);
    expect(launched).to.deep.equal([idOf(address)]);
  });

  // The requests of tus-js-client 4.3.1 over a line that breaks twice, as they were recorded.
  it('serves what tus-js-client sends: in parts, asking where to go on after each break', async () => {
    const metadata = `filename ${Buffer.from('places.csv').toString('base64')},filetype ${Buffer.from('text/csv').toString('base64')}`;
    const address = await create(TEXT.length, metadata);
    expect(address).to.match(/^\/uploads\/resumable\/[0-9a-f-]{36}$/);
    const part = 12_000;
    let offset = 0;
    for (const sent of [4_000, 9_000]) {
      const reached = offset + sent;
      await until('what was sent is there', async () => {
        // Refused as long as the server has not seen that the line before broke: it is tried again, as the client does.
        const socket = appendPart(address, offset, part, TEXT.slice(offset, reached)).once('error', () => undefined);
        await new Promise((resolve) => setTimeout(resolve, 50));
        socket.destroy();
        return (await offsetOf(address)) === String(reached);
      });
      const asked = await tus('HEAD', address);
      expect(asked.headers.get('upload-length')).to.equal(String(TEXT.length));
      offset = Number(asked.headers.get('upload-offset'));
    }
    while (offset < TEXT.length) {
      const next = TEXT.slice(offset, offset + part);
      await until('the request that was cut is over', async () => {
        const response = await append(address, offset, next);
        if (response.status !== 204) return false;
        expect(response.headers.get('upload-offset')).to.equal(String(offset + next.length));
        return true;
      });
      offset += next.length;
    }
    expect(readFileSync(fileOf(idOf(address)), 'utf8')).to.equal(TEXT);
    expect(await get(idOf(address))).to.include({ name: 'places.csv', state: 'reading', bytes: TEXT.length });
    expect(launched).to.deep.equal([idOf(address)]);
  });

  it('takes a part only where the file ends, and no more than was announced', async () => {
    const address = await create(10);
    expect((await append(address, 5, 'abc')).status).to.equal(409);
    expect((await append(address, 0, 'abcdefghijk')).status).to.equal(413);
    expect(await offsetOf(address)).to.equal('0');
    expect((await tus('PATCH', address, { 'Upload-Offset': '0' }, 'abc')).status).to.equal(415);
    expect((await append(address, Number.NaN, 'abc')).status).to.equal(400);
    expect(launched).to.deep.equal([]);
  });

  it('refuses what has no room, and what is nothing', async () => {
    const refused = async (length: string) =>
      (await tus('POST', '/uploads/resumable', { 'Upload-Length': length })).status;
    expect(await refused('60000000')).to.equal(413);
    expect(await refused('0')).to.equal(400);
    expect(await refused('much')).to.equal(400);
    expect(await refused('')).to.equal(400);
  });

  it('takes out a file that is not to come any more', async () => {
    const address = await create(10);
    await append(address, 0, 'abc');
    expect((await tus('DELETE', address)).status).to.equal(204);
    expect((await tus('HEAD', address)).status).to.equal(404);
    expect(existsSync(path.dirname(fileOf(idOf(address))))).to.equal(false);
    expect((await append(address, 3, 'def')).status).to.equal(404);
    expect((await tus('PUT', address)).headers.get('allow')).to.equal('OPTIONS, HEAD, PATCH, DELETE');
  });
});
