import { createScanner, type ParseError, parse as parseLoosely } from 'jsonc-parser';
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

/**
 * Before anything recurses. By the scanner of the parser that looks for the fault, so that both take the same for a text:
 * one that a line feed cuts off ends there. A bracket closes only its like, as in that parser.
 */
function refuseDeep(text: string): void {
  const scanner = createScanner(text, true);
  const open: string[] = [];
  while (scanner.getPosition() < text.length) {
    scanner.scan();
    const at = scanner.getTokenOffset();
    const token = text[at];
    if (token === '[') open.push(']');
    else if (token === '{') open.push('}');
    else if (token !== undefined && token === open.at(-1)) open.pop();
    if (open.length > MAX_BRACKETS) {
      throw new InvalidFilter(`A filter nests at most ${MAX_DEPTH} levels deep (at character ${at}).`, at);
    }
  }
}
