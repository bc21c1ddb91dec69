const DECLARATION = 1024;

/**
 * XML as text, in chunks: by its byte order mark, by the zeros of UTF-16, or by what its declaration says; UTF-8
 * otherwise. Bytes that fit nothing become U+FFFD.
 */
export async function* decodeXml(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let decoder: InstanceType<typeof TextDecoder> | null = null;
  let head: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    if (decoder) {
      yield decoder.decode(chunk, { stream: true });
      continue;
    }
    head = Buffer.concat([head, chunk]);
    if (head.length < DECLARATION) continue;
    decoder = decoderFor(head);
    yield decoder.decode(head, { stream: true });
  }
  yield decoder ? decoder.decode() : decoderFor(head).decode(head);
}

function decoderFor(head: Buffer): InstanceType<typeof TextDecoder> {
  const start = head.toString('latin1', 0, DECLARATION);
  if (/^(\xff\xfe|<\0)/.test(start)) return new TextDecoder('utf-16le');
  if (/^(\xfe\xff|\0<)/.test(start)) return new TextDecoder('utf-16be');
  const said = /^\s*<\?xml[^>]*encoding\s*=\s*["']([\w.:-]{1,40})["']/.exec(start)?.[1];
  // A declaration that can be read byte by byte is not in UTF-16, whatever it says.
  if (said === undefined || /^(utf|ucs)-?(16|2)/i.test(said)) return new TextDecoder();
  try {
    return new TextDecoder(said);
  } catch {
    return new TextDecoder();
  }
}
