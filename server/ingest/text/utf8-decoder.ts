import { isUtf8 } from 'node:buffer';
import { decodeWindows1252 } from './windows-1252.ts';

/**
 * Bytes to text, chunk by chunk: what is UTF-8 as UTF-8, and each byte that is not as Windows-1252. So a file that begins
 * in plain letters and has its first accent a gigabyte later needs no second reading, and one wrong byte spoils one letter.
 */
export class Utf8Decoder {
  /** Bytes that were not UTF-8. */
  foreign = 0;
  /** Sequences of UTF-8 beyond ASCII in the chunks that had foreign bytes, and whether there were any elsewhere. */
  proper = 0;
  #rest: Buffer = Buffer.alloc(0);

  decode(chunk: Buffer): string {
    const bytes = this.#rest.length > 0 ? Buffer.concat([this.#rest, chunk]) : chunk;
    const cut = bytes.length - unfinished(bytes);
    this.#rest = Buffer.from(bytes.subarray(cut));
    return this.#text(bytes.subarray(0, cut));
  }

  /** What is left when no more bytes come. */
  end(): string {
    const rest = this.#rest;
    this.#rest = Buffer.alloc(0);
    return this.#text(rest);
  }

  #text(bytes: Buffer): string {
    if (isUtf8(bytes)) {
      const text = bytes.toString('utf8');
      if (text.length < bytes.length) this.proper += 1;
      return text;
    }
    return this.#mixed(bytes);
  }

  #mixed(bytes: Buffer): string {
    const parts: string[] = [];
    let good = 0;
    let i = 0;
    while (i < bytes.length) {
      const length = sequenceLength(bytes, i);
      if (length > 0) {
        if (length > 1) this.proper += 1;
        i += length;
        continue;
      }
      this.foreign += 1;
      parts.push(bytes.toString('utf8', good, i), decodeWindows1252(bytes.subarray(i, i + 1)));
      i += 1;
      good = i;
    }
    parts.push(bytes.toString('utf8', good));
    return parts.join('');
  }
}

/** How many bytes a lead byte asks for; 0 when it leads nothing. */
function promised(lead: number): number {
  if (lead < 0x80) return 1;
  if (lead >= 0xc2 && lead <= 0xdf) return 2;
  if (lead >= 0xe0 && lead <= 0xef) return 3;
  return lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
}

/** Of the UTF-8 sequence at `i`, in bytes; 0 when there is none. */
function sequenceLength(bytes: Buffer, i: number): number {
  const length = promised(bytes[i] ?? 0);
  if (length <= 1) return length;
  return isUtf8(bytes.subarray(i, i + length)) && i + length <= bytes.length ? length : 0;
}

/** Bytes at the end that may be the beginning of a sequence whose rest is still to come: 0 to 3. */
function unfinished(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte >= 0xc0) return promised(byte) > back ? back : 0;
    if (byte < 0x80) return 0;
  }
  return 0;
}
