import sqlite from 'node-sqlite3-wasm';
import { UnreadableFile } from '../errors.ts';
import type { SourceFile } from '../source.ts';

export type Row = Readonly<Record<string, number | bigint | string | Uint8Array | null>>;

/** A GeoPackage opened for reading. SQLite in WebAssembly frees nothing by itself: it must be closed. */
export interface Database {
  /** All rows of a small answer. @throws UnreadableFile */
  all(sql: string, values?: (string | number)[]): Row[];
  /** Row by row. @throws UnreadableFile */
  iterate(sql: string): Iterable<Row>;
  close(): void;
}

const MAGIC = 'SQLite format 3\0';
/** Byte 18 of the header: the file is to be read together with a journal beside it, which did not come along. */
const WRITE_AHEAD = 2;

export const isSqlite = (head: Uint8Array): boolean =>
  Buffer.from(head.buffer, head.byteOffset, Math.min(head.byteLength, 16)).toString('latin1') === MAGIC;

/**
 * SQLite reads by path, anywhere in the file, so the file must say where it is kept: `path`. Nothing of the file's own
 * schema is trusted: views, functions in defaults and triggers are never run.
 * @throws UnreadableFile
 */
export async function openDatabase(file: SourceFile & { readonly path?: string }): Promise<Database> {
  const head = await file.readAt(0, 100);
  if (!isSqlite(head)) throw new UnreadableFile(`"${file.name}" is not a GeoPackage: it does not begin as one.`);
  if (head[18] === WRITE_AHEAD) {
    throw new UnreadableFile(
      `"${file.name}" was copied while a program had it open: what was written last is in another file, ending in -wal. Close it in QGIS or wherever it is open, or export the layer, and send that.`,
    );
  }
  const { path } = file;
  if (path === undefined)
    throw new UnreadableFile('A GeoPackage can only be read from a file on the disk of the server.');
  const opened = guard(file.name, () => new sqlite.Database(path, { readOnly: true, fileMustExist: true }));
  try {
    guard(file.name, () => opened.exec('PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON'));
  } catch (error) {
    opened.close();
    throw error;
  }
  return {
    all: (sql, values = []) => guard(file.name, () => opened.all(sql, values) as Row[]),
    *iterate(sql) {
      const statement = guard(file.name, () => opened.prepare(sql));
      try {
        const rows = guard(file.name, () => statement.iterate() as IterableIterator<Row>);
        for (let next = guard(file.name, () => rows.next()); !next.done; next = guard(file.name, () => rows.next())) {
          yield next.value;
        }
      } finally {
        // Says once more what the last step said.
        guard(file.name, () => statement.finalize());
      }
    },
    close: () => opened.close(),
  };
}

/** Whatever SQLite says, said of the file. */
function guard<T>(name: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    const message = (error as Error).message.replace(/"[^"]*\/[^"]*"/, 'it');
    const what = /locked|busy/i.test(message)
      ? 'is being used by another program'
      : /malformed|not a database|corrupt|disk I\/O|disk image/i.test(message)
        ? 'is damaged'
        : 'cannot be read';
    throw new UnreadableFile(`The GeoPackage "${name}" ${what} (${message}). Export its layers again and send that.`);
  }
}
