export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';

export interface SniffedEncoding {
  readonly encoding: Encoding;
  /** Bytes of the byte order mark, to be left out. */
  readonly mark: number;
}

/**
 * UTF-16 tells itself by its mark, or by every second byte being zero as text in Latin letters has it. All else is taken
 * for UTF-8; `Utf8Decoder` reads what is not as Windows-1252.
 */
export function sniffEncoding(head: Uint8Array): SniffedEncoding {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { encoding: 'utf-8', mark: 3 };
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: 'utf-16le', mark: 2 };
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: 'utf-16be', mark: 2 };
  const zeros = [0, 0];
  const looked = Math.min(head.length, 4096) & ~1;
  for (let i = 0; i < looked; i += 1) if (head[i] === 0) zeros[i % 2] = (zeros[i % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  const most = (looked / 2) * 0.6;
  if (looked >= 4 && odd > most && even < odd / 8) return { encoding: 'utf-16le', mark: 0 };
  if (looked >= 4 && even > most && odd < even / 8) return { encoding: 'utf-16be', mark: 0 };
  return { encoding: 'utf-8', mark: 0 };
}
