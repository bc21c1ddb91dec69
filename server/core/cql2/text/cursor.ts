import { InvalidFilter } from '../../errors.ts';
import type { Expression } from '../ast.ts';
import { MAX_DEPTH, TreeBuilder } from '../build.ts';
import type { Keyword } from '../keywords.ts';
import type { Token } from '../tokens.ts';

/** Brackets and NOTs that one tree may need for each of its levels when it is printed. */
const MAX_NESTING = 2 * MAX_DEPTH + 10;

/** The tokens of a text and where the parser stands in them. It never goes back. */
export class Cursor {
  readonly builder = new TreeBuilder();
  readonly #tokens: readonly Token[];
  #index = 0;
  #nesting = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  protected get here(): Token {
    return this.#tokens[this.#index] as Token;
  }

  /** A node that stands at a character; its arguments have theirs. */
  protected node(op: string, args: readonly Expression[], places: readonly number[], start: number): Expression {
    return this.builder.node(op, args, places, start);
  }

  protected deeper<Result>(read: () => Result): Result {
    this.#nesting += 1;
    if (this.#nesting > MAX_NESTING) this.reject(`A filter nests at most ${MAX_DEPTH} levels deep`, this.here);
    const result = read();
    this.#nesting -= 1;
    return result;
  }

  /** Steps over a token and returns it; never over the end. */
  protected advance(): Token {
    const token = this.here;
    if (token.kind !== 'end') this.#index += 1;
    return token;
  }

  protected isWord(word: Keyword): boolean {
    return this.here.kind === 'keyword' && this.here.word === word;
  }

  protected isSymbol(symbol: string): boolean {
    return this.here.kind === 'symbol' && this.here.symbol === symbol;
  }

  protected takeWord(word: Keyword): boolean {
    const isHere = this.isWord(word);
    if (isHere) this.advance();
    return isHere;
  }

  protected takeSymbol(symbol: string): boolean {
    const isHere = this.isSymbol(symbol);
    if (isHere) this.advance();
    return isHere;
  }

  protected expect(symbol: string, expected = `"${symbol}"`): void {
    if (!this.takeSymbol(symbol)) this.fail(expected);
  }

  /** `( a, b, ... )`, one at least. */
  protected inBrackets<Item>(read: () => Item): [items: Item[], starts: number[]] {
    this.expect('(');
    const starts = [this.here.start];
    const items = [read()];
    while (this.takeSymbol(',')) {
      starts.push(this.here.start);
      items.push(read());
    }
    this.expect(')', '"," or ")"');
    return [items, starts];
  }

  protected fail(expected: string): never {
    const { kind, start } = this.here;
    const before = this.#tokens[this.#index - 1];
    const after = before ? ` after ${shown(before)}` : '';
    const instead = kind === 'end' ? ', where the filter ends' : `, not ${shown(this.here)}`;
    throw new InvalidFilter(`Expected ${expected}${after} at character ${start}${instead}.`, start);
  }

  protected reject(reason: string, token: Token): never {
    throw new InvalidFilter(`${reason} (at character ${token.start}).`, token.start);
  }
}

/** A token as a message quotes it: a text shows its own quotes. */
export function shown(token: Token): string {
  const raw = token.raw.length > 40 ? `${token.raw.slice(0, 39)}…` : token.raw;
  return token.kind === 'text' || raw.startsWith('"') ? raw : `"${raw}"`;
}
