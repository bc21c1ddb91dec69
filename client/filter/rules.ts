import type { Literal, Pattern, Predicate, Scalar } from '../../server/core/cql2/ast.ts';
import type { FilterField } from './fields.ts';

/** A filter as a form has it: conditions on one field each, all of which hold or any. */

export const COMPARISONS = ['=', '<>', '<', '<=', '>', '>='] as const;
type Comparison = (typeof COMPARISONS)[number];
export type Operator = Comparison | 'in' | 'notIn' | 'between' | 'contains' | 'starts' | 'isNull' | 'notNull';
export type Value = string | number | boolean;

export interface Rule {
  readonly field: string;
  readonly operator: Operator;
  /** As many as the operator takes; days are YYYY-MM-DD, moments in UTC. */
  readonly values: readonly Value[];
}

export interface Rules {
  readonly combine: 'and' | 'or';
  readonly rules: readonly Rule[];
}

type Typed = Pick<FilterField, 'name' | 'type' | 'values'>;

const NULLS = ['notNull', 'isNull'] as const;

/** What can be asked of a field, the likeliest first. */
export function operatorsOf({ type, values }: Pick<FilterField, 'type' | 'values'>): readonly Operator[] {
  switch (type) {
    case 'string':
      return values ? ['in', 'notIn', ...NULLS] : ['contains', 'starts', '=', '<>', ...NULLS];
    case 'strings':
      return ['in', 'notIn', ...NULLS];
    case 'boolean':
      return ['=', ...NULLS];
    case 'date':
    case 'datetime':
      return ['>=', '<=', 'between', '=', '<', '>', ...NULLS];
    default:
      return ['>=', '<=', 'between', '=', '<>', '<', '>', ...NULLS];
  }
}

/** How many values an operator takes; null: one or more. */
export function valuesOf(operator: Operator): number | null {
  if (operator === 'isNull' || operator === 'notNull') return 0;
  if (operator === 'between') return 2;
  return operator === 'in' || operator === 'notIn' ? null : 1;
}

/** Whether enough is said to ask it. */
export function isComplete({ operator, values }: Rule): boolean {
  const wanted = valuesOf(operator);
  const isSaid = values.every((value) => value !== '' && !(typeof value === 'number' && !Number.isFinite(value)));
  return isSaid && (wanted === null ? values.length > 0 : values.length === wanted);
}

function literal(type: FilterField['type'] | undefined, value: Value): Literal {
  if (type === 'date' && typeof value === 'string') return { date: value };
  if (type === 'datetime' && typeof value === 'string') return { timestamp: value };
  return value;
}

const property = (name: string) => ({ property: name });
const folded = <Of extends Scalar | Pattern>(of: Of) =>
  ({ op: 'accenti', args: [{ op: 'casei', args: [of] }] }) as const;
const escaped = (text: string) => text.replaceAll(/[\\%_]/g, '\\$&');

function toTest(rule: Rule, type: FilterField['type'] | undefined): Predicate {
  const field = property(rule.field);
  const values = rule.values.map((value) => literal(type, value));
  const [first, second] = values as [Literal, Literal];
  switch (rule.operator) {
    case 'isNull':
      return { op: 'isNull', args: [field] };
    case 'notNull':
      return { op: 'not', args: [{ op: 'isNull', args: [field] }] };
    case 'in':
      return { op: 'in', args: [field, values] };
    case 'notIn':
      return { op: 'not', args: [{ op: 'in', args: [field, values] }] };
    case 'between':
      return { op: 'between', args: [field, first, second] };
    case 'contains':
    case 'starts': {
      const pattern = `${rule.operator === 'contains' ? '%' : ''}${escaped(String(rule.values[0]))}%`;
      // Neither capitals nor accents count: "menaka" finds Ménaka.
      return { op: 'like', args: [folded<Scalar>(field), folded<Pattern>(pattern)] } as Predicate;
    }
    default:
      return { op: rule.operator, args: [field, first] };
  }
}

/** The rules as a filter; null when none is complete. */
export function toPredicate({ combine, rules }: Rules, fields: readonly Typed[]): Predicate | null {
  const typeOf = (name: string) => fields.find((field) => field.name === name)?.type;
  const tests = rules.filter(isComplete).map((rule) => toTest(rule, typeOf(rule.field)));
  if (tests.length < 2) return tests[0] ?? null;
  return { op: combine, args: tests };
}

type Node = { readonly op?: string; readonly args?: readonly unknown[]; readonly [key: string]: unknown };
const node = (value: unknown): Node => (typeof value === 'object' && value !== null ? (value as Node) : {});

function nameIn(value: unknown, fields: readonly Typed[]): Typed | null {
  return fields.find(({ name }) => name === node(value).property) ?? null;
}

/** A value as the form writes it; undefined: something else than a value of the field's type. */
function valueIn(value: unknown, type: FilterField['type']): Value | undefined {
  if (type === 'date') return typeof node(value).date === 'string' ? String(node(value).date) : undefined;
  if (type === 'datetime') return typeof node(value).timestamp === 'string' ? String(node(value).timestamp) : undefined;
  const wanted = type === 'boolean' ? 'boolean' : type === 'integer' || type === 'number' ? 'number' : 'string';
  const written: string = typeof value;
  return written === wanted ? (value as Value) : undefined;
}

/** The text between two `%`, or before one; null where the pattern asks more than that. */
function patternIn(pattern: string): Pick<Rule, 'operator' | 'values'> | null {
  const isInside = pattern.startsWith('%');
  const body = pattern.slice(isInside ? 1 : 0, -1);
  if (!pattern.endsWith('%') || !/^(?:[^\\%_]|\\[\\%_])+$/s.test(body)) return null;
  return { operator: isInside ? 'contains' : 'starts', values: [body.replaceAll(/\\([\\%_])/g, '$1')] };
}

/** What is inside `ACCENTI(CASEI(...))`. */
const unfolded = (value: unknown): unknown =>
  node(value).op === 'accenti' && node(node(value).args?.[0]).op === 'casei'
    ? node(node(value).args?.[0]).args?.[0]
    : undefined;

function toRule(predicate: Predicate, fields: readonly Typed[]): Rule | null {
  const { op, args = [] } = node(predicate);
  if (op === 'not') {
    const inner = toRule(args[0] as Predicate, fields);
    const opposite = inner?.operator === 'in' ? 'notIn' : inner?.operator === 'isNull' ? 'notNull' : null;
    return inner && opposite ? made(inner.field, opposite, inner.values, fields) : null;
  }
  if (op === 'like') {
    const field = nameIn(unfolded(args[0]), fields);
    const pattern = unfolded(args[1]);
    const found = typeof pattern === 'string' ? patternIn(pattern) : null;
    return field && found ? made(field.name, found.operator, found.values, fields) : null;
  }
  const field = nameIn(args[0], fields);
  if (!field) return null;
  if (op === 'isNull') return made(field.name, 'isNull', [], fields);
  const given = op === 'in' ? (args[1] as readonly unknown[]) : args.slice(1);
  if (!['in', 'between', ...COMPARISONS].includes(op ?? '') || !Array.isArray(given)) return null;
  const values = given.map((value) => valueIn(value, field.type));
  if (values.includes(undefined)) return null;
  // Of a closed list one word is a choice of one.
  const isChoice = operatorsOf(field).includes('in');
  const operator = isChoice && op === '=' ? 'in' : isChoice && op === '<>' ? 'notIn' : (op as Operator);
  return made(field.name, operator, values as Value[], fields);
}

/** Only what the form offers for the field: a word that is not in its list, say, would not show in it. */
function made(name: string, operator: Operator, values: readonly Value[], fields: readonly Typed[]): Rule | null {
  const field = fields.find((each) => each.name === name);
  const isOffered = field && operatorsOf(field).includes(operator);
  const isKnown = values.every((value) => !field?.values || field.values.some((word) => word.value === value));
  const rule = { field: name, operator, values };
  return isOffered && isKnown && isComplete(rule) ? rule : null;
}

/** A filter as rules; null where it asks what the form cannot. */
export function toRules(predicate: Predicate, fields: readonly Typed[]): Rules | null {
  const { op, args = [] } = node(predicate);
  const isList = op === 'and' || op === 'or';
  const rules = (isList ? (args as Predicate[]) : [predicate]).map((each) => toRule(each, fields));
  if (rules.includes(null)) return null;
  return { combine: isList ? op : 'and', rules: rules as Rule[] };
}
