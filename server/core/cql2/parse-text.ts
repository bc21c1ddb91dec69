import { InvalidFilter } from '../errors.ts';
import {
  type AndOr,
  COMPARISONS,
  type Comparison,
  type Expression,
  isDate,
  isPredicate,
  isScalar,
  isTimestamp,
  MAX_DEPTH,
  type ParsedFilter,
  type Positions,
  type Predicate,
  type Scalar,
} from './ast.ts';
import { type Keyword, type Token, tokenize } from './tokens.ts';

/**
 * CQL2 text (OGC 21-065) to a tree. Names are not looked up here; `checkFilter` does that.
 * Throws InvalidFilter that says what was expected, and where.
 */
export function parseFilter(text: string): ParsedFilter {
  const parser = new TextParser(tokenize(text));
  return { predicate: parser.filter(), positions: parser.positions };
}

/**
 * Recursive descent, one method per level of binding, loosest first: OR, AND, NOT, predicate, operand. It never goes back:
 * what parentheses hold is read as any expression, and who receives it says whether a condition or a value was due. So the
 * work grows with the text, and arithmetic will be levels between predicate and operand.
 */
class TextParser {
  readonly positions: Positions = new WeakMap();
  readonly #tokens: readonly Token[];
  #index = 0;
  #depth = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  filter(): Predicate {
    const filter = this.#condition(this.#or());
    if (this.#here.kind !== 'end') this.#fail('AND, OR or the end of the filter');
    return filter;
  }

  #or(): Expression {
    return this.#chain('or', 'OR', () => this.#and());
  }

  #and(): Expression {
    return this.#chain('and', 'AND', () => this.#not());
  }

  #chain(op: AndOr['op'], word: Keyword, next: () => Expression): Expression {
    const starts = [this.#here.start];
    const first = next();
    if (!this.#isWord(word)) return first;
    const args = [this.#condition(first)];
    while (this.#takeWord(word)) {
      starts.push(this.#here.start);
      args.push(this.#condition(next()));
    }
    return { op, args: this.#locate(args, starts) };
  }

  #not(): Expression {
    if (!this.#takeWord('NOT')) return this.#predicate();
    return this.#deeper(() => {
      const start = this.#here.start;
      return this.#negation(this.#condition(this.#not()), start);
    });
  }

  /** An operand and what is asked of it; an operand alone when nothing is. */
  #predicate(): Expression {
    const start = this.#here.start;
    const left = this.#operand();
    const comparison = COMPARISONS.find((symbol) => this.#isSymbol(symbol));
    if (comparison) return this.#comparison(this.#value(left, start), start, comparison);
    if (this.#isWord('IS')) return this.#isNull(this.#value(left, start), start);
    const negated = this.#takeWord('NOT');
    const asked = this.#asked(left, start);
    if (negated && !asked) this.#fail('LIKE, BETWEEN or IN');
    if (!asked) return left;
    return negated ? this.#negation(asked, start) : asked;
  }

  #asked(left: Expression, start: number): Predicate | undefined {
    if (this.#isWord('LIKE')) return this.#like(this.#value(left, start), start);
    if (this.#isWord('BETWEEN')) return this.#between(this.#value(left, start), start);
    if (this.#isWord('IN')) return this.#in(this.#value(left, start), start);
    return undefined;
  }

  #comparison(left: Scalar, start: number, op: Comparison['op']): Predicate {
    this.#advance();
    const [right, at] = this.#nextValue();
    return { op, args: this.#locate([left, right] as const, [start, at]) };
  }

  #isNull(value: Scalar, start: number): Predicate {
    this.#advance();
    const negated = this.#takeWord('NOT');
    if (!this.#takeWord('NULL')) this.#fail(negated ? 'NULL' : 'NULL or NOT NULL');
    const test: Predicate = { op: 'isNull', args: this.#locate([value] as const, [start]) };
    return negated ? this.#negation(test, start) : test;
  }

  #like(value: Scalar, start: number): Predicate {
    this.#advance();
    const pattern = this.#here;
    if (pattern.kind !== 'text') return this.#fail("a pattern such as 'Mop%'");
    this.#advance();
    return { op: 'like', args: this.#locate([value, pattern.value] as const, [start, pattern.start]) };
  }

  #between(value: Scalar, start: number): Predicate {
    this.#advance();
    const [low, lowAt] = this.#nextValue();
    if (!this.#takeWord('AND')) this.#fail('AND and the upper bound of BETWEEN');
    const [high, highAt] = this.#nextValue();
    return { op: 'between', args: this.#locate([value, low, high] as const, [start, lowAt, highAt]) };
  }

  #in(value: Scalar, start: number): Predicate {
    this.#advance();
    const listStart = this.#here.start;
    this.#expect('(');
    const members = [this.#nextValue()];
    while (this.#takeSymbol(',')) members.push(this.#nextValue());
    this.#expect(')', '"," or ")"');
    const list = this.#locate(
      members.map(([member]) => member),
      members.map(([, at]) => at),
    );
    return { op: 'in', args: this.#locate([value, list] as const, [start, listStart]) };
  }

  #nextValue(): [Scalar, at: number] {
    const at = this.#here.start;
    return [this.#value(this.#operand(), at), at];
  }

  #operand(): Expression {
    const token = this.#here;
    if (token.kind === 'keyword') return this.#keyword(token.word);
    if (token.kind === 'symbol') return token.symbol === '(' ? this.#parenthesis() : this.#signedNumber();
    if (token.kind === 'end') return this.#fail('a value');
    this.#advance();
    if (token.kind !== 'name') return token.value;
    if (this.#isSymbol('(')) this.#reject(`Functions such as ${shown(token)} are not supported`, token);
    return { property: token.name };
  }

  #parenthesis(): Expression {
    this.#expect('(');
    const inside = this.#deeper(() => this.#or());
    this.#expect(')', isPredicate(inside) ? 'AND, OR or ")"' : 'a comparison or ")"');
    return inside;
  }

  #signedNumber(): number {
    const negative = this.#isSymbol('-');
    if (!this.#takeSymbol('-') && !this.#takeSymbol('+')) this.#fail('a value');
    const token = this.#here;
    if (token.kind !== 'number') return this.#fail('a number');
    this.#advance();
    return negative && token.value !== 0 ? -token.value : token.value;
  }

  #keyword(word: Keyword): Expression {
    const token = this.#advance();
    if (word === 'TRUE' || word === 'FALSE') return word === 'TRUE';
    if (word === 'NULL') return this.#reject('NULL is compared with IS NULL or IS NOT NULL', token);
    if (!this.#isSymbol('(')) {
      return this.#reject(`Expected a value; a field called ${token.raw} is written "${token.raw}"`, token);
    }
    if (word === 'DATE') return { date: this.#instant(isDate, "a day such as '2022-03-27'") };
    if (word === 'TIMESTAMP') return { timestamp: this.#instant(isTimestamp, "a time such as '2022-03-27T06:00:00Z'") };
    return this.#reject(`The operator ${word} is not supported`, token);
  }

  #instant(isValid: (text: string) => boolean, expected: string): string {
    this.#expect('(');
    const token = this.#here;
    if (token.kind !== 'text' || !isValid(token.value)) return this.#fail(expected);
    this.#advance();
    this.#expect(')');
    return token.value;
  }

  #negation(predicate: Predicate, start: number): Predicate {
    return { op: 'not', args: this.#locate([predicate] as const, [start]) };
  }

  #locate<Args extends readonly unknown[]>(args: Args, starts: readonly number[]): Args {
    this.positions.set(args, starts);
    return args;
  }

  #condition(expression: Expression): Predicate {
    if (isPredicate(expression)) return expression;
    if (this.#isArithmetic) this.#reject('Arithmetic is not supported', this.#here);
    return this.#fail('a comparison (=, <>, <, <=, >, >=, LIKE, BETWEEN, IN, IS NULL)');
  }

  #value(expression: Expression, start: number): Scalar {
    if (isScalar(expression)) return expression;
    throw new InvalidFilter(`Expected a field or a value at character ${start}, not a condition.`, start);
  }

  #deeper<Result>(read: () => Result): Result {
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH) this.#reject(`A filter nests at most ${MAX_DEPTH} levels deep`, this.#here);
    const result = read();
    this.#depth -= 1;
    return result;
  }

  get #here(): Token {
    return this.#tokens[this.#index] as Token;
  }

  get #isArithmetic(): boolean {
    return this.#here.kind === 'symbol' && '+-*/^'.includes(this.#here.symbol);
  }

  /** Steps over a token and returns it; never over the end. */
  #advance(): Token {
    const token = this.#here;
    if (token.kind !== 'end') this.#index += 1;
    return token;
  }

  #isWord(word: Keyword): boolean {
    return this.#here.kind === 'keyword' && this.#here.word === word;
  }

  #isSymbol(symbol: string): boolean {
    return this.#here.kind === 'symbol' && this.#here.symbol === symbol;
  }

  #takeWord(word: Keyword): boolean {
    const isHere = this.#isWord(word);
    if (isHere) this.#advance();
    return isHere;
  }

  #takeSymbol(symbol: string): boolean {
    const isHere = this.#isSymbol(symbol);
    if (isHere) this.#advance();
    return isHere;
  }

  #expect(symbol: string, expected = `"${symbol}"`): void {
    if (this.#takeSymbol(symbol)) return;
    if (this.#isArithmetic) this.#reject('Arithmetic is not supported', this.#here);
    this.#fail(expected);
  }

  #fail(expected: string): never {
    const { kind, start } = this.#here;
    const before = this.#tokens[this.#index - 1];
    const after = before ? ` after ${shown(before)}` : '';
    const instead = kind === 'end' ? ', where the filter ends' : `, not ${shown(this.#here)}`;
    throw new InvalidFilter(`Expected ${expected}${after} at character ${start}${instead}.`, start);
  }

  #reject(reason: string, token: Token): never {
    throw new InvalidFilter(`${reason} (at character ${token.start}).`, token.start);
  }
}

/** A token as a message quotes it: a text shows its own quotes. */
function shown(token: Token): string {
  const raw = token.raw.length > 40 ? `${token.raw.slice(0, 39)}…` : token.raw;
  return token.kind === 'text' || raw.startsWith('"') ? raw : `"${raw}"`;
}
