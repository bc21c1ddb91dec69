import { InvalidFilter } from '../../errors.ts';
import type { ArrayTest, List, Scalar } from '../ast.ts';
import { isList } from '../kinds.ts';
import { requireStorable } from './scalars.ts';
import { describe, isStrings, type Operand, operands, type Scope } from './scope.ts';
import { called } from './words.ts';

/** Lists of texts, of fields or written down. What is written down is values: a field in it could be unknown. */
export function checkLists({ op, args }: ArrayTest, scope: Scope): ArrayTest {
  for (const operand of operands<List>(args, scope)) checkList(op.toUpperCase(), operand, scope);
  return { op, args };
}

function checkList(operator: string, operand: Operand<List>, scope: Scope): void {
  const { expression, place } = operand;
  if (!isList(expression)) {
    if (isStrings(operand)) return;
    const lists = [...scope.properties.values()].filter(({ type }) => type === 'strings').map(({ name }) => name);
    const known = lists.length > 0 ? `Lists: ${lists.join(', ')}.` : 'The collection has none.';
    throw new InvalidFilter(`${operator} takes lists of texts, but ${describe(operand)}. ${known}`, place);
  }
  for (const member of operands<Scalar>(expression, scope)) {
    if (typeof member.expression !== 'string') {
      const what = member.property ? `the field "${member.property.name}"` : called(member.expression);
      throw new InvalidFilter(`A list holds texts such as ('gold', 'arms'), not ${what}.`, member.place);
    }
    requireStorable(member.expression, member.place, undefined);
  }
}
