import jsonc, { type ParseErrorCode } from 'jsonc-parser';

/** Where and how a text is not JSON. Offset in UTF-16 units from its beginning; lines and columns from 0. */
export interface JsonFault {
  readonly offset: number;
  readonly line: number;
  readonly column: number;
  readonly expected: string;
}

/** By the names of jsonc-parser's codes, which are numbers of a const enum. */
const EXPECTED: Readonly<Record<string, string>> = {
  InvalidSymbol: 'a value: text in double quotes, a number, true, false, null, a list or an object',
  InvalidNumberFormat: 'a number such as 12.5',
  PropertyNameExpected: 'the name of a member in double quotes',
  ValueExpected: 'a value: text in double quotes, a number, true, false, null, a list or an object',
  ColonExpected: '":"',
  CommaExpected: '","',
  CloseBraceExpected: '"}"',
  CloseBracketExpected: '"]"',
  EndOfFileExpected: 'nothing more',
  InvalidCommentToken: 'no comment: JSON has none',
  UnexpectedEndOfComment: 'no comment: JSON has none',
  UnexpectedEndOfString: 'the closing quote of a text, on the same line',
  UnexpectedEndOfNumber: 'the digits of a number',
  InvalidUnicode: 'four hexadecimal digits after \\u',
  InvalidEscapeCharacter: 'one of " \\ / b f n r t u after a backslash',
  InvalidCharacter: 'no control characters in a text: write \\n or \\t',
};

/** The first fault of a text that `JSON.parse` refused, or null when this parser finds none. */
export function findJsonFault(text: string): JsonFault | null {
  let first: JsonFault | null = null;
  const onError = (code: ParseErrorCode, offset: number, _length: number, line: number, column: number) => {
    first ??= { offset, line, column, expected: EXPECTED[jsonc.printParseErrorCode(code)] ?? 'JSON' };
  };
  jsonc.visit(text, { onError }, { disallowComments: true, allowTrailingComma: false });
  return first;
}

/** JSON pointers (RFC 6901) of the members that an object of the text names more than once. */
export function findDuplicates(text: string): string[] {
  const found = new Set<string>();
  const open: Set<string>[] = [];
  jsonc.visit(text, {
    onObjectBegin: () => {
      open.push(new Set());
    },
    onObjectEnd: () => {
      open.pop();
    },
    onObjectProperty: (name, _offset, _length, _line, _column, path) => {
      const names = open.at(-1);
      if (names?.has(name)) found.add(toPointer([...path(), name]));
      names?.add(name);
    },
  });
  return [...found];
}

export function toPointer(path: readonly (string | number)[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
