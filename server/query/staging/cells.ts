import type { Field } from '../../core/layer.ts';
import type { Mapping, Value } from '../../core/mapping.ts';
import { ident, join, type Sql, sql } from '../sql.ts';
import { fieldsToFill } from './columns.ts';

/** White space at the ends of cells, the no-break space of word processors too. */
const BLANKS = ' \t\n\r\u00a0';

/** PostgreSQL cuts longer names, and would not find the column any more. */
const LONGEST_NAME = 63;

/** UTF-8 read as Windows-1252; looked for only in text that is not plain ASCII. */
const MOJIBAKE = '[Â-ôŸ][\\u0080-\\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]';

/** A field to be filled, and what is known of it at each step of the filling. */
export interface Cell {
  readonly field: Field;
  readonly source: Value;
  /** The text of the file, trimmed; of a list its texts. NULL: there is none. */
  readonly text: Sql;
  /** Of text in a wrong encoding: as it was before. Null where that is not looked for. */
  readonly mended: Sql | null;
  /** The value in the type of the field. NULL: none, or the text is none of that type. */
  readonly value: Sql;
}

/** The fields that the mapping fills, in the order of the table. */
export function toCells(mapping: Mapping, fields: readonly Field[]): readonly Cell[] {
  return fieldsToFill(fields).flatMap((field, k) => {
    const isOfRecord = Object.hasOwn(mapping.record, field.name);
    const source = isOfRecord
      ? mapping.record[field.name as keyof Mapping['record']]
      : Object.hasOwn(mapping.fields, field.name)
        ? mapping.fields[field.name]
        : undefined;
    if (!source) return [];
    const mended = field.type === 'string' && 'column' in source ? ident(`m${k}`) : null;
    return [{ field, source, text: ident(`t${k}`), mended, value: ident(`v${k}`) }];
  });
}

const isList = ({ field }: Cell) => field.type === 'strings';
const columnOf = ({ source }: Cell) => ('column' in source ? source.column : null);

/** The columns of the file that are read, and which of them as JSON, since lists are in them. */
function columnsRead(cells: readonly Cell[], others: readonly string[]) {
  const lists = new Set(cells.filter(isList).map(columnOf));
  const names = new Set([...cells.map(columnOf), ...others].filter((name) => name !== null));
  return [...names].map((name) => ({
    name,
    isJson: lists.has(name),
    isShort: Buffer.byteLength(name) <= LONGEST_NAME,
  }));
}

/** The columns that a mapping reads, of rows `read` of the file: once for a row, whatever their number. */
export function cellsFrom(cells: readonly Cell[], others: readonly string[]): Sql {
  const columns = columnsRead(cells, others).filter(({ isShort }) => isShort);
  if (columns.length === 0) return sql`(SELECT) AS p`;
  const definitions = columns.map(({ name, isJson }) => sql`${ident(name)} ${isJson ? sql`json` : sql`text`}`);
  return sql`json_to_record(read.properties) AS p (${join(definitions, sql`, `)})`;
}

/** A column as trimmed text, NULL when blank. `others`: as given to `cellsFrom`. */
export function columnText(name: string, cells: readonly Cell[]): Sql {
  return sql`nullif(btrim(${untrimmed(name, cells)}, ${BLANKS}::text), '')`;
}

function untrimmed(name: string, cells: readonly Cell[]): Sql {
  if (Buffer.byteLength(name) > LONGEST_NAME) return sql`(read.properties ->> ${name}::text)`;
  const isJson = cells.some((cell) => isList(cell) && columnOf(cell) === name);
  return isJson ? sql`(p.${ident(name)} #>> '{}')` : sql`p.${ident(name)}`;
}

/** `text AS t0, mended AS m0, ...`: the first step. */
export function cellTexts(cells: readonly Cell[]): readonly Sql[] {
  return cells.map((cell) => sql`${textOf(cell, cells)} AS ${cell.text}`);
}

/** The second step, where something is to be mended. */
export function mendedTexts(cells: readonly Cell[]): readonly Sql[] {
  return cells.flatMap(({ text, mended }) => {
    if (!mended) return [];
    const isSuspect = sql`octet_length(${text}) <> length(${text}) AND ${text} ~ ${MOJIBAKE}::text`;
    return [sql`CASE WHEN ${isSuspect} THEN azalai.from_mojibake(${text}) END AS ${mended}`];
  });
}

function textOf(cell: Cell, cells: readonly Cell[]): Sql {
  const { source } = cell;
  const name = columnOf(cell);
  const text =
    name === null
      ? sql`${'constant' in source && source.constant !== null ? String(source.constant) : null}::text`
      : columnText(name, cells);
  if (!isList(cell)) return text;
  // "arms; drugs", "arms, drugs", or a list as JSON has it.
  const split = sql`regexp_split_to_array(${text}, '\\s*[;,|]\\s*')`;
  if (name === null || Buffer.byteLength(name) > LONGEST_NAME) return split;
  const json = sql`p.${ident(name)}`;
  return sql`CASE WHEN json_typeof(${json}) = 'array' THEN ARRAY(SELECT json_array_elements_text(${json})) ELSE ${split} END`;
}
