import { randomUUID } from 'node:crypto';
import { type Request, type Response, Router } from 'express';
import { InvalidParameter } from '../../core/errors.ts';
import {
  UnsupportedBody,
  UploadConflict,
  UploadCutShort,
  UploadNotFound,
  UploadTooLarge,
} from '../../jobs/uploads/errors.ts';
import { complete, progressNotes } from '../../jobs/uploads/receive.ts';
import { deleteUpload, insertUpload, type UploadRow } from '../../query/upload-doors.ts';
import type { Context } from '../context.ts';
import { MethodNotAllowed, PreconditionFailed } from '../problem.ts';
import { toUploadName } from './file-name.ts';
import { findUpload } from './find-upload.ts';

const VERSION = '1.0.0';
const EXTENSIONS = 'creation,termination';
const SILENCE_MS = 120_000;

/**
 * Files in parts, over connections that break: the protocol tus 1.0.0 (https://tus.io/protocols/resumable-upload) with
 * creation and termination. An upload has the same id here as under `/uploads`, and is read when its last byte has come.
 */
export function resumableRoutes({ run, uploads }: Context): Router {
  const router = Router();
  const { folder, launch } = uploads;
  const doors = { run, folder, launch };
  /** One request at a time goes on with a file; the file's length keeps two processes from writing the same bytes. */
  const busy = new Set<string>();

  router.use('/uploads/resumable', (request, response, next) => {
    response.set({ 'Tus-Resumable': VERSION, 'Cache-Control': 'no-store' });
    if (request.method !== 'OPTIONS' && request.headers['tus-resumable'] !== VERSION) {
      response.set('Tus-Version', VERSION);
      throw new PreconditionFailed(`This speaks tus ${VERSION}: send the header "Tus-Resumable: ${VERSION}".`);
    }
    next();
  });

  router.options('/uploads/resumable{/*rest}', (_request, response) => {
    response.set({
      'Tus-Version': VERSION,
      'Tus-Extension': EXTENSIONS,
      'Tus-Max-Size': String(folder.limits.maxBytes),
    });
    response.status(204).end();
  });

  router.post('/uploads/resumable', async (request, response) => {
    const bytes = wholeHeader(request, 'Upload-Length');
    if (bytes === 0) throw new InvalidParameter([{ detail: 'Upload-Length is 0: the file is empty.' }]);
    const { filename, name } = parseMetadata(request.headers['upload-metadata']);
    await folder.checkRoom(bytes);
    const id = randomUUID();
    await run(insertUpload(id, toUploadName(filename ?? name), bytes, { resumable: true }));
    response.status(201).location(`/uploads/resumable/${id}`).set('Upload-Offset', '0').end();
  });

  /** @throws UploadNotFound, UploadConflict for one that did not begin here or failed */
  async function find(id: string): Promise<UploadRow & { readonly bytes: number }> {
    const row = await findUpload(run, id);
    if (row.bytes === null || row.state === 'failed') throw new UploadNotFound(id);
    return { ...row, bytes: row.bytes };
  }
  const offsetOf = async ({ id, state, bytes }: UploadRow & { readonly bytes: number }) =>
    state === 'receiving' ? ((await folder.received(id)) ?? 0) : bytes;

  router.head('/uploads/resumable/:id', async (request, response) => {
    const row = await find(request.params.id);
    response.set({ 'Upload-Offset': String(await offsetOf(row)), 'Upload-Length': String(row.bytes) });
    response.status(200).end();
  });

  router.patch('/uploads/resumable/:id', async (request, response) => {
    const { id } = request.params;
    if (request.headers['content-type'] !== 'application/offset+octet-stream') {
      throw new UnsupportedBody('A part of a file comes as Content-Type: application/offset+octet-stream.');
    }
    const offset = wholeHeader(request, 'Upload-Offset');
    const row = await find(id);
    if (busy.has(id))
      throw new UploadConflict('Another request goes on with this file: ask where it is (HEAD), then go on.');
    busy.add(id);
    try {
      const at = await offsetOf(row);
      if (offset !== at) throw new UploadConflict(`The file has ${at} bytes here, and this part begins at ${offset}.`);
      const size = row.state === 'receiving' ? await append(row, request) : row.bytes;
      response.set('Upload-Offset', String(size)).status(204).end();
    } finally {
      busy.delete(id);
    }
  });

  /** Returns how long the file is then. What came before a connection broke stays. */
  async function append(row: UploadRow & { readonly bytes: number }, request: Request): Promise<number> {
    const { id, bytes } = row;
    const part = await folder.open(id, bytes);
    const giveUp = () => request.destroy();
    request.socket.setTimeout(SILENCE_MS);
    request.socket.once('timeout', giveUp);
    try {
      const note = progressNotes(run, id, { begin: part.size(), total: bytes, resumable: true });
      for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>) {
        if (part.size() + chunk.length > bytes) {
          throw new UploadTooLarge(`The file was to have ${bytes} bytes (Upload-Length), and more are coming.`);
        }
        await part.write(chunk);
        await note(part.size());
      }
      if (part.size() === bytes) await complete(doors, id, part);
      return part.size();
    } catch (error) {
      if (request.destroyed && !request.complete)
        throw new UploadCutShort(`The connection ended after ${part.size()} bytes.`);
      throw error;
    } finally {
      await part.close();
      request.socket.setTimeout(0);
      request.socket.off('timeout', giveUp);
    }
  }

  router.delete('/uploads/resumable/:id', async (request, response) => {
    const { id } = request.params;
    const row = await find(id);
    if (row.state !== 'receiving') throw new UploadConflict('The file is complete: take it out at /uploads.');
    await run(deleteUpload(id, []));
    await folder.remove(id);
    response.status(204).end();
  });

  router.all('/uploads/resumable', (request) => refuse(request, 'OPTIONS, POST'));
  router.all('/uploads/resumable/:id', (request) => refuse(request, 'OPTIONS, HEAD, PATCH, DELETE'));
  return router;
}

function refuse(request: Request, allow: string): Response {
  throw new MethodNotAllowed(request.method, allow);
}

function wholeHeader(request: Request, name: string): number {
  const text = request.get(name) ?? '';
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new InvalidParameter([
    { parameter: name, detail: `${name} must be a whole number: it is "${text.slice(0, 40)}".` },
  ]);
}

/** `name base64,name base64`. What is not so is left out. */
function parseMetadata(header: string | string[] | undefined): Record<string, string | undefined> {
  const pairs = String(header ?? '').split(',');
  return Object.fromEntries(
    pairs.flatMap((pair) => {
      const [name, value] = pair.trim().split(' ');
      return name && value ? [[name, Buffer.from(value, 'base64').toString('utf8')]] : [];
    }),
  );
}
