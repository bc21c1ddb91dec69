import { parseSeries, type SeriesSums, toSums } from '../../server/core/series.ts';

/** Sums of one take up to 25 MB (20,000 cells, twelve years): a few are kept, enough to zoom in and out again. */
const KEPT = 6;
/** A series that could not be had is asked for again after this time. */
const RETRY_MS = 60_000;

/** `coming` and `failed` stand for what is not there; `other` for one of another generation than was asked for. */
export type Held = SeriesSums | 'coming' | 'failed' | 'other';

type Fetch = (layer: string, resolution: number, generation: number) => Promise<ArrayBuffer>;

/** The series that the page has fetched, each once. */
export class SeriesStore {
  readonly #fetch: Fetch;
  readonly #onChange: () => void;
  readonly #now: () => number;
  readonly #held = new Map<string, { value: Held; since: number }>();

  constructor(fetch: Fetch, onChange: () => void, now: () => number = () => performance.now()) {
    this.#fetch = fetch;
    this.#onChange = onChange;
    this.#now = now;
  }

  /** What is there; asks for it when it is not. */
  get(layer: string, resolution: number, generation: number): Held {
    const key = [layer, resolution, generation].join('/');
    const entry = this.#held.get(key);
    const isExpired = typeof entry?.value === 'string' && entry.value !== 'coming' && this.#age(entry) > RETRY_MS;
    if (entry && !isExpired) {
      this.#put(key, entry.value, entry.since);
      return entry.value;
    }
    this.#put(key, 'coming');
    this.#fetch(layer, resolution, generation).then(
      (file) => this.#settle(key, () => read(file, generation)),
      () => this.#settle(key, () => 'failed'),
    );
    return 'coming';
  }

  /** What is there, without asking or counting as use. */
  peek(layer: string, resolution: number, generation: number): SeriesSums | null {
    const value = this.#held.get([layer, resolution, generation].join('/'))?.value;
    return value === undefined || typeof value === 'string' ? null : value;
  }

  /** What failed is asked for again at the next use. */
  forgetFailures(): void {
    for (const [key, { value }] of this.#held) if (value === 'failed' || value === 'other') this.#held.delete(key);
  }

  /** Lets those go that were used longest ago, but none of the last `used`: a map may show many layers. */
  trim(used: number): void {
    for (const oldest of this.#held.keys()) {
      if (this.#held.size <= Math.max(KEPT, used)) return;
      this.#held.delete(oldest);
    }
  }

  #age({ since }: { since: number }): number {
    return this.#now() - since;
  }

  #settle(key: string, result: () => Held): void {
    if (!this.#held.has(key)) return;
    this.#put(key, result());
    this.#onChange();
  }

  /** The last in the map is the one used last. */
  #put(key: string, value: Held, since: number = this.#now()): void {
    this.#held.delete(key);
    this.#held.set(key, { value, since });
  }
}

/** Bytes that are no series count as failed: an error page, a file of another version of the format. */
function read(file: ArrayBuffer, generation: number): Held {
  try {
    const series = parseSeries(file);
    return series.header.generation === generation ? toSums(series) : 'other';
  } catch {
    return 'failed';
  }
}
