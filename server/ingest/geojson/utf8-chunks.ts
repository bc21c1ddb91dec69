import { TextDecoder } from 'node:util';
import { sniffEncoding } from '../text/encoding.ts';

/** The bytes of a JSON text as UTF-8 without byte order mark; what came as UTF-16 is turned into it. */
export async function* utf8Chunks(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let head: Buffer | null = Buffer.alloc(0);
  let wide: TextDecoder | null = null;
  for await (const chunk of chunks) {
    let bytes = chunk;
    if (head) {
      head = head.length > 0 ? Buffer.concat([head, chunk]) : chunk;
      if (head.length < 4) {
        head = Buffer.from(head);
        continue;
      }
      const { encoding, mark } = sniffEncoding(head);
      if (encoding !== 'utf-8') wide = new TextDecoder(encoding, { ignoreBOM: true });
      bytes = head.subarray(mark);
      head = null;
    }
    yield wide ? Buffer.from(wide.decode(bytes, { stream: true })) : bytes;
  }
  if (head && head.length > 0) yield head;
  if (wide) yield Buffer.from(wide.decode());
}
