import { isUtf8 } from 'node:buffer';
import type { Issue } from '../feature.ts';
import { shown, toIssue } from '../text/issue.ts';
import { Utf8Decoder } from '../text/utf8-decoder.ts';
import { countMembers } from './count-members.ts';
import { findDuplicates, findJsonFault } from './diagnose.ts';
import type { FoundValue } from './document-scanner.ts';

export interface Parsed {
  /** Undefined when the text is not JSON: the issues then say why. */
  readonly value: unknown;
  readonly issues: readonly Issue[];
}

const NOTHING: readonly Issue[] = [];

/**
 * The value of one record's text, or of a part of it. `index`: of the feature it is to be, or null; `within`: JSON pointer
 * of the part.
 */
export function parseValue({ text, at, colons }: FoundValue, index: number | null, within = ''): Parsed {
  const utf8 = isUtf8(text);
  const json = utf8 ? text.toString('utf8') : toText(text);
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return { value: undefined, issues: [notJson(json, at, index)] };
  }
  if (utf8 && countMembers(value) >= colons) return { value, issues: NOTHING };
  const place = { line: at.line, byte: at.byte };
  const issues = findDuplicates(json).map((pointer) =>
    toIssue({
      code: 'duplicate-member',
      severity: 'warning',
      index,
      place: { ...place, pointer: within + pointer },
      value: pointer.slice(pointer.lastIndexOf('/') + 1),
      detail: 'This name stands twice in one object; the last value was taken. Give each member a name of its own.',
    }),
  );
  if (!utf8) {
    issues.push(
      toIssue({
        code: 'not-utf8',
        severity: 'warning',
        index,
        place,
        detail: 'The text is not UTF-8, as JSON must be; what is not was read as Windows-1252. Look at the accents.',
      }),
    );
  }
  return { value, issues };
}

function toText(bytes: Buffer): string {
  const decoder = new Utf8Decoder();
  return decoder.decode(bytes) + decoder.end();
}

function notJson(json: string, at: FoundValue['at'], index: number | null): Issue {
  const fault = findJsonFault(json) ?? { offset: 0, line: 0, column: 0, expected: 'JSON' };
  const line = at.line + fault.line;
  const column = fault.line === 0 ? at.column + fault.column : fault.column + 1;
  return toIssue({
    code: 'not-json',
    severity: 'error',
    index,
    place: { line, byte: at.byte + Buffer.byteLength(json.slice(0, fault.offset)) },
    value: shown(json.slice(fault.offset, fault.offset + 40)),
    detail: `Line ${line}, column ${column}: this is not JSON. Expected ${fault.expected}.`,
  });
}
