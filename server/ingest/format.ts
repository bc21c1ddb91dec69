import type { Reading } from './feature.ts';
import type { BatchReading } from './record-batch.ts';
import type { Limits, SourceFile } from './source.ts';

/** One way in which files hold records. Formats are a registry of like objects: `formats.ts`. */
export interface Format {
  readonly name: string;
  /** For people. */
  readonly title: string;
  /**
   * Whether the file is of this format, by its first bytes (up to 64 KiB, unpacked when gzipped) and, where these do not
   * tell, by its name.
   */
  sniff(head: Uint8Array, fileName: string): boolean;
  /**
   * Reads record by record and holds none: memory stays flat whatever the size. A record that cannot be read is an issue,
   * and reading goes on where the format lets it; a file that cannot be read on ends with an issue of severity `error`
   * and index null.
   * @throws LimitExceeded, UnreadableFile; nothing else for any bytes whatever
   */
  read(file: SourceFile, limits: Limits): AsyncIterable<Reading>;
  /** The same with records in batches, which another thread may read. Absent: the format has none. */
  readBatches?(file: SourceFile, limits: Limits): AsyncIterable<Reading | BatchReading>;
}
