import { InvalidFilter } from '../errors.ts';
import type { Expression, Place, Positions } from './ast.ts';
import { IS_KIND, isGeometry, isInterval, isList, isPredicate, type Kind } from './kinds.ts';
import { ARITHMETIC, ARRAY, COMPARISONS, FOLDS, SPATIAL, TEMPORAL } from './operators.ts';

/** Levels of operators inside one another. Every walk over a tree recurses, so its depth is bounded where the tree is made. */
export const MAX_DEPTH = 100;

const each = (ops: readonly string[], ...kinds: Kind[]) => ops.map((op) => [op, kinds] as const);

/** The kinds of arguments that each operator takes, but for AND and OR, which take two conditions or more. */
const SIGNATURES: ReadonlyMap<string, readonly Kind[]> = new Map([
  ...each(COMPARISONS, 'scalar', 'scalar'),
  ...each(['like'], 'scalar', 'pattern'),
  ...each(['between'], 'scalar', 'scalar', 'scalar'),
  ...each(['in'], 'scalar', 'members'),
  ...each(['isNull'], 'any'),
  ...each(['not'], 'predicate'),
  ...each(ARITHMETIC, 'number', 'number'),
  ...each(FOLDS, 'character'),
  ...each(SPATIAL, 'spatial', 'spatial'),
  ...each(['s_dwithin'], 'spatial', 'spatial', 'metres'),
  ...each(TEMPORAL, 'temporal', 'temporal'),
  ...each(ARRAY, 'list', 'list'),
]);

const EXPECTED: Readonly<Record<Kind, string>> = {
  scalar: 'a field or a value',
  character: 'a field or a text',
  number: 'a field or a number',
  pattern: "a pattern such as 'Mop%'",
  members: 'a list of values',
  predicate: 'a condition',
  spatial: 'a geometry such as POINT(-4 14.5), or the field that holds one',
  temporal: "a time such as DATE('2022-03-27') or INTERVAL('2022-01-01', '..'), or a field that holds one",
  list: "a list such as ('gold', 'arms'), or a field that holds one",
  metres: 'a number of metres',
  any: 'a field or a value',
};

export const where = (place: Place): string =>
  typeof place === 'number' ? `character ${place}` : place === '' ? 'the beginning' : place;

/** Makes the nodes of a tree for either parser: each with the arguments that its operator takes, and never too deep. */
export class TreeBuilder {
  readonly positions: Positions = new WeakMap();
  readonly #depths = new WeakMap<readonly unknown[], number>();

  /** @throws InvalidFilter at the argument that is of the wrong kind, or at `place`, where the operator stands */
  node(op: string, args: readonly Expression[], places: readonly Place[], place: Place): Expression {
    this.#refuseWrong(op, args, places, place);
    const depth = 1 + Math.max(0, ...args.map((arg) => this.#depthOf(arg)));
    if (depth > MAX_DEPTH) {
      throw new InvalidFilter(`A filter nests at most ${MAX_DEPTH} levels deep (at ${where(place)}).`, place);
    }
    this.#depths.set(args, depth);
    this.positions.set(args, places);
    return { op, args } as unknown as Expression;
  }

  /** A list of values, or the two ends of an interval: remembers where they stand. */
  list<Members extends readonly unknown[]>(members: Members, places: readonly Place[]): Members {
    this.#depths.set(members, 1 + Math.max(0, ...members.map((member) => this.#depthOf(member as Expression))));
    this.positions.set(members, places);
    return members;
  }

  #refuseWrong(op: string, args: readonly Expression[], places: readonly Place[], place: Place): void {
    const isChain = op === 'and' || op === 'or';
    const signature = isChain ? args.map((): Kind => 'predicate') : SIGNATURES.get(op);
    if (!signature) throw new Error(`no operator ${op}`);
    if (args.length !== signature.length || (isChain && args.length < 2)) {
      const due = isChain ? '2 conditions or more' : `${signature.length}`;
      throw new InvalidFilter(`${op} takes ${due}, not ${args.length} (at ${where(place)}).`, place);
    }
    for (const [index, kind] of signature.entries()) {
      const arg = args[index] as Expression;
      if (IS_KIND[kind](arg)) continue;
      const at = places[index] ?? place;
      throw new InvalidFilter(`Expected ${EXPECTED[kind]} at ${where(at)}, not ${kindOf(arg)}.`, at);
    }
  }

  #depthOf(arg: Expression): number {
    if (typeof arg !== 'object' || arg === null) return 0;
    if (isList(arg)) return this.#depths.get(arg) ?? 0;
    return 'args' in arg ? (this.#depths.get(arg.args) ?? 0) : 0;
  }
}

/** What was found in the wrong place, as a message names it. */
function kindOf(expression: Expression): string {
  if (isList(expression)) return expression.length > 0 ? 'a list' : 'an empty list';
  if (isGeometry(expression)) return 'a geometry';
  if (isInterval(expression)) return 'an interval';
  if (typeof expression === 'boolean') return 'TRUE or FALSE';
  if (isPredicate(expression)) return 'a condition';
  if (typeof expression === 'string') return 'a text';
  if (typeof expression === 'number') return 'a number';
  if ('property' in expression) return 'a field';
  return 'op' in expression ? 'a calculated value' : 'a time';
}
