import { createGunzip } from 'node:zlib';

/** zlib makes at most 1,032 bytes of each one: what is in memory at a time stays under 17 MB. */
const SLICE = 16_384;

export function isGzip(head: Uint8Array): boolean {
  return head[0] === 0x1f && head[1] === 0x8b;
}

/** Ends the stream of unpacked bytes, after all bytes that could be unpacked. */
export class BrokenGzip extends Error {
  readonly cutOff: boolean;
  constructor(cause: NodeJS.ErrnoException) {
    super(cause.message);
    this.cutOff = cause.code === 'Z_BUF_ERROR';
  }
}

/**
 * Unpacks gzip; members that follow one another are one stream. Driven by hand: a Node stream that fails throws away what
 * it has unpacked but not yet handed on, and with it the last records before the damage.
 * @throws BrokenGzip after the last good byte; what `chunks` throws
 */
export async function* gunzip(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const unzip = createGunzip();
  let unpacked: Buffer[] = [];
  let failure: NodeJS.ErrnoException | null = null;
  unzip.on('data', (chunk: Buffer) => unpacked.push(chunk));
  const failed = new Promise<void>((resolve) => {
    unzip.on('error', (error) => {
      failure = error;
      resolve();
    });
  });
  const ended = new Promise<void>((resolve) => {
    unzip.on('end', resolve);
  });
  const taken = () => {
    const ready = unpacked;
    unpacked = [];
    return ready;
  };
  try {
    for await (const chunk of chunks) {
      for (let start = 0; start < chunk.length && !failure; start += SLICE) {
        const slice = chunk.subarray(start, start + SLICE);
        await Promise.race([failed, new Promise<void>((resolve) => unzip.write(slice, () => resolve()))]);
        yield* taken();
      }
      if (failure) break;
    }
    if (!failure) {
      unzip.end();
      await Promise.race([failed, ended]);
    }
    yield* taken();
    if (failure) throw new BrokenGzip(failure);
  } finally {
    unzip.destroy();
  }
}
