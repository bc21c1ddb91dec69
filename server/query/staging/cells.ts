import type { Field } from '../../core/layer.ts';
import type { Mapping, Value } from '../../core/mapping.ts';
import { ident, join, type Sql, sql } from '../sql.ts';
import type { Cell } from './cell.ts';
import { fieldsToFill } from './columns.ts';
import { typedValue } from './values.ts';

/** White space at the ends of cells, the no-break space of word processors too. */
const BLANKS = ' \t\n\r\u00a0';

/** PostgreSQL cuts longer names, and would not find the column any more. */
const LONGEST_NAME = 63;

/** UTF-8 read as Windows-1252; looked for only in text that is not plain ASCII. */
const MOJIBAKE = '[Â-ôŸ][\\u0080-\\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]';

/** The fields that the mapping fills, in the order of the table. */
export function toCells(mapping: Mapping, fields: readonly Field[]): readonly Cell[] {
  const texts = new Map<string, number>();
  const values = new Map<string, number>();
  return fieldsToFill(fields).flatMap((field, k) => {
    const source = sourceOf(field, mapping);
    if (!source) return [];
    if ('constant' in source && field.type !== 'strings') return [constantCell(field, source, mapping)];
    // One column often fills several fields: a date is the beginning, the end, and a field of its own.
    const column = 'column' in source ? source.column : null;
    const t = numberOf(texts, JSON.stringify([column ?? k, field.type === 'strings']), k);
    const isText = field.type === 'string' && column !== null;
    const isOwn = isText || field.type === 'strings';
    const v = numberOf(values, JSON.stringify([t, source, field.type, field.values, isOwn ? k : null]), k);
    return [
      {
        ...{ field, source, text: ident(`t${t}`), value: ident(`v${v}`) },
        mended: isText ? ident(`m${t}`) : null,
        makes: { text: t === k, value: v === k },
      },
    ];
  });
}

function numberOf(known: Map<string, number>, key: string, k: number): number {
  const number = known.get(key) ?? k;
  known.set(key, number);
  return number;
}

function sourceOf({ name }: Field, { record, fields }: Mapping): Value | undefined {
  if (Object.hasOwn(record, name)) return record[name as keyof Mapping['record']];
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
}

/** Written out wherever it is asked for: PostgreSQL works it out once, before it looks at any record. */
function constantCell(field: Field, source: Value, mapping: Mapping): Cell {
  const text = sql`${'constant' in source && source.constant !== null ? String(source.constant) : null}::text`;
  const cell = { field, source, text, mended: null, value: text, makes: { text: false, value: false } };
  return { ...cell, value: typedValue(cell, mapping) };
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

const trimmed = (text: Sql): Sql => sql`nullif(btrim(${text}, ${BLANKS}::text), '')`;

/** A column as trimmed text, NULL when blank. `others`: as given to `cellsFrom`. */
export function columnText(name: string, cells: readonly Cell[]): Sql {
  if (Buffer.byteLength(name) > LONGEST_NAME) return trimmed(sql`(read.properties ->> ${name}::text)`);
  const column = sql`p.${ident(name)}`;
  const isJson = cells.some((cell) => isList(cell) && columnOf(cell) === name);
  if (isJson) return trimmed(sql`(${column} #>> '{}')`);
  // Most begin and end with a letter or a digit: to see that takes half as long as to trim. Connections speak UTF-8, as the
  // database does, so that what would be sent has the bytes that are stored.
  const last = sql`get_byte(textsend(${column}), octet_length(${column}) - 1)`;
  return sql`CASE WHEN ascii(${column}) > 32 AND ascii(${column}) <> 160
    THEN CASE WHEN ${last} NOT IN (9, 10, 13, 32, 160) THEN ${column} ELSE ${trimmed(column)} END ELSE ${trimmed(column)} END`;
}

/** `text AS t0, mended AS m0, ...`: the first step. */
export function cellTexts(cells: readonly Cell[]): readonly Sql[] {
  return cells.filter(({ makes }) => makes.text).map((cell) => sql`${textOf(cell, cells)} AS ${cell.text}`);
}

/** The second step, where something is to be mended. */
export function mendedTexts(cells: readonly Cell[]): readonly Sql[] {
  const made = new Map(cells.flatMap((cell) => (cell.mended ? [[cell.mended.strings.join(), cell] as const] : [])));
  return [...made.values()].flatMap(({ text, mended }) => {
    if (!mended) return [];
    const isSuspect = sql`octet_length(${text}) <> length(${text}) AND ${text} ~ ${MOJIBAKE}::text`;
    return [sql`CASE WHEN ${isSuspect} THEN azalai.from_mojibake(${text}) END AS ${mended}`];
  });
}

/** `value AS v0, ...`: the third step. */
export function cellValues(cells: readonly Cell[], mapping: Mapping): readonly Sql[] {
  return cells.filter(({ makes }) => makes.value).map((cell) => sql`${typedValue(cell, mapping)} AS ${cell.value}`);
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
