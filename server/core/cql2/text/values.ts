import type { Expression, Scalar } from '../ast.ts';
import { ARRAY, FUNCTIONS, isOneOf } from '../operators.ts';
import { shown } from './cursor.ts';
import { TextLiterals } from './literals.ts';

/** What stands on a side of a comparison or in the brackets of a function; tighter binding further down. */
export abstract class TextValues extends TextLiterals {
  /** Whatever may stand in brackets, a condition too. */
  protected abstract anything(): Expression;

  /** `a + b - c` */
  protected sum(): Expression {
    return this.#leftChain(['+', '-'], () => this.#product());
  }

  #product(): Expression {
    return this.#leftChain(['*', '/', '%', 'div'], () => this.#power());
  }

  #leftChain(ops: readonly string[], next: () => Expression): Expression {
    const { start } = this.here;
    let left = next();
    for (let op = this.#takeOne(ops); op; op = this.#takeOne(ops)) {
      const right = this.here.start;
      left = this.node(op, [left, next()], [start, right], start);
    }
    return left;
  }

  #takeOne(ops: readonly string[]): string | undefined {
    return ops.find((op) => (op === 'div' ? this.takeWord('DIV') : this.takeSymbol(op)));
  }

  /** Not a chain: CQL2 does not say which of two powers goes first. */
  #power(): Expression {
    const { start } = this.here;
    const base = this.#factor();
    if (!this.takeSymbol('^')) return base;
    const right = this.here.start;
    const power = this.node('^', [base, this.#factor()], [start, right], start);
    if (this.isSymbol('^')) this.reject('Of two powers say by brackets which goes first', this.here);
    return power;
  }

  #factor(): Expression {
    const { start } = this.here;
    if (this.isSymbol('+')) return this.signed();
    if (!this.takeSymbol('-')) return this.#operand();
    const token = this.here;
    if (token.kind === 'number') {
      this.advance();
      return token.value === 0 ? 0 : -token.value;
    }
    if (token.kind !== 'name' && !this.isSymbol('(')) this.fail('a number or a field');
    return this.node('*', [-1, this.#operand()], [start, token.start], start);
  }

  #operand(): Expression {
    const token = this.here;
    if (token.kind === 'keyword') return this.#keyword();
    if (token.kind === 'symbol' && token.symbol === '(') return this.#parenthesis();
    if (token.kind === 'symbol' || token.kind === 'end') return this.fail('a value');
    this.advance();
    if (token.kind !== 'name') return token.value;
    if (this.isSymbol('(')) this.reject(`Functions such as ${shown(token)} are not supported`, token);
    return { property: token.name };
  }

  #parenthesis(): Expression {
    this.expect('(');
    const inside = this.deeper(() => this.anything());
    this.expect(')', this.closing(inside));
    return inside;
  }

  protected abstract closing(inside: Expression): string;

  #keyword(): Expression {
    const token = this.advance();
    if (token.kind !== 'keyword') return this.fail('a value');
    const { word } = token;
    if (word === 'TRUE' || word === 'FALSE') return word === 'TRUE';
    if (word === 'NULL') return this.reject('NULL is compared with IS NULL or IS NOT NULL', token);
    if (this.isGeometryWord(word)) return this.geometry(word);
    if (!this.isSymbol('(')) {
      return this.reject(`Expected a value; a field called ${token.raw} is written "${token.raw}"`, token);
    }
    if (word === 'DATE') return this.date();
    if (word === 'TIMESTAMP') return this.timestamp();
    if (word === 'INTERVAL') return this.interval();
    const op = FUNCTIONS.get(word);
    return op ? this.#call(op, token.start) : this.fail('a value');
  }

  #call(op: string, start: number): Expression {
    const read = isOneOf(ARRAY, op) ? () => this.#list() : () => this.sum();
    const [args, starts] = this.deeper(() => this.inBrackets<Expression>(read));
    return this.node(op, args, starts, start);
  }

  /** In brackets, or a field that holds one. */
  #list(): Expression {
    if (!this.isSymbol('(')) return this.sum();
    const { start } = this.here;
    this.advance();
    if (this.takeSymbol(')')) return this.builder.list([], [start]);
    const starts = [this.here.start];
    const members = [this.scalar()];
    while (this.takeSymbol(',')) {
      starts.push(this.here.start);
      members.push(this.scalar());
    }
    this.expect(')', '"," or ")"');
    return this.builder.list(members, starts);
  }

  protected abstract scalar(): Scalar;
}
