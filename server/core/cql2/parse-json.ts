import { type ParseError, parse as parseLoosely } from 'jsonc-parser';
import { InvalidFilter } from '../errors.ts';
import type { ParsedFilter } from './ast.ts';
import { MAX_DEPTH } from './build.ts';
import { JsonExpressions } from './json/expressions.ts';
import { MAX_LENGTH } from './tokens.ts';

/** A node is an object and its list of arguments; a geometry nests a little deeper. */
const MAX_BRACKETS = 2 * MAX_DEPTH + 12;

/**
 * CQL2 JSON (OGC 21-065r2) to a tree. Names are not looked up here; `checkFilter` does that.
 * Throws InvalidFilter: at a character where it is no JSON, else at a JSON pointer.
 */
export function parseJsonFilter(text: string): ParsedFilter {
  if (text.length > MAX_LENGTH) {
    throw new InvalidFilter(`A filter has at most ${MAX_LENGTH} characters; this one has ${text.length}.`, MAX_LENGTH);
  }
  refuseDeep(text);
  const reader = new JsonExpressions();
  const predicate = reader.filter(toValue(text));
  return { predicate, positions: reader.builder.positions };
}

function toValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const errors: ParseError[] = [];
    parseLoosely(text, errors, { disallowComments: true });
    const at = Math.min(errors[0]?.offset ?? 0, text.length);
    const found = at < text.length ? `not ${JSON.stringify(text.slice(at, at + 10))}` : 'where the filter ends';
    throw new InvalidFilter(`The filter is no JSON: something else is due at character ${at}, ${found}.`, at);
  }
}

/** Before anything recurses. Brackets within texts are not counted. */
function refuseDeep(text: string): void {
  let depth = 0;
  for (const { 0: piece, index } of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}]/gs)) {
    if (piece === '[' || piece === '{') depth += 1;
    if (piece === ']' || piece === '}') depth -= 1;
    if (depth > MAX_BRACKETS) {
      throw new InvalidFilter(`A filter nests at most ${MAX_DEPTH} levels deep (at character ${index}).`, index);
    }
  }
}
