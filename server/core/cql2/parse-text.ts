import type { ParsedFilter, Predicate } from './ast.ts';
import { TextConditions } from './text/conditions.ts';
import { tokenize } from './tokens.ts';

/**
 * CQL2 text (OGC 21-065r2) to a tree. Names are not looked up here; `checkFilter` does that.
 * Throws InvalidFilter that says what was expected, and at which character.
 */
export function parseFilter(text: string): ParsedFilter {
  const parser = new TextConditions(tokenize(text));
  const predicate: Predicate = parser.filter();
  return { predicate, positions: parser.builder.positions };
}
