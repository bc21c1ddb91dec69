import { FILES } from './issue-words/files.ts';
import { POSITIONS } from './issue-words/positions.ts';
import { SHAPES } from './issue-words/shapes.ts';
import { TABLES } from './issue-words/tables.ts';
import { VALUES } from './issue-words/values.ts';
import type { IssueWords } from './issue-words/words.ts';

/** Everything that can be said of an upload, by its code. */
export const ISSUE_WORDS: Readonly<Record<string, IssueWords>> = {
  ...POSITIONS,
  ...SHAPES,
  ...VALUES,
  ...TABLES,
  ...FILES,
};

/** The words for a code; one that nobody has written words for is called by itself. */
export function issueWords(code: string): IssueWords {
  const known = Object.hasOwn(ISSUE_WORDS, code) ? ISSUE_WORDS[code] : undefined;
  return known ?? { title: { en: code, fr: code }, advice: { en: '', fr: '' } };
}
