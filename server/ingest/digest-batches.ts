import type { CheckContext } from './check.ts';
import type { Digest } from './digest.ts';
import type { PlacedReading } from './place-rows.ts';
import type { BatchReading, RecordBatch } from './record-batch.ts';

/** Reads batches, in this thread or in another; several are given to it before the first is done. `Context`: what is the same for their records. */
export interface BatchReader<Context = CheckContext, Read extends Digest = Digest> {
  /** Null: there is something to say of one of the records, and they are read one by one. */
  digest(batch: RecordBatch, context: Context): Promise<Read | null>;
  /** Hears of a batch in the place of its records, in the order of the file. A promise is waited for. */
  onDigest(digest: Read): unknown;
}

/** Also what `read` of a batch gives: its records have been placed, and no layer begins in it. */
type OneByOne = Exclude<PlacedReading, BatchReading>;

/** What became of a batch; `read` still gives its records one by one. */
interface DigestReading extends Pick<BatchReading, 'batch'> {
  readonly type: 'digest';
  readonly digest: Digest;
  readonly read: () => Iterable<OneByOne>;
}

export type DigestedReading = OneByOne | DigestReading;

/** So many are read at a time: enough that who reads them need not wait for the next. */
const AT_ONCE = 4;
/** A batch of more is one long record, which is read alone: of such only one is held. */
const LONG_BYTES = 1024 * 1024;

interface Underway {
  readonly reading: BatchReading;
  readonly digest: Promise<Digest | null>;
}

/**
 * Has batches read, several at a time, and gives what came of them in the order of the file. `contextNow`: of the batch that
 * has come, when all that was given before has been taken.
 */
export async function* digestBatches<Context>(
  readings: AsyncIterable<PlacedReading>,
  reader: Pick<BatchReader<Context>, 'digest'>,
  contextNow: () => Context,
): AsyncGenerator<DigestedReading> {
  const underway: Underway[] = [];
  for await (const reading of readings) {
    const isBatch = reading.type === 'batch';
    if (isBatch && reading.batch.bytes.length <= LONG_BYTES) {
      const digest = reader.digest(reading.batch, contextNow());
      // Heard when it is its turn: until then it is no error that nobody has taken.
      digest.catch(() => undefined);
      underway.push({ reading, digest });
      if (underway.length >= AT_ONCE) yield* taken(underway.splice(0, 1));
    } else {
      yield* taken(underway.splice(0));
      if (isBatch) yield* reading.read() as Iterable<OneByOne>;
      else yield reading;
    }
  }
  yield* taken(underway);
}

async function* taken(given: readonly Underway[]): AsyncGenerator<DigestedReading> {
  for (const { reading, digest } of given) {
    const found = await digest;
    const read = reading.read as DigestReading['read'];
    if (found) yield { type: 'digest', batch: reading.batch, digest: found, read };
    else yield* read();
  }
}
