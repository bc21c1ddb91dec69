import { toKeyword } from './keywords.ts';

const NAME_START =
  ':_A-Za-z\\u00C0-\\u00D6\\u00D8-\\u00F6\\u00F8-\\u02FF\\u0370-\\u037D\\u037F-\\u1FFE\\u200C\\u200D\\u2070-\\u218F' +
  '\\u2C00-\\u2FEF\\u3001-\\uD7FF\\uF900-\\uFDCF\\uFDF0-\\uFFFD\\u{10000}-\\u{EFFFF}';
export const NAME = new RegExp(`[${NAME_START}][${NAME_START}.0-9\\u0300-\\u036F\\u203F\\u2040]*`, 'yu');
export const NAME_PART = new RegExp(`[${NAME_START}.0-9]`, 'yu');

/** What stands for a character behind a backslash. */
export const ESCAPES: Readonly<Record<string, string>> = {
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

/** A name that needs no double quotes. CQL2 lets a name hold some spaces (U+1680, U+FEFF) that end it for a reader. */
export function isPlainName(name: string): boolean {
  return name !== '' && match(NAME, name, 0) === name && !/\s/u.test(name) && !toKeyword(name);
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

/** What a sticky pattern matches exactly here; empty when it does not. */
export function match(pattern: RegExp, text: string, start: number): string {
  pattern.lastIndex = start;
  return pattern.exec(text)?.[0] ?? '';
}
