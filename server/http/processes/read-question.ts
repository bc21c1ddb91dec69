import type { Request } from 'express';
import { type ParseError, parse, printParseErrorCode } from 'jsonc-parser';
import { InvalidParameter } from '../../core/errors.ts';
import { UnsupportedBody } from '../../jobs/uploads/errors.ts';
import { QuestionTooLarge } from './errors.ts';

const MAX_BYTES = 1_000_000;
/** Of arrays and objects in one another: what reads them does so by recursion. */
const MAX_DEPTH = 100;

async function readBytes(request: Request): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>) {
    bytes += chunk.length;
    if (bytes > MAX_BYTES) {
      throw new QuestionTooLarge(
        `A question may have ${MAX_BYTES.toLocaleString('en')} bytes. A larger shape is a layer: bring it as a file, and name it.`,
      );
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function refuse(detail: string, place: { readonly position?: number; readonly pointer?: string }): never {
  throw new InvalidParameter([{ detail, ...place }]);
}

function toText(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return refuse('The body is not UTF-8.', { pointer: '' });
  }
}

/** Where a text stops being JSON: JSON.parse does not always say. */
function refuseMalformed(text: string): never {
  const errors: ParseError[] = [];
  parse(text, errors, { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false });
  const [first] = errors;
  const position = first?.offset ?? 0;
  const words = first
    ? printParseErrorCode(first.error)
        .replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ')
        .toLowerCase()
    : 'not JSON';
  return refuse(`The body is not JSON: ${words} at character ${position}.`, { position });
}

/** Counted in the bytes, so that nothing has to go as deep to find out. */
function checkDepth(bytes: Buffer): void {
  let depth = 0;
  let isText = false;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at];
    if (isText && byte === 0x5c) at += 1;
    else if (byte === 0x22) isText = !isText;
    else if (!isText && (byte === 0x5b || byte === 0x7b)) depth += 1;
    else if (!isText && (byte === 0x5d || byte === 0x7d)) depth -= 1;
    if (depth > MAX_DEPTH) refuse(`The body is nested more than ${MAX_DEPTH} deep.`, { pointer: '' });
  }
}

/** The place of a text with a character that no text of the database has; undefined when there is none. */
function findNul(value: unknown): string | undefined {
  if (typeof value === 'string') return value.includes('\0') ? '' : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [name, member] of Object.entries(value)) {
    const place = name.includes('\0') ? '' : findNul(member);
    if (place !== undefined) return `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}${place}`;
  }
  return undefined;
}

function parseText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return refuseMalformed(text);
  }
}

/**
 * The body of a request as JSON.
 * @throws UnsupportedBody, QuestionTooLarge, InvalidParameter with the character at which it is not JSON
 */
export async function readQuestion(request: Request): Promise<unknown> {
  if (!/^application\/([\w.-]+\+)?json\s*(;|$)/i.test(request.headers['content-type'] ?? '')) {
    throw new UnsupportedBody('Send JSON, and say so: Content-Type: application/json.');
  }
  const encoding = request.headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity') {
    throw new UnsupportedBody(`A question is sent as it is, without Content-Encoding: ${encoding.slice(0, 40)}.`);
  }
  const bytes = await readBytes(request);
  checkDepth(bytes);
  const question = parseText(toText(bytes));
  const pointer = findNul(question);
  if (pointer !== undefined) refuse('A text holds the character U+0000, which no record has.', { pointer });
  return question;
}
