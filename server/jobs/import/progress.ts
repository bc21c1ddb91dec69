import type { Run } from '../../query/sql.ts';
import type { UploadProgress } from '../../query/upload-doors.ts';
import { noteImport } from '../../query/uploads.ts';

/** Written at most this often. */
const EVERY_MS = 250;
/** So much must be over before the rest is guessed from it. */
const TELLING_MS = 2_000;

/** What of the progress its teller knows. */
export interface Step {
  readonly stage: UploadProgress['stage'];
  readonly done: number;
  readonly total: number | null;
  readonly features: number | null;
}

/** Writes the progress of an import into its row, and never holds the import up: a write that fails is left out. */
export class ProgressWriter {
  readonly #run: Run;
  readonly #upload: string;
  #stage: string | undefined;
  #stageBegan = 0;
  #wrote = Number.NEGATIVE_INFINITY;
  #writing: Promise<unknown> | undefined;

  constructor(run: Run, upload: string) {
    this.#run = run;
    this.#upload = upload;
  }

  /** May be called as often as one likes. */
  note({ stage, done, total, features }: Step): void {
    const now = performance.now();
    const isNew = stage !== this.#stage;
    if (isNew) {
      this.#stage = stage;
      this.#stageBegan = now;
    }
    if (this.#writing || (!isNew && now - this.#wrote < EVERY_MS)) return;
    this.#wrote = now;
    const elapsed = now - this.#stageBegan;
    const isTelling = total !== null && done > 0 && elapsed > TELLING_MS;
    const secondsLeft = isTelling ? Math.round((elapsed * Math.max(0, total - done)) / done / 1000) : null;
    this.#writing = this.#run(noteImport(this.#upload, { stage, done, total, features, secondsLeft }))
      .catch(() => undefined)
      .finally(() => {
        this.#writing = undefined;
      });
  }

  /** Resolves when nothing is being written. */
  async settle(): Promise<void> {
    await this.#writing;
  }
}
