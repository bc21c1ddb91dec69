import { InvalidFilter } from '../../errors.ts';
import type { Expression, IntervalEnd, IntervalLiteral, Predicate } from '../ast.ts';
import { TreeBuilder, where } from '../build.ts';
import { isDate, isIntervalEnd, isTimestamp } from '../instants.ts';
import { isPredicate } from '../kinds.ts';
import { ARITHMETIC, COMPARISONS, FUNCTIONS } from '../operators.ts';
import { FORBIDDEN } from '../tokens.ts';
import { readBbox, readGeometry } from './geometry.ts';
import { fail, isObject, type JsonObject, list, members, number, text } from './shapes.ts';

const OPERATORS: ReadonlySet<string> = new Set([
  ...['and', 'or', 'not', 'like', 'between', 'in', 'isNull'],
  ...COMPARISONS,
  ...ARITHMETIC,
  ...FUNCTIONS.values(),
]);

/** Values that JSON.parse made, as expressions: every member known, every operator with its arguments. */
export class JsonExpressions {
  readonly builder = new TreeBuilder();

  filter(value: unknown): Predicate {
    const expression = this.#expression(value, '');
    if (isPredicate(expression)) return expression;
    return fail('a condition such as {"op": ">", "args": [{"property": "killed"}, 5]}', '', value);
  }

  #expression(value: unknown, pointer: string): Expression {
    if (typeof value === 'boolean') return value;
    if (typeof value === 'number') return number(value, pointer);
    if (typeof value === 'string') return text(value, 'a text', pointer);
    if (Array.isArray(value)) return this.#list(value, pointer);
    if (!isObject(value)) return fail('a field, a value or an operator', pointer, value);
    if ('op' in value) return this.#node(value, pointer);
    if ('property' in value) return this.#property(value, pointer);
    if ('date' in value) return { date: this.#instant(value, 'date', isDate, pointer) };
    if ('timestamp' in value) return { timestamp: this.#instant(value, 'timestamp', isTimestamp, pointer) };
    if ('interval' in value) return this.#interval(value, pointer);
    if ('type' in value) return readGeometry(value, pointer);
    if ('bbox' in value) return readBbox(value, pointer);
    return fail('one of op, property, date, timestamp, interval, type and bbox', pointer, value);
  }

  #node(value: JsonObject, pointer: string): Expression {
    const { op, args } = members(value, ['op', 'args'], pointer);
    if (typeof op !== 'string' || !OPERATORS.has(op)) {
      const hint = typeof op === 'string' ? nearestOperator(op) : undefined;
      const known = hint ? `an operator such as ${JSON.stringify(hint)}` : 'an operator of CQL2';
      return fail(known, `${pointer}/op`, op);
    }
    const given = list(args, 'a list of arguments', `${pointer}/args`);
    const places = given.map((_, index) => `${pointer}/args/${index}`);
    const read = given.map((arg, index) => this.#expression(arg, places[index] as string));
    return this.builder.node(op, read, places, pointer);
  }

  #list(value: readonly unknown[], pointer: string): Expression {
    const places = value.map((_, index) => `${pointer}/${index}`);
    const read = value.map((member, index) => {
      const expression = this.#expression(member, places[index] as string);
      if (isObject(expression) && !('op' in expression || 'property' in expression) && !isInstant(expression)) {
        return fail('a field or a value', places[index] as string, member);
      }
      if (Array.isArray(expression) || (isPredicate(expression) && typeof expression !== 'boolean')) {
        return fail('a field or a value', places[index] as string, member);
      }
      return expression;
    });
    return this.builder.list(read, places) as Expression;
  }

  #property(value: JsonObject, pointer: string): { property: string } {
    const { property } = members(value, ['property'], pointer);
    const name = text(property, 'the name of a field', `${pointer}/property`);
    if (!name || FORBIDDEN.test(name)) return fail('the name of a field', `${pointer}/property`, property);
    return { property: name };
  }

  #instant(value: JsonObject, name: string, isValid: (text: string) => boolean, pointer: string): string {
    const written = members(value, [name], pointer)[name];
    if (typeof written === 'string' && isValid(written)) return written;
    const example = name === 'date' ? '"2022-03-27"' : '"2022-03-27T06:00:00Z"';
    return fail(`a ${name} such as ${example}`, `${pointer}/${name}`, written);
  }

  #interval(value: JsonObject, pointer: string): IntervalLiteral {
    const at = `${pointer}/interval`;
    const ends = list(members(value, ['interval'], pointer).interval, 'two ends', at);
    if (ends.length !== 2) throw new InvalidFilter(`interval takes 2 ends, not ${ends.length} (at ${where(at)}).`, at);
    const read = ends.map((end, index) => this.#intervalEnd(end, `${at}/${index}`));
    const interval = read as unknown as readonly [IntervalEnd, IntervalEnd];
    return { interval: this.builder.list(interval, [`${at}/0`, `${at}/1`]) };
  }

  #intervalEnd(value: unknown, pointer: string): IntervalEnd {
    if (isObject(value) && 'property' in value) return this.#property(value, pointer);
    if (typeof value === 'string' && isIntervalEnd(value)) return value;
    return fail('a day or time such as "2022-03-27", ".." for an open end, or a field', pointer, value);
  }
}

const isInstant = (expression: object) => 'date' in expression || 'timestamp' in expression;

/** JSON minds capitals: `S_INTERSECTS` is `s_intersects`, `T_METBY` is `t_metBy`. */
function nearestOperator(op: string): string | undefined {
  return [...OPERATORS].find((known) => known.toLowerCase() === op.toLowerCase());
}
