/** A file as it came, on the server's disk: read in order, or anywhere where its format has a directory. */
export interface SourceFile {
  /** As its sender called it: says something of the format, never where it is kept. */
  readonly name: string;
  readonly bytes: number;
  /** Where it is, for a library that opens files itself (SQLite); absent when it is in memory. */
  readonly path?: string;
  /** From the beginning; may be called again. */
  stream(): AsyncIterable<Uint8Array>;
  /** `length` bytes from `offset`, fewer at the end. */
  readAt(offset: number, length: number): Promise<Uint8Array>;
}

/** What a file may hold. Each is configuration, whose name is in the error when it is crossed; see `LIMIT_SETTINGS`. */
export interface Limits {
  /** After unpacking, all members of an archive together. */
  readonly unpackedBytes: number;
  /** Unpacked bytes to each packed one, beyond which an archive is taken for a bomb. */
  readonly packRatio: number;
  readonly features: number;
  /** Of one feature. */
  readonly vertices: number;
  /** Of JSON, XML and geometry collections. */
  readonly depth: number;
  /** Of one record as text: a line, a row, an element. */
  readonly recordBytes: number;
}

export const LIMITS: Limits = {
  unpackedBytes: 4_000_000_000,
  packRatio: 200,
  features: 5_000_000,
  vertices: 1_000_000,
  depth: 64,
  recordBytes: 64_000_000,
};

/** The environment variables that set the limits, as errors name them. */
export const LIMIT_SETTINGS: Readonly<Record<keyof Limits, string>> = {
  unpackedBytes: 'UPLOAD_UNPACKED_MB',
  packRatio: 'UPLOAD_PACK_RATIO',
  features: 'UPLOAD_FEATURES',
  vertices: 'UPLOAD_VERTICES',
  depth: 'UPLOAD_DEPTH',
  recordBytes: 'UPLOAD_RECORD_MB',
};
