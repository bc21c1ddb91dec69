import { SaxesParser } from 'saxes';
import { LimitExceeded, UnreadableFile } from '../errors.ts';
import type { Limits } from '../source.ts';
import { decodeXml } from './decode.ts';

export type Attributes = Readonly<Record<string, string>>;

/** What a format does with its elements as they come. Names are local: prefixes are for the files' makers to choose. */
export interface Visitor {
  open(name: string, attributes: Attributes): void;
  /** All text between two tags, CDATA included. */
  text(text: string): void;
  close(name: string): void;
}

/**
 * Walks a document once, element by element, and gives what the visitor emits on its way. Nothing outside the document
 * is ever read; one that declares entities, of which small files make huge ones, is refused.
 * @param name of the file or member, for messages
 * @throws LimitExceeded; UnreadableFile where the document is not well-formed, after what was emitted before
 */
export async function* visitXml<T>(
  bytes: AsyncIterable<Uint8Array>,
  name: string,
  limits: Limits,
  make: (emit: (made: T) => void, line: () => number) => Visitor,
): AsyncGenerator<T> {
  let made: T[] = [];
  let depth = 0;
  let lastEvent = 0;
  /** Letters since the last tag: texts and CDATA may alternate without end. */
  let run = 0;
  const parser = new SaxesParser({ xmlns: false, position: true, fileName: '' });
  const visitor = make(
    (one) => made.push(one),
    () => parser.line,
  );
  const heard = () => {
    lastEvent = parser.position;
  };
  const tooLong = () =>
    new LimitExceeded(
      `"${name}" has a text of more than ${limits.recordBytes} characters at line ${parser.line} (limit UPLOAD_RECORD_MB).`,
    );
  parser.on('error', (error) => {
    throw new UnreadableFile(
      `"${name}" is not well-formed XML at line ${parser.line}, column ${parser.column}: ${error.message.replace(/^[\d:]+ */, '')}`,
    );
  });
  parser.on('doctype', (doctype) => {
    heard();
    if (!/<!ENTITY/i.test(doctype)) return;
    throw new UnreadableFile(`"${name}" declares entities, which are not followed. Save it without a DOCTYPE.`);
  });
  parser.on('opentag', (tag) => {
    heard();
    run = 0;
    depth += 1;
    if (depth > limits.depth) {
      throw new LimitExceeded(
        `"${name}" has elements in one another more than ${limits.depth} deep, at line ${parser.line} (limit UPLOAD_DEPTH).`,
      );
    }
    visitor.open(local(tag.name), tag.attributes as Attributes);
  });
  const text = (more: string) => {
    heard();
    run += more.length;
    if (run > limits.recordBytes) throw tooLong();
    visitor.text(more);
  };
  parser.on('text', text);
  parser.on('cdata', text);
  parser.on('comment', heard);
  parser.on('closetag', (tag) => {
    heard();
    run = 0;
    depth -= 1;
    visitor.close(local(tag.name));
  });
  let failed: unknown = null;
  try {
    for await (const chunk of decodeXml(bytes)) {
      parser.write(chunk);
      if (parser.position - lastEvent > limits.recordBytes) throw tooLong();
      yield* made;
      made = [];
    }
    parser.close();
  } catch (error) {
    failed = error;
  }
  yield* made;
  if (failed) throw failed;
}

const local = (name: string): string => name.slice(name.indexOf(':') + 1);
