import type { z } from 'zod';
import type { Fault } from '../core/errors.ts';

type Issue = z.core.$ZodIssue;

/** Whether what was given is of another form altogether: a text where an object is meant, or an object with other members. */
function isOtherForm(issues: readonly Issue[]): boolean {
  return issues.some((issue) => {
    if (issue.path.length > 0) return false;
    if (issue.code === 'invalid_union') return issue.errors.every(isOtherForm);
    return issue.code === 'invalid_type' || issue.code === 'unrecognized_keys';
  });
}

/** Of a choice of forms, what is wrong with the one that was meant: "Invalid input" of the whole would name no limit. */
function within(issue: Issue): Issue[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ ...issue, path: [...issue.path, key], message: 'is no input here' }));
  }
  if (issue.code !== 'invalid_union') return [issue];
  const meant = issue.errors.find((issues) => !isOtherForm(issues));
  if (!meant) return [{ ...issue, message: 'is in none of the forms that it may have' }];
  return meant.flatMap((inner) => within({ ...inner, path: [...issue.path, ...inner.path] }));
}

function toFault({ path, message }: Issue): Fault {
  const at = path.map(String);
  const name = at.join('.') || 'inputs';
  const pointer = ['', 'inputs', ...at.map((part) => part.replaceAll('~', '~0').replaceAll('/', '~1'))].join('/');
  return { pointer, detail: `${name}: ${message}.`.replace(/\.\.$/, '.') };
}

/** What is wrong with inputs, each with its place as a JSON pointer into the body. */
export function toFaults(issues: readonly Issue[]): Fault[] {
  return issues.flatMap(within).map(toFault);
}
