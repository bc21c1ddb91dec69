import type { Readable } from 'node:stream';
import { Busboy } from '@fastify/busboy';
import type { Request } from 'express';
import { UnsupportedBody, UploadCutShort } from '../../jobs/uploads/errors.ts';
import { cutShort, type Doors, type Incoming, receive } from '../../jobs/uploads/receive.ts';
import { decodeName, toUploadName } from './file-name.ts';

/** A client that sends nothing for so long has gone without a word. */
const SILENCE_MS = 120_000;

const ONE_FILE = 'Send one file at a time. The parts of a shapefile go into one ZIP file.';

function declaredBytes({ headers }: Request): number | null {
  const text = headers['content-length'];
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : null;
}

/** A form as browsers send it, with one file among its fields. */
function fromForm(doors: Doors, request: Request): Promise<string> {
  return new Promise((resolve, reject) => {
    const form = new Busboy({
      headers: { ...request.headers, 'content-type': String(request.headers['content-type']) },
      limits: { files: 1, fields: 20, fieldSize: 10_000, headerPairs: 50 },
    });
    let file: Readable | undefined;
    let upload: Promise<string> | undefined;
    let settle = (_error?: Error) => {};
    const whole = new Promise<void>((finished, failed) => {
      settle = (error) => (error ? failed(error) : finished());
    });
    // Whoever waits for it hears; when nobody does, the error has another way out.
    whole.catch(() => undefined);
    const fail = (error: Error) => {
      settle(error);
      request.unpipe(form);
      if (upload) file?.destroy(error);
      else reject(error);
    };
    form.on('file', (_field, stream, filename) => {
      file = stream;
      // When all of it has been read, nobody else listens any more.
      stream.on('error', () => undefined);
      const name = toUploadName(filename);
      const incoming: Incoming = { name, bytes: declaredBytes(request), source: stream, whole };
      upload = receive(doors, incoming);
      upload.then(resolve, (error: Error) => {
        stream.resume();
        request.unpipe(form);
        reject(error);
      });
    });
    form.on('filesLimit', () => fail(new UnsupportedBody(ONE_FILE)));
    form.on('fieldsLimit', () =>
      fail(new UnsupportedBody('The form has too many fields: it needs one, with the file.')),
    );
    form.on('error', (error) => fail(toFormFault(error)));
    form.on('finish', () => {
      if (upload) settle();
      else fail(new UnsupportedBody(`The form has no file. ${ONE_FILE}`));
    });
    request.once('close', () => {
      if (!request.complete) fail(cutShort(0, declaredBytes(request)));
    });
    request.pipe(form);
  });
}

function toFormFault(error: unknown): Error {
  const said = error instanceof Error ? error.message : String(error);
  if (said.startsWith('Unexpected end'))
    return new UploadCutShort('The form ends before it is complete. Send it again.');
  return new UnsupportedBody(`The form is not as multipart/form-data has to be: ${said}.`);
}

/**
 * Takes in the file that a request brings: as a form with one file, or as the body itself, its name in the header
 * `X-File-Name` (percent-encoded) or the parameter `name`. Returns the id of the upload.
 * @throws UnsupportedBody, and as `receive`
 */
export async function takeFile(doors: Doors, request: Request, name: string | undefined): Promise<string> {
  const { headers, socket } = request;
  if ((headers['content-encoding'] ?? 'identity') !== 'identity') {
    throw new UnsupportedBody(
      'The body itself must not be packed (Content-Encoding): send a .gz or .zip file as it is.',
    );
  }
  const giveUp = () => request.destroy();
  socket.setTimeout(SILENCE_MS);
  socket.once('timeout', giveUp);
  try {
    if (/^multipart\//i.test(headers['content-type'] ?? '')) {
      return await fromForm(doors, request).catch((error: unknown) => {
        throw error instanceof Error && error.message.startsWith('Multipart:') ? toFormFault(error) : error;
      });
    }
    const given = name ?? decodeName(String(headers['x-file-name'] ?? ''));
    const whole = Promise.resolve();
    return await receive(doors, { name: toUploadName(given), bytes: declaredBytes(request), source: request, whole });
  } finally {
    socket.setTimeout(0);
    socket.off('timeout', giveUp);
  }
}
