import type { Request } from 'express';
import { InvalidParameter } from '../../core/errors.ts';
import { UnsupportedBody, UploadTooLarge } from '../../jobs/uploads/errors.ts';

const MAX_BYTES = 1_000_000;

/** The body of a request as JSON. @throws UnsupportedBody, UploadTooLarge, InvalidParameter when it is not JSON */
export async function readJson(request: Request): Promise<unknown> {
  if (!/^application\/([\w.-]+\+)?json\b/i.test(request.headers['content-type'] ?? '')) {
    throw new UnsupportedBody('Send JSON, and say so: Content-Type: application/json.');
  }
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>) {
    bytes += chunk.length;
    if (bytes > MAX_BYTES)
      throw new UploadTooLarge(`A body of JSON may have ${MAX_BYTES.toLocaleString('en')} bytes here.`);
    chunks.push(chunk);
  }
  const text = Buffer.concat(chunks).toString('utf8');
  try {
    return JSON.parse(text);
  } catch (error) {
    const detail = `The body is not JSON: ${error instanceof Error ? error.message : ''}`.slice(0, 300);
    throw new InvalidParameter([{ detail, pointer: '' }]);
  }
}
