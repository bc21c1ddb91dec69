import { expect } from 'chai';
import fc from 'fast-check';
import { LimitExceeded, UnreadableFile } from '../../server/ingest/errors.ts';
import type { Issue, SourceFeature, SourceLayer } from '../../server/ingest/feature.ts';
import type { Format } from '../../server/ingest/format.ts';
import { LIMITS, type Limits, type SourceFile } from '../../server/ingest/source.ts';

/** A file that is in memory, streamed in chunks of `chunk` bytes. */
export function inMemory(content: Uint8Array | string, name = 'file', chunk = 65_536): SourceFile {
  const bytes = Buffer.from(content);
  return {
    name,
    bytes: bytes.length,
    async *stream() {
      for (let at = 0; at < bytes.length; at += chunk) yield bytes.subarray(at, at + chunk);
    },
    readAt: async (offset, length) => bytes.subarray(offset, offset + length),
  };
}

export interface Read {
  readonly layers: SourceLayer[];
  readonly features: SourceFeature[];
  readonly issues: Issue[];
}

/** Everything that a format makes of a file. */
export async function readAll(format: Format, file: SourceFile, limits: Partial<Limits> = {}): Promise<Read> {
  const read: Read = { layers: [], features: [], issues: [] };
  for await (const reading of format.read(file, { ...LIMITS, ...limits })) {
    if (reading.type === 'layer') read.layers.push(reading.layer);
    else if (reading.type === 'feature') read.features.push(reading.feature);
    else read.issues.push(reading.issue);
  }
  return read;
}

export const codes = ({ issues }: Read): string[] => issues.map(({ code }) => code);

/** What reading the file ends with; fails when it ends well. */
export async function failure(reading: Promise<unknown>): Promise<Error> {
  try {
    await reading;
  } catch (error) {
    return error as Error;
  }
  return expect.fail('was read without an error');
}

/** How a good file is cut and overwritten, or bytes that are none. Not the bytes themselves: a failure prints it. */
const damages = (files: number) =>
  fc.record({
    file: fc.nat(files - 1),
    changes: fc.array(fc.tuple(fc.nat(), fc.oneof(fc.nat(255), fc.constantFrom(0, 1, 127, 128, 255))), {
      maxLength: 6,
    }),
    end: fc.option(fc.nat(), { freq: 2 }),
    other: fc.oneof(
      { weight: 9, arbitrary: fc.constant(null) },
      { weight: 1, arbitrary: fc.uint8Array({ maxLength: 400 }) },
    ),
  });

/** Holds a format to its promise on `runs` spoilt files: readings, LimitExceeded or UnreadableFile, and nothing else. */
export async function expectNoSurprise(
  good: readonly Buffer[],
  read: (bytes: Buffer) => Promise<unknown>,
  runs = 2000,
): Promise<void> {
  await fc.assert(
    fc.asyncProperty(damages(good.length), async ({ file, changes, end, other }) => {
      const whole = Buffer.from(good[file] as Buffer);
      for (const [at, byte] of changes) whole[at % whole.length] = byte;
      const bytes = other ? Buffer.from(other) : end === null ? whole : whole.subarray(0, end % whole.length);
      try {
        await read(bytes);
      } catch (error) {
        if (!(error instanceof LimitExceeded || error instanceof UnreadableFile)) throw error;
        expect(error.message).to.have.length.above(20);
      }
    }),
    { numRuns: runs },
  );
}
