import { InvalidFilter } from '../../errors.ts';
import type { Between, Comparison, In, Like, Scalar } from '../ast.ts';
import { alike, checkPattern, coerce } from './scalars.ts';
import { describe, familyOf, isStrings, type Operand, operand, operands, placeOf, type Scope } from './scope.ts';

type Pair = [Operand<Scalar>, Operand<Scalar>];

export function checkComparison({ op, args }: Comparison, scope: Scope): Comparison {
  const pair = operands<Scalar>(args, scope) as Pair;
  if (op !== '=' && op !== '<>') requireOrder(op, pair);
  refuseTwoLists(...pair);
  return { op, args: alike(pair, scope) as [Scalar, Scalar] };
}

export function checkBetween({ args }: Between, scope: Scope): Between {
  const three = operands<Scalar>(args, scope);
  requireOrder('BETWEEN', three);
  return { op: 'between', args: alike(three, scope) as [Scalar, Scalar, Scalar] };
}

export function checkIn({ args }: In, scope: Scope): In {
  const subject = operand(args[0], placeOf(args, 0, scope), scope);
  const members = operands<Scalar>(args[1], scope);
  for (const member of members) refuseTwoLists(subject, member);
  const [first, ...rest] = alike([subject, ...members], scope) as [Scalar, ...Scalar[]];
  return { op: 'in', args: [first, rest] };
}

export function checkLike({ args }: Like, scope: Scope): Like {
  const subject = operand(args[0], placeOf(args, 0, scope), scope);
  if (familyOf(subject) !== 'text' || isStrings(subject)) {
    throw new InvalidFilter(`LIKE is for text fields; ${describe(subject)}.`, subject.place);
  }
  return {
    op: 'like',
    args: [coerce(subject, 'text', subject, scope), checkPattern(args[1], placeOf(args, 1, scope))],
  };
}

function requireOrder(operator: string, all: readonly Operand<Scalar>[]): void {
  for (const operand of all) {
    if (isStrings(operand)) {
      const right = 'ask with =, <> or IN what it holds';
      throw new InvalidFilter(`${describe(operand)}: ${right}, not with ${operator}.`, operand.place);
    }
    if (familyOf(operand) === 'boolean') {
      throw new InvalidFilter(`${describe(operand)}: ask with = or <>, not with ${operator}.`, operand.place);
    }
  }
}

function refuseTwoLists(left: Operand, right: Operand): void {
  if (!isStrings(left) || !isStrings(right)) return;
  const hint = 'compare it with one text, or both with A_EQUALS';
  throw new InvalidFilter(`${describe(left)}, and so is "${right.property?.name}": ${hint}.`, right.place);
}
