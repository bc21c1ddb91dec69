/** What an expression of the style is asked about: one feature at one zoom, while the clock stands as it does. */
export interface Subject {
  readonly zoom: number;
  /** Attributes of the feature in its tile. */
  readonly attributes: Readonly<Record<string, unknown>>;
  /** The style's global state, such as the ends of the clock's window in days since 1970-01-01. */
  readonly state: Readonly<Record<string, unknown>>;
}

type Ask = (expression: unknown) => unknown;
type Operator = (given: readonly unknown[], ask: Ask, subject: Subject) => unknown;

/** An expression of a style has an operator that this server's own style does not use. */
export class UnknownOperator extends Error {}

const numbersOf = (given: readonly unknown[], ask: Ask) => given.map((each) => Number(ask(each)));

/** MapLibre compares only numbers with numbers: what is absent is not less than anything. */
const compare =
  (test: (a: number, b: number) => boolean): Operator =>
  ([left, right], ask) => {
    const [a, b] = [ask(left), ask(right)];
    return typeof a === 'number' && typeof b === 'number' && test(a, b);
  };

/** The way from one stop to the next, 0 to 1: https://maplibre.org/maplibre-style-spec/expressions/#interpolate */
function share(curve: readonly unknown[], value: number, from: number, to: number): number {
  if (curve[0] !== 'exponential' || curve[1] === 1) return (value - from) / (to - from);
  const base = Number(curve[1]);
  return (base ** (value - from) - 1) / (base ** (to - from) - 1);
}

const interpolate: Operator = ([curve, input, ...stops], ask) => {
  const value = Number(ask(input));
  const at = (index: number) => Number(stops[index * 2]);
  const output = (index: number) => Number(ask(stops[index * 2 + 1]));
  const last = stops.length / 2 - 1;
  if (value <= at(0)) return output(0);
  if (value >= at(last)) return output(last);
  let next = 1;
  while (at(next) <= value) next += 1;
  const way = share(curve as readonly unknown[], value, at(next - 1), at(next));
  return output(next - 1) + (output(next) - output(next - 1)) * way;
};

const step: Operator = ([input, first, ...stops], ask) => {
  const value = Number(ask(input));
  let result = first;
  for (let n = 0; n < stops.length && Number(stops[n]) <= value; n += 2) result = stops[n + 1];
  return ask(result);
};

const match: Operator = ([input, ...branches], ask) => {
  const value = ask(input);
  for (let n = 0; n + 1 < branches.length; n += 2) {
    const label = branches[n];
    if (Array.isArray(label) ? label.includes(value) : label === value) return ask(branches[n + 1]);
  }
  return ask(branches.at(-1));
};

const choose: Operator = (branches, ask) => {
  for (let n = 0; n + 1 < branches.length; n += 2) if (ask(branches[n]) === true) return ask(branches[n + 1]);
  return ask(branches.at(-1));
};

const coalesce: Operator = (given, ask) => {
  for (const each of given) {
    const value = ask(each);
    if (value !== null) return value;
  }
  return null;
};

const OPERATORS: Readonly<Record<string, Operator>> = {
  literal: ([value]) => value,
  get: ([name], _ask, { attributes }) => attributes[String(name)] ?? null,
  has: ([name], _ask, { attributes }) => attributes[String(name)] !== undefined,
  zoom: (_given, _ask, { zoom }) => zoom,
  'global-state': ([name], _ask, { state }) => state[String(name)] ?? null,
  // Nobody has pointed at anything in a picture, and no page has counted.
  'feature-state': () => null,
  boolean: (given, ask) => given.map(ask).find((value) => typeof value === 'boolean'),
  all: (given, ask) => given.every((each) => ask(each) === true),
  any: (given, ask) => given.some((each) => ask(each) === true),
  '!': ([of], ask) => ask(of) !== true,
  '==': ([left, right], ask) => ask(left) === ask(right),
  '<': compare((a, b) => a < b),
  '<=': compare((a, b) => a <= b),
  '>': compare((a, b) => a > b),
  '>=': compare((a, b) => a >= b),
  '*': (given, ask) => numbersOf(given, ask).reduce((product, number) => product * number, 1),
  '/': (given, ask) => {
    const [a = Number.NaN, b = Number.NaN] = numbersOf(given, ask);
    return a / b;
  },
  in: ([needle, list], ask) => (ask(list) as readonly unknown[]).includes(ask(needle)),
  concat: (given, ask) => given.map((each) => String(ask(each) ?? '')).join(''),
  'to-string': ([of], ask) => String(ask(of) ?? ''),
  'to-number': ([of], ask) => Number(ask(of) ?? 0),
  coalesce,
  case: choose,
  match,
  step,
  interpolate,
};

/**
 * What an expression of this server's own style comes to: https://maplibre.org/maplibre-style-spec/expressions/. Values that
 * are no list stand for themselves. A feature has no state. @throws UnknownOperator
 */
export function evaluate(expression: unknown, subject: Subject): unknown {
  if (!Array.isArray(expression)) return expression;
  const [name, ...given] = expression as readonly unknown[];
  const operator = OPERATORS[String(name)];
  if (!operator) throw new UnknownOperator(`A picture of the map cannot read "${String(name)}" in the style.`);
  return operator(given, (each) => evaluate(each, subject), subject);
}
