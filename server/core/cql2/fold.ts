import type { FoldOp } from './operators.ts';

/**
 * Marks that stand on or under letters: the combining ones of Unicode's general blocks, the vowel signs and hamzas of
 * Arabic, the tones of N'Ko, the marks of Adlam. The same list is in server/query/cql2/fold.ts.
 */
const MARKS =
  /[\u0300-\u036f]|[\u064b-\u065f]|\u0670|[\u07eb-\u07f3]|\u07fd|[\u1ab0-\u1aff]|[\u1dc0-\u1dff]|[\u20d0-\u20ff]|[\ufe20-\ufe2f]|[\u{1e944}-\u{1e94a}]/gu;

/**
 * A text without regard to capitals, or to accents. Capitals: nearly the full case folding of Unicode, by way of both
 * mappings, so that ß is ss and every sigma the same. Accents: what NFD takes off as a mark; so ø keeps its stroke.
 */
export function fold(op: FoldOp, text: string): string {
  if (op === 'accenti') return text.normalize('NFD').replace(MARKS, '').normalize('NFC');
  return text.toLowerCase().toUpperCase().toLowerCase().replaceAll('ς', 'σ');
}
