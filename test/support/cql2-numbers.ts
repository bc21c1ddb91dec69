import type { ArithmeticOp } from '../../server/core/cql2/operators.ts';

/** A decimal number as it is written, as whole units of 10^-scale. */
function toUnits(value: number, scale: number): bigint {
  const [digits = '', power = '0'] = value.toString().split('e');
  const [whole = '', decimals = ''] = digits.replace('-', '').split('.');
  const shift = Number(power) - decimals.length + scale;
  const size =
    shift >= 0 ? BigInt(whole + decimals) * 10n ** BigInt(shift) : BigInt(whole + decimals) / 10n ** BigInt(-shift);
  return value < 0 ? -size : size;
}

const SCALE = 60;
const isUnknown = (value: number | null): value is null => value === null || Math.abs(value) > 1e100;
const isNothing = (value: number) => Math.abs(value) < 1e-100;

/** Arithmetic as docs/filter.md has it: null where there is no result. Powers are 0 to 3, and exact in halves. */
export function calculate(op: ArithmeticOp, left: number | null, right: number | null): number | null {
  if (isUnknown(left) || isUnknown(right)) return null;
  switch (op) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return isNothing(left) || isNothing(right) ? 0 : left * right;
    case '/':
      if (isNothing(right)) return null;
      return isNothing(left) ? 0 : left / right;
    case '%':
    case 'div': {
      if (isNothing(right)) return null;
      const [a, b] = [toUnits(left, SCALE), toUnits(right, SCALE)];
      if (b === 0n) return null;
      return op === 'div' ? Number(a / b) : Number(a % b) / 10 ** SCALE;
    }
    case '^':
      return right === 0 ? 1 : Number(toUnits(left, 1) ** BigInt(right)) / 10 ** right;
  }
}
