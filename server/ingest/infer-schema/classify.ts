import { type DateOrder, parseDate } from './parse-date.ts';

/** What one value is, the narrowest that fits. `absent`: a word such as NA, which is text only where others are. */
export type Kind = 'integer' | 'number' | 'boolean' | 'date' | 'datetime' | 'text' | 'json' | 'absent';

export interface Classified {
  readonly kind: Kind;
  /** The value came as text and was seen to be something else. */
  readonly fromText: boolean;
  readonly decimalComma?: true;
  readonly order?: DateOrder;
}

/** A leading zero makes a code: 007 is not 7. */
const INTEGER = /^[+-]?(?:0|[1-9]\d*)$/;
const NUMBER = /^[+-]?(?:(?:0|[1-9]\d*)(?:[.,]\d*)?|[.,]\d+)(?:e[+-]?\d+)?$/i;
const BOOLEAN = /^(?:true|false|yes|no|vrai|faux|oui|non)$/i;
const ABSENT = /^(?:na|n\/a|#n\/a|null|none|nan|nd|-)$/i;

const LONGEST = 64;
/** Of the words of BOOLEAN and ABSENT. */
const LONGEST_WORD = 5;

const TEXT: Classified = { kind: 'text', fromText: false };
const ABSENT_WORD: Classified = { kind: 'absent', fromText: true };

const isLetter = (code: number) => (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code >= 0xc0;

/** Of a value that is neither null nor blank. */
export function classify(value: unknown): Classified {
  if (typeof value === 'boolean') return { kind: 'boolean', fromText: false };
  if (typeof value === 'number') return { kind: Number.isSafeInteger(value) ? 'integer' : 'number', fromText: false };
  if (typeof value !== 'string') return { kind: 'json', fromText: false };
  const text = value.trim();
  // No number or date is as long as this, and patterns need not run over a story.
  if (text.length > LONGEST) return TEXT;
  // Nor does one begin with a letter, as most texts do.
  if (isLetter(text.charCodeAt(0))) {
    if (text.length > LONGEST_WORD) return TEXT;
    return BOOLEAN.test(text) ? { kind: 'boolean', fromText: true } : ABSENT.test(text) ? ABSENT_WORD : TEXT;
  }
  if (INTEGER.test(text)) return { kind: Number.isSafeInteger(Number(text)) ? 'integer' : 'text', fromText: true };
  if (NUMBER.test(text)) {
    return text.includes(',')
      ? { kind: 'number', fromText: true, decimalComma: true }
      : { kind: 'number', fromText: true };
  }
  if (ABSENT.test(text)) return ABSENT_WORD;
  const date = parseDate(text);
  if (!date) return TEXT;
  const kind = date.time ? 'datetime' : 'date';
  return date.order ? { kind, fromText: true, order: date.order } : { kind, fromText: true };
}
