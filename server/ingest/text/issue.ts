import type { Issue, Place, Reading } from '../feature.ts';

const LONGEST = 120;

/** What stands in the file, on one line and short enough for a table. */
export function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  // Cut before the white space is put in order: the text may be a whole record.
  const line = text
    .slice(0, 4 * LONGEST)
    .replace(/\s+/g, ' ')
    .trim();
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
}

interface Said {
  readonly code: string;
  readonly severity: Issue['severity'];
  readonly detail: string;
  readonly index?: number | null;
  readonly place?: Place;
  /** Shortened here. Left out: there is nothing to show. */
  readonly value?: unknown;
}

export function toIssue({ code, severity, detail, index = null, place = {}, value }: Said): Issue {
  return { code, severity, index, place, value: value === undefined ? null : shown(value), detail };
}

export function issueReading(said: Said): Reading {
  return { type: 'issue', issue: toIssue(said) };
}
