import { InvalidFilter } from '../../errors.ts';
import type { AndOr, Expression, Predicate, Scalar } from '../ast.ts';
import type { Keyword } from '../keywords.ts';
import { isPredicate, isScalar } from '../kinds.ts';
import { COMPARISONS } from '../operators.ts';
import { TextValues } from './values.ts';

/**
 * Recursive descent, one method per level of binding, loosest first: OR, AND, NOT, predicate, then the values of
 * TextValues. What brackets hold is read as any expression, and who receives it says whether a condition or a value was
 * due: so nothing is read twice, and the work grows with the text.
 */
export class TextConditions extends TextValues {
  filter(): Predicate {
    const filter = this.#condition(this.anything());
    if (this.here.kind !== 'end') this.fail('AND, OR or the end of the filter');
    return filter;
  }

  protected anything(): Expression {
    return this.#chain('or', 'OR', () => this.#chain('and', 'AND', () => this.#not()));
  }

  #chain(op: AndOr['op'], word: Keyword, next: () => Expression): Expression {
    const { start } = this.here;
    const starts = [start];
    const first = next();
    if (!this.isWord(word)) return first;
    const args = [this.#condition(first)];
    while (this.takeWord(word)) {
      starts.push(this.here.start);
      args.push(this.#condition(next()));
    }
    return this.node(op, args, starts, start);
  }

  #not(): Expression {
    if (!this.takeWord('NOT')) return this.#predicate();
    return this.deeper(() => {
      const { start } = this.here;
      return this.node('not', [this.#condition(this.#not())], [start], start);
    });
  }

  /** A value and what is asked of it; the value alone when nothing is. */
  #predicate(): Expression {
    const { start } = this.here;
    const left = this.sum();
    const comparison = COMPARISONS.find((symbol) => this.isSymbol(symbol));
    if (comparison) {
      this.#value(left, start);
      this.advance();
      const right = this.here.start;
      return this.node(comparison, [left, this.sum()], [start, right], start);
    }
    if (this.isWord('IS')) return this.#isNull(left, start);
    const negated = this.takeWord('NOT');
    const asked = this.#asked(left, start);
    if (negated && !asked) this.fail('LIKE, BETWEEN or IN');
    if (!asked) return left;
    return negated ? this.node('not', [asked], [start], start) : asked;
  }

  #asked(left: Expression, start: number): Expression | undefined {
    if (this.takeWord('LIKE')) return this.#like(this.#value(left, start), start);
    if (this.takeWord('BETWEEN')) return this.#between(this.#value(left, start), start);
    if (this.takeWord('IN')) return this.#in(this.#value(left, start), start);
    return undefined;
  }

  #isNull(value: Expression, start: number): Expression {
    this.advance();
    const negated = this.takeWord('NOT');
    if (!this.takeWord('NULL')) this.fail(negated ? 'NULL' : 'NULL or NOT NULL');
    const test = this.node('isNull', [value], [start], start);
    return negated ? this.node('not', [test], [start], start) : test;
  }

  #like(value: Scalar, start: number): Expression {
    const pattern = this.here;
    const isPattern = pattern.kind === 'text' || this.isWord('CASEI') || this.isWord('ACCENTI');
    if (!isPattern) this.fail("a pattern such as 'Mop%'");
    return this.node('like', [value, this.sum()], [start, pattern.start], start);
  }

  #between(value: Scalar, start: number): Expression {
    const lowAt = this.here.start;
    const low = this.scalar();
    if (!this.takeWord('AND')) this.fail('AND and the upper bound of BETWEEN');
    const highAt = this.here.start;
    return this.node('between', [value, low, this.scalar()], [start, lowAt, highAt], start);
  }

  #in(value: Scalar, start: number): Expression {
    const listStart = this.here.start;
    const [members, starts] = this.inBrackets(() => this.scalar());
    return this.node('in', [value, this.builder.list(members, starts)], [start, listStart], start);
  }

  protected scalar(): Scalar {
    const at = this.here.start;
    return this.#value(this.sum(), at);
  }

  protected closing(inside: Expression): string {
    return isPredicate(inside) ? 'AND, OR or ")"' : 'an operator or ")"';
  }

  #condition(expression: Expression): Predicate {
    if (isPredicate(expression)) return expression;
    return this.fail('a comparison (=, <>, <, <=, >, >=, LIKE, BETWEEN, IN, IS NULL)');
  }

  #value(expression: Expression, start: number): Scalar {
    if (isScalar(expression)) return expression;
    const what = isPredicate(expression) ? 'a condition' : 'a geometry or an interval';
    throw new InvalidFilter(`Expected a field or a value at character ${start}, not ${what}.`, start);
  }
}
