import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { RecordBatch } from '../../ingest/record-batch.ts';
import type { BatchContext } from '../../ingest/report.ts';
import type { Limits } from '../../ingest/source.ts';
import { digestToLines, type LinesDigest } from './digest-to-lines.ts';

const ENTRY = new URL(`./digest-thread${path.extname(import.meta.filename)}`, import.meta.url);
/** Of a small file all are read before a thread has started. */
const WITHOUT_THREAD = 8;
/** What the thread is given before it is done with the first: it never waits for the next. */
const AHEAD = 2;
/** MB of its heap: a few batches and what is made of them. */
const HEAP = { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 32 };
/** After so many of which there was something to say the file is taken to be of that kind, unless as many times others were sound. */
const ODD = 8;
const SOUND_FOR_ODD = 4;

/**
 * Reads batches on two cores: in a thread of its own, and here while that has enough to do. `crsOf`: EPSG number that a
 * person has said of the coordinates of a layer of the file; null: the file's own holds. `entry`: of the thread.
 */
export class BatchDigester {
  readonly #limits: Limits;
  readonly #crsOf: (part: number) => number | null;
  readonly #entry: URL;
  #thread: Worker | null = null;
  #isBroken = false;
  #asked = 0;
  #odd = 0;
  #sound = 0;
  readonly #waiting: ((digest: LinesDigest | null) => void)[] = [];

  constructor(limits: Limits, crsOf: (part: number) => number | null, entry = ENTRY) {
    this.#limits = limits;
    this.#crsOf = crsOf;
    this.#entry = entry;
  }

  /** Null also where the thread fails: the records are read one by one, and the fault is met there. */
  async digest(batch: RecordBatch, own: BatchContext): Promise<LinesDigest | null> {
    if (this.#odd > ODD && this.#odd * SOUND_FOR_ODD > this.#sound) return null;
    this.#asked += 1;
    const context = { ...own, limits: this.#limits, crs: this.#crsOf(own.part) };
    const thread = this.#asked > WITHOUT_THREAD && this.#waiting.length < AHEAD ? this.#start() : null;
    const digest = thread
      ? await new Promise<LinesDigest | null>((resolve) => {
          this.#waiting.push(resolve);
          const [bytes, numbers] = [new Uint8Array(batch.bytes), new Float64Array(batch.numbers)];
          thread.postMessage({ batch: { ...batch, bytes, numbers }, context }, [bytes.buffer, numbers.buffer]);
        })
      : digestToLines(batch, context);
    if (digest) this.#sound += 1;
    else this.#odd += 1;
    return digest;
  }

  /** Null: there is none to be had. */
  #start(): Worker | null {
    if (this.#thread || this.#isBroken) return this.#thread;
    const thread = new Worker(this.#entry, { resourceLimits: HEAP });
    thread.on('message', (digest: LinesDigest | null) => this.#waiting.shift()?.(digest));
    const end = () => {
      this.#isBroken = true;
      this.#thread = null;
      for (const resolve of this.#waiting.splice(0)) resolve(null);
    };
    thread.on('error', end);
    thread.on('exit', end);
    this.#thread = thread;
    return thread;
  }

  async close(): Promise<void> {
    await this.#thread?.terminate();
  }
}
