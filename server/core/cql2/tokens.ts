import { InvalidFilter } from '../errors.ts';

/**
 * CQL2 text into tokens, by the lexical rules of the whole language: what the parser does not know yet is still read as
 * what it is. Offsets count UTF-16 units from 0, as JavaScript and a browser's text field do.
 */

/** Words that cannot name a field unless double-quoted, in any case. Those in use now come first. */
const KEYWORDS = [
  ...['AND', 'BETWEEN', 'DATE', 'FALSE', 'IN', 'IS', 'LIKE', 'NOT', 'NULL', 'OR', 'TIMESTAMP', 'TRUE'],
  ...['A_CONTAINEDBY', 'A_CONTAINS', 'A_EQUALS', 'A_OVERLAPS', 'ACCENTI', 'BBOX', 'CASEI', 'DIV', 'INTERVAL'],
  ...['GEOMETRYCOLLECTION', 'LINESTRING', 'MULTILINESTRING', 'MULTIPOINT', 'MULTIPOLYGON', 'POINT', 'POLYGON'],
  ...['S_CONTAINS', 'S_CROSSES', 'S_DISJOINT', 'S_EQUALS', 'S_INTERSECTS', 'S_OVERLAPS', 'S_TOUCHES', 'S_WITHIN'],
  ...['T_AFTER', 'T_BEFORE', 'T_CONTAINS', 'T_DISJOINT', 'T_DURING', 'T_EQUALS', 'T_FINISHEDBY', 'T_FINISHES'],
  ...['T_INTERSECTS', 'T_MEETS', 'T_METBY', 'T_OVERLAPPEDBY', 'T_OVERLAPS', 'T_STARTEDBY', 'T_STARTS'],
] as const;
export type Keyword = (typeof KEYWORDS)[number];
const RESERVED: ReadonlyMap<string, Keyword> = new Map(KEYWORDS.map((word) => [word, word]));

interface Extent {
  /** The token as it was written. */
  readonly raw: string;
  readonly start: number;
}

export type Token = Extent &
  (
    | { readonly kind: 'name'; readonly name: string }
    | { readonly kind: 'keyword'; readonly word: Keyword }
    | { readonly kind: 'text'; readonly value: string }
    | { readonly kind: 'number'; readonly value: number }
    | { readonly kind: 'symbol'; readonly symbol: string }
    | { readonly kind: 'end' }
  );

/** One of the kinds, before its extent is known. */
type Content = Token extends infer Each ? (Each extends Token ? Omit<Each, keyof Extent> : never) : never;

export const MAX_LENGTH = 8_000;

const NAME_START =
  ':_A-Za-z\\u00C0-\\u00D6\\u00D8-\\u00F6\\u00F8-\\u02FF\\u0370-\\u037D\\u037F-\\u1FFE\\u200C\\u200D\\u2070-\\u218F' +
  '\\u2C00-\\u2FEF\\u3001-\\uD7FF\\uF900-\\uFDCF\\uFDF0-\\uFFFD\\u{10000}-\\u{EFFFF}';
const NAME = new RegExp(`[${NAME_START}][${NAME_START}.0-9\\u0300-\\u036F\\u203F\\u2040]*`, 'yu');
const NAME_PART = new RegExp(`[${NAME_START}.0-9]`, 'yu');
const QUOTED_NAME = /"(?:[^"]|"")*"/y;
const NUMBER = /(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y;
const SYMBOL = /<>|<=|>=|[=<>(),+\-*/^[\]]/y;
const SPACE = /\s*/y;

/** What XML lets a document hold, which is what CQL2 takes over: no control characters, no half of a surrogate pair. */
const FORBIDDEN = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;

/** What people type for want of the right sign. */
const HINTS: Readonly<Record<string, string>> = {
  '!': ' For "not equal" write <>.',
  '&': ' Write AND.',
  '|': ' Write OR.',
  '‘': " Text stands between straight quotes: 'text'.",
  '’': " Text stands between straight quotes: 'text'.",
  '“': " Text stands between straight quotes: 'text'.",
  '”': " Text stands between straight quotes: 'text'.",
};

const ESCAPES: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  t: '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
  "'": "'",
  '\\': '\\',
};

/** The last token is always `end`. Throws InvalidFilter for what is no token. */
export function tokenize(text: string): readonly Token[] {
  if (text.length > MAX_LENGTH) {
    throw new InvalidFilter(`A filter has at most ${MAX_LENGTH} characters; this one has ${text.length}.`, MAX_LENGTH);
  }
  refuseForbidden(text);
  const tokens: Token[] = [];
  let start = skipSpace(text, 0);
  while (start < text.length) {
    const [content, end] = readToken(text, start);
    tokens.push({ ...content, raw: text.slice(start, end), start });
    start = skipSpace(text, end);
  }
  return [...tokens, { kind: 'end', raw: '', start: text.length }];
}

/** A name that needs no double quotes. */
export function isPlainName(name: string): boolean {
  return name !== '' && match(NAME, name, 0) === name && !keyword(name);
}

/** Keywords are ASCII: upper-casing alone would take `ın`, with a Turkish dotless i, for IN. */
function keyword(name: string): Keyword | undefined {
  return /^[A-Z_]+$/i.test(name) ? RESERVED.get(name.toUpperCase()) : undefined;
}

/** A character literal for a text: the inverse of reading one. A backslash before `%` or `_` reads as it stands. */
export function quoteText(value: string): string {
  const letters = Object.entries(ESCAPES).filter(([letter]) => letter !== "'" && letter !== '\\');
  const escaped = value.replaceAll(/\\(?![%_])/g, '\\\\').replaceAll("'", "''");
  return `'${letters.reduce((text, [letter, control]) => text.replaceAll(control, `\\${letter}`), escaped)}'`;
}

export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function refuseForbidden(text: string): void {
  const position = text.search(FORBIDDEN);
  if (position < 0) return;
  const code = text.charCodeAt(position).toString(16).toUpperCase().padStart(4, '0');
  throw new InvalidFilter(`The character U+${code} at character ${position} cannot be part of a filter.`, position);
}

function readToken(text: string, start: number): [Content, end: number] {
  const first = text.charAt(start);
  if (first === "'") return readText(text, start);
  if (first === '"') return readQuotedName(text, start);
  const number = match(NUMBER, text, start);
  if (number) return readNumber(text, start, number);
  const name = match(NAME, text, start);
  if (name) return [nameOrKeyword(name), start + name.length];
  const symbol = match(SYMBOL, text, start);
  if (symbol) return [{ kind: 'symbol', symbol }, start + symbol.length];
  const stranger = String.fromCodePoint(text.codePointAt(start) as number);
  throw new InvalidFilter(`Unexpected ${stranger} at character ${start}.${HINTS[stranger] ?? ''}`, start);
}

function nameOrKeyword(name: string): Content {
  const word = keyword(name);
  return word ? { kind: 'keyword', word } : { kind: 'name', name };
}

/** Between single quotes; a quote inside is `''` or `\'`. A backslash before a letter that it does not change stays. */
function readText(text: string, start: number): [Content, end: number] {
  let value = '';
  let at = start + 1;
  while (at < text.length) {
    const pair = text.slice(at, at + 2);
    if (pair === "''") {
      value += "'";
      at += 2;
    } else if (pair.startsWith("'")) {
      return [{ kind: 'text', value }, at + 1];
    } else if (pair.startsWith('\\')) {
      value += ESCAPES[pair.charAt(1)] ?? pair;
      at += 2;
    } else {
      value += pair.charAt(0);
      at += 1;
    }
  }
  throw new InvalidFilter(`The text that begins at character ${start} has no closing quote (').`, start);
}

function readQuotedName(text: string, start: number): [Content, end: number] {
  const raw = match(QUOTED_NAME, text, start);
  if (!raw) throw new InvalidFilter(`The name that begins at character ${start} has no closing quote (").`, start);
  const name = raw.slice(1, -1).replaceAll('""', '"');
  if (!name) throw new InvalidFilter(`Expected the name of a field between the quotes at character ${start}.`, start);
  return [{ kind: 'name', name }, start + raw.length];
}

function readNumber(text: string, start: number, raw: string): [Content, end: number] {
  const end = start + raw.length;
  if (match(NAME_PART, text, end)) {
    throw new InvalidFilter(`Expected a space or an operator after the number ${raw} at character ${end}.`, end);
  }
  const value = Number(raw);
  if (!Number.isFinite(value)) throw new InvalidFilter(`The number at character ${start} is too large.`, start);
  return [{ kind: 'number', value }, end];
}

function skipSpace(text: string, start: number): number {
  return start + match(SPACE, text, start).length;
}

/** What a sticky pattern matches exactly here; empty when it does not. */
function match(pattern: RegExp, text: string, start: number): string {
  pattern.lastIndex = start;
  return pattern.exec(text)?.[0] ?? '';
}
