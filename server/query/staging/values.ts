import type { Field } from '../../core/layer.ts';
import type { Mapping } from '../../core/mapping.ts';
import { type Sql, sql } from '../sql.ts';
import type { Cell } from './cell.ts';

/** Days by their months: of 2020-02-30 a slower look says that there is none. */
const ISO_DAY =
  '^(?:19|20)[0-9][0-9]-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)$';

/** How programs write that there is nothing; four bytes at most. */
const ABSENT_TEXT = ['NA', 'N/A', '#N/A', 'NULL', 'null', 'NaN'];
/** More of them, where the field takes no free text. */
const ABSENT = ['na', 'n/a', 'n.a.', '#n/a', 'null', 'none', 'nan', 'nd', 'n/d', '-', '--', '.', '?'];

/** Longer texts are cut: a field is no file. Record ids go into an index, which takes no long ones. */
const LONGEST_TEXT = 10_000;
const LONGEST_ID = 200;

export const longest = (field: Field) => (field.name === 'record_id' ? LONGEST_ID : LONGEST_TEXT);

/** Counted in characters; bytes, which need no counting, tell it of most. */
export const isLonger = (text: Sql, limit: number): Sql =>
  sql`(octet_length(${text}) > ${limit}::integer AND length(${text}) > ${limit}::integer)`;

/** What stands for what, by the lower case of the text; null values stand for nothing. `otherwise`: what else is taken for. */
interface Lookup {
  readonly values: Readonly<Record<string, string | null>>;
  readonly otherwise?: string | null;
}

const asText = (value: string | number | boolean | null) => (value === null ? null : String(value));

/**
 * The values that a field takes, of a field with a closed list or a mapping of values; null where any will do. Those of
 * a closed list may be written as the value or as its title in either language.
 */
export function lookupOf({ field, source }: Cell): Lookup | null {
  const closed = field.values
    ? Object.fromEntries(
        field.values.flatMap(({ value, title }) =>
          [title.fr, title.en, value].map((name) => [name.toLowerCase(), value] as const),
        ),
      )
    : null;
  if (!('column' in source) || !(source.values || source.otherwise !== undefined)) return closed && { values: closed };
  const toClosed = (value: string | null) =>
    value === null || !closed ? value : (closed[value.toLowerCase()] ?? value);
  const mapped = Object.entries(source.values ?? {}).map(
    ([name, value]) => [name.trim().toLowerCase(), toClosed(asText(value))] as const,
  );
  // A column of which only some values are told apart still knows its list.
  const values = { ...(source.values ? {} : closed), ...Object.fromEntries(mapped) };
  return source.otherwise === undefined ? { values } : { values, otherwise: toClosed(asText(source.otherwise)) };
}

/** Whether a text says that there is nothing: then it is no fault that it is no number. */
export function isAbsent(cell: Cell): Sql {
  const lookup = lookupOf(cell);
  const mapped = lookup ? sql` OR ${JSON.stringify(lookup.values)}::jsonb ? lower(${cell.text})` : sql``;
  return sql`(lower(${cell.text}) = ANY(${ABSENT}::text[])${mapped})`;
}

/** The value of a cell in the type of its field; NULL when there is none or it does not fit. Raises no error. */
export function typedValue(cell: Cell, mapping: Mapping): Sql {
  const { field, text, mended } = cell;
  const isMending = mended !== null && mapping.repairs.includes('mojibake');
  const given = isMending ? sql`coalesce(${mended}, ${text})` : text;
  const lookup = lookupOf(cell);
  if (field.type === 'strings') return listOf(given, lookup);
  return toType(field, lookup ? looked(given, lookup) : given, mapping.dateOrder === 'day-month', lookup === null);
}

function looked(text: Sql, { values, otherwise }: Lookup): Sql {
  const known = sql`${JSON.stringify(values)}::jsonb`;
  // Most stand there in lower case, and finding that out takes longer than looking.
  if (otherwise === undefined) return sql`coalesce(${known} ->> ${text}, ${known} ->> lower(${text}))`;
  // Nothing is no "other value".
  return sql`CASE WHEN ${known} ? lower(${text}) THEN ${known} ->> lower(${text}) WHEN ${text} IS NOT NULL THEN ${otherwise}::text END`;
}

function listOf(texts: Sql, lookup: Lookup | null): Sql {
  if (!lookup) return sql`nullif(array_remove(${texts}, ''), '{}')`;
  return sql`nullif(ARRAY(SELECT DISTINCT entry FROM unnest(${texts}) AS raw (text), LATERAL (SELECT ${looked(sql`raw.text`, lookup)} AS entry) AS found
    WHERE entry IS NOT NULL ORDER BY entry), '{}')`;
}

function toType(field: Field, text: Sql, dayFirst: boolean, isFree: boolean): Sql {
  // A type that this list does not know is text.
  switch (field.type as string) {
    case 'integer':
      // 12, 12.0 and 1 234; more digits than a bigint has are none. Most are of digits alone, which is seen soonest.
      return sql`CASE WHEN octet_length(${text}) <= 18 AND ${text} ~ '^[0-9]+$' THEN ${text}::bigint
        WHEN ${text} ~ '^[+-]?\\d{1,18}(\\.0*)?$' THEN split_part(${text}, '.', 1)::bigint
        WHEN ${text} ~ '^[+-]?\\d{1,3}([ \\u00a0\\u202f]\\d{3}){1,4}$' THEN regexp_replace(${text}, '[^0-9+-]', '', 'g')::bigint END`;
    case 'number':
      // Most are like this, which is told in a third of the time.
      return sql`CASE WHEN octet_length(${text}) <= 40 AND ${text} ~ '^-?[0-9]+(?:[.][0-9]+)?$' THEN ${text}::double precision
        WHEN length(${text}) <= 40 AND ${text} ~ '^[+-]?(\\d+[.,]?\\d*|[.,]\\d+)([eE][+-]?\\d{1,2})?$'
        THEN replace(${text}, ',', '.')::double precision END`;
    case 'boolean':
      return sql`CASE ${text} WHEN 'true' THEN true WHEN 'false' THEN false ELSE
        CASE WHEN lower(${text}) IN ('true', 'yes', 'vrai', 'oui', '1') THEN true
        WHEN lower(${text}) IN ('false', 'no', 'faux', 'non', '0') THEN false END END`;
    case 'date':
      // Most dates are written like this, and all but the 29th of February are told by it.
      return sql`CASE WHEN ${text} ~ ${ISO_DAY}::text THEN ${text}::date
        ELSE azalai.read_day(${text}, ${dayFirst}::boolean) END`;
    case 'datetime':
      return sql`azalai.read_instant(${text}, ${dayFirst}::boolean)`;
    default: {
      if (!isFree) return text;
      const cut = sql`WHEN ${isLonger(text, longest(field))} THEN left(${text}, ${longest(field)}::integer)`;
      return sql`CASE WHEN octet_length(${text}) <= 4 AND ${text} = ANY(${ABSENT_TEXT}::text[]) THEN NULL ${cut} ELSE ${text} END`;
    }
  }
}

/** A list as text for a reader, or the text. */
export const shownText = ({ field, text }: Cell): Sql =>
  field.type === 'strings' ? sql`array_to_string(${text}, '; ')` : text;
