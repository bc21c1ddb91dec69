import { InvalidFilter } from '../errors.ts';
import { type Keyword, toKeyword } from './keywords.ts';
import { ESCAPES, match, NAME, NAME_PART } from './quote.ts';

/**
 * CQL2 text into tokens, by the lexical rules of the whole language: what the parser does not know yet is still read as
 * what it is. Offsets count UTF-16 units from 0, as JavaScript and a browser's text field do.
 */

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

const QUOTED_NAME = /"(?:[^"]|"")*"/y;
const NUMBER = /(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y;
const SYMBOL = /<>|<=|>=|[=<>(),+\-*/%^[\]]/y;
const SPACE = /\s*/y;

/** What XML lets a document hold, which is what CQL2 takes over: no control characters, no half of a surrogate pair. */
export const FORBIDDEN = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;

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
  const word = toKeyword(name);
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
