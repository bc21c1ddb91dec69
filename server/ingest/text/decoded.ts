import { TextDecoder } from 'node:util';
import type { Issue } from '../feature.ts';
import { type Encoding, type SniffedEncoding, sniffEncoding } from './encoding.ts';
import { toIssue } from './issue.ts';
import { Utf8Decoder } from './utf8-decoder.ts';

const HEAD = 65_536;

/** A file's text, piece by piece, and what is to be said of how it was written. */
export interface DecodedText {
  /** To be read once. Without byte order mark; line ends as they are. */
  readonly pieces: AsyncIterable<string>;
  /** Known when `pieces` has ended. */
  encodingIssue(): Issue | null;
}

/** Sniffs how the bytes are written, and reads them as text. */
export function decodeText(chunks: AsyncIterable<Buffer>): DecodedText {
  const utf8 = new Utf8Decoder();
  let found: SniffedEncoding = { encoding: 'utf-8', mark: 0 };

  async function* pieces(): AsyncGenerator<string> {
    let wide: TextDecoder | null = null;
    for await (const { chunk, first } of withHead(chunks)) {
      let bytes = chunk;
      if (first) {
        found = sniffEncoding(chunk);
        if (found.encoding !== 'utf-8') wide = new TextDecoder(found.encoding, { ignoreBOM: true });
        bytes = chunk.subarray(found.mark);
      }
      yield wide ? wide.decode(bytes, { stream: true }) : utf8.decode(bytes);
    }
    yield wide ? wide.decode() : utf8.end();
  }
  return { pieces: pieces(), encodingIssue: () => toEncodingIssue(found.encoding, utf8) };
}

/** The same bytes, the first chunk long enough to tell how they are written. */
async function* withHead(chunks: AsyncIterable<Buffer>): AsyncGenerator<{ chunk: Buffer; first: boolean }> {
  let head: Buffer[] | null = [];
  let length = 0;
  for await (const chunk of chunks) {
    if (!head) {
      yield { chunk, first: false };
      continue;
    }
    head.push(Buffer.from(chunk));
    length += chunk.length;
    if (length < HEAD) continue;
    yield { chunk: Buffer.concat(head), first: true };
    head = null;
  }
  if (head) yield { chunk: Buffer.concat(head), first: true };
}

function toEncodingIssue(encoding: Encoding, { foreign, proper }: Utf8Decoder): Issue | null {
  if (encoding !== 'utf-8') {
    const name = encoding.toUpperCase();
    return toIssue({ code: 'encoding-utf-16', severity: 'note', value: name, detail: `The text was read as ${name}.` });
  }
  if (foreign === 0) return null;
  if (proper === 0) {
    return toIssue({
      code: 'encoding-windows-1252',
      severity: 'note',
      detail: `The text is not UTF-8 and was read as Windows-1252 (${foreign} letters beyond ASCII). If accents look wrong, save the file as UTF-8.`,
    });
  }
  return toIssue({
    code: 'encoding-mixed',
    severity: 'warning',
    detail: `The text is UTF-8, but ${foreign} of its bytes are not, and were read as Windows-1252. Look at the accents, or save the file as UTF-8.`,
  });
}
