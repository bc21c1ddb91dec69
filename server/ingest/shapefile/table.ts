import { ByteReader } from '../archive/byte-reader.ts';
import { whole } from '../archive/whole.ts';
import { UnreadableFile } from '../errors.ts';
import type { Issue } from '../feature.ts';
import { nextRow, readDbfHeader, toFields } from './dbf.ts';
import { toValue } from './dbf-value.ts';
import { tableText } from './encoding.ts';
import type { Parts } from './parts.ts';

type Note = (code: string, severity: Issue['severity'], detail: string, value?: string) => void;

export interface Table {
  readonly columns: readonly string[];
  /** Rows given so far, deleted ones included. */
  readonly rows: number;
  /** Null at the end. The properties are to be taken before the next row is asked for. */
  next(): Promise<{ readonly deleted: boolean; properties(): Record<string, unknown> } | null>;
  /** Says of the whole what only its end shows. */
  conclude(note: Note): void;
  close(): Promise<void>;
}

/** The .dbf of a layer; null, with a warning, where there is none or it cannot be read: the shapes still can. */
export async function openTable(parts: Parts, note: Note): Promise<Table | null> {
  if (!parts.dbf) {
    note('no-dbf', 'warning', 'The .dbf with the properties is missing: the shapes come without any. Send it along.');
    return null;
  }
  const reader = new ByteReader(parts.dbf.stream());
  try {
    const header = await readDbfHeader(reader, parts.dbf.name);
    const cpg = parts.cpg ? (await whole(parts.cpg, 1_000_000)).toString('latin1') : null;
    return tableOf(reader, header, cpg);
  } catch (error) {
    await reader.close();
    if (!(error instanceof UnreadableFile)) throw error;
    note('dbf-unreadable', 'warning', `${error.message} The shapes come without properties.`);
    return null;
  }
}

function tableOf(reader: ByteReader, header: Awaited<ReturnType<typeof readDbfHeader>>, cpg: string | null): Table {
  const text = tableText(cpg, header.language);
  const fields = toFields(header, text.decode);
  const read = fields.filter(({ type }) => 'CNFDLIO'.includes(type));
  let rows = 0;
  return {
    columns: read.map(({ name }) => name),
    get rows() {
      return rows;
    },
    async next() {
      if (header.rows > 0 && rows === header.rows) return null;
      const row = await nextRow(reader, header);
      if (row === null) return null;
      rows += 1;
      return {
        deleted: row.deleted,
        properties() {
          const ascii = row.bytes.toString('latin1');
          const properties: Record<string, unknown> = {};
          for (const field of read) properties[field.name] = toValue(field, ascii, row.bytes, text.decode);
          return properties;
        },
      };
    },
    conclude(note) {
      if (rows < header.rows) {
        note('dbf-cut-short', 'warning', `The table says it has ${header.rows} rows and has ${rows}. Send it again.`);
      }
      const left = fields.filter((field) => !read.includes(field)).map(({ name, type }) => `${name} (${type})`);
      if (left.length > 0) {
        note('columns-not-read', 'warning', `Columns of kinds that are not read were left out: ${left.join(', ')}.`);
      }
      if (text.doubt) note('unknown-encoding', 'warning', `${text.doubt}; the text was read as UTF-8 or Windows-1252.`);
      if (text.fellBack) {
        const said =
          cpg === null ? 'Nothing says which encoding the table is in' : `The .cpg says "${cpg.trim().slice(0, 40)}"`;
        note(
          'not-utf-8',
          'warning',
          `${said}, and some text is not UTF-8: it was read as Windows-1252. A .cpg says it.`,
        );
      }
    },
    close: () => reader.close(),
  };
}
