import type { Issue } from '../feature.ts';
import { toIssue } from '../text/issue.ts';

export const numberedColumn = (at: number) => `c${at + 1}`;

/** Column names from the cells of a header: each there, each different, with a word on those that had to be changed. */
export function toColumnNames(cells: readonly string[], line: number): { names: string[]; issues: Issue[] } {
  const issues: Issue[] = [];
  const taken = new Set<string>();
  const given = cells.map((cell) => cell.replace(/\s+/g, ' ').trim());
  const names = given.map((name, at) => {
    const wanted = name === '' ? numberedColumn(at) : name === '__proto__' ? '_proto_' : name;
    let unique = wanted;
    for (let n = 2; taken.has(unique) || (unique !== name && given.includes(unique)); n += 1) unique = `${wanted}_${n}`;
    taken.add(unique);
    if (unique !== name) issues.push(renamed(name, unique, at, line));
    return unique;
  });
  return { names, issues };
}

function renamed(name: string, unique: string, at: number, line: number): Issue {
  const empty = name === '';
  return toIssue({
    code: empty ? 'column-name-empty' : 'column-name-duplicate',
    severity: 'warning',
    place: { line, pointer: unique },
    value: name,
    detail: empty
      ? `Column ${at + 1} has no name, and is called "${unique}". Give it one in the file.`
      : `Column ${at + 1} has the name of another, and is called "${unique}". Give each a name of its own.`,
  });
}
