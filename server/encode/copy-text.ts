const SPECIAL = /[\\\t\n\r\b\f\v]/;
const SPECIALS = /[\\\t\n\r\b\f\v]/g;
const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
  '\b': '\\b',
  '\f': '\\f',
  '\v': '\\v',
};

/** What no text of PostgreSQL can hold: U+0000, and halves of pairs that stand alone. */
const IMPOSSIBLE = /\0|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const STANDS_FOR = '\ufffd';
/** How JSON may write them. */
const IMPOSSIBLE_JSON = /\\u(?:0000|[dD][89a-fA-F])/;

/** NULL in a line of COPY. */
export const COPY_NULL = '\\N';

/** A value of a line of COPY in the text format: https://www.postgresql.org/docs/15/sql-copy.html#id-1.9.3.55.9.2 */
export function copyText(text: string | null | undefined): string {
  if (text === null || text === undefined) return COPY_NULL;
  const possible = storableText(text);
  return SPECIAL.test(possible) ? possible.replace(SPECIALS, (sign) => ESCAPES[sign] as string) : possible;
}

/** A text without what PostgreSQL cannot hold; U+FFFD stands for it. */
export function storableText(text: string): string {
  return text.replace(IMPOSSIBLE, STANDS_FOR);
}

export interface StorableJson {
  readonly json: string;
  /** Something was replaced that PostgreSQL cannot hold. */
  readonly isChanged: boolean;
}

/** A value as JSON that PostgreSQL can hold and take apart. Whole numbers that are too long for JSON become texts. */
export function storableJson(value: unknown): StorableJson {
  const json = stringify(value);
  if (!json.includes('\\u') || !IMPOSSIBLE_JSON.test(json)) return { json, isChanged: false };
  // What looks so may be an escaped backslash before a "u": only the value tells.
  const clean = stringify(cleaned(JSON.parse(json)));
  return { json: clean, isChanged: clean !== json };
}

/** JSON as a value of a line of COPY: it has no control characters of its own. */
export function copyJson(json: string): string {
  return json.includes('\\') ? json.replaceAll('\\', '\\\\') : json;
}

function stringify(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch {
    return JSON.stringify(value, (_, member: unknown) => (typeof member === 'bigint' ? String(member) : member));
  }
}

function cleaned(value: unknown): unknown {
  if (typeof value === 'string') return storableText(value);
  if (Array.isArray(value)) return value.map(cleaned);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [storableText(name), cleaned(member)]));
}
