import { LimitExceeded } from '../errors.ts';
import type { Issue } from '../feature.ts';
import type { Limits, SourceFile } from '../source.ts';
import { BrokenGzip, gunzip, isGzip } from './gunzip.ts';
import { toIssue } from './issue.ts';

/** A file's bytes, unpacked when it is gzipped. */
export interface Unpacked {
  readonly gzipped: boolean;
  /** To be read once. Where the packing is damaged it ends early. */
  readonly chunks: AsyncIterable<Buffer>;
  /** Known when `chunks` has ended: why it ended early, or null. */
  fault(): Issue | null;
}

const asBuffer = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

export async function openUnpacked(file: SourceFile, limits: Limits): Promise<Unpacked> {
  const gzipped = isGzip(await file.readAt(0, 2));
  let fault: Issue | null = null;

  async function* chunks(): AsyncGenerator<Buffer> {
    let bytes = 0;
    try {
      for await (const chunk of gzipped ? gunzip(file.stream()) : file.stream()) {
        bytes += chunk.length;
        checkSize(bytes, gzipped ? file.bytes : null, limits);
        yield asBuffer(chunk);
      }
    } catch (error) {
      if (!(error instanceof BrokenGzip)) throw error;
      fault = toFault(error, bytes);
    }
  }
  return { gzipped, chunks: chunks(), fault: () => fault };
}

function checkSize(bytes: number, packedBytes: number | null, { unpackedBytes, packRatio }: Limits): void {
  if (bytes > unpackedBytes) {
    throw new LimitExceeded(
      `The file holds more than ${unpackedBytes} bytes (limit UPLOAD_UNPACKED_MB). Send it in parts.`,
    );
  }
  if (packedBytes !== null && bytes > packedBytes * packRatio) {
    throw new LimitExceeded(
      `The file unpacks to more than ${packRatio} times its ${packedBytes} bytes (limit UPLOAD_PACK_RATIO). Send it unpacked, if this is meant.`,
    );
  }
}

function toFault({ cutOff, message }: BrokenGzip, bytes: number): Issue {
  return cutOff
    ? toIssue({
        code: 'gzip-cut-off',
        severity: 'error',
        place: { byte: bytes },
        detail: `The gzip file ends before its content does: ${bytes} bytes could be unpacked. Probably it was not sent whole; send it again.`,
      })
    : toIssue({
        code: 'gzip-damaged',
        severity: 'error',
        place: { byte: bytes },
        value: message,
        detail: `The gzip file is damaged after ${bytes} unpacked bytes. Pack it again from the original.`,
      });
}
