import type { BboxLiteral, GeometryLiteral, IntervalEnd, PlainGeometry, Position } from '../ast.ts';
import { isDate, isIntervalEnd, isTimestamp } from '../instants.ts';
import type { Keyword } from '../keywords.ts';
import { Cursor } from './cursor.ts';

const PLAIN = ['POINT', 'LINESTRING', 'POLYGON', 'MULTIPOINT', 'MULTILINESTRING', 'MULTIPOLYGON'] as const;
const isPlain = (word: Keyword): word is (typeof PLAIN)[number] => (PLAIN as readonly string[]).includes(word);

/** Times and geometries, as CQL2 text writes them. */
export class TextLiterals extends Cursor {
  protected date(): { date: string } {
    return { date: this.#quoted(isDate, "a day such as '2022-03-27'") };
  }

  protected timestamp(): { timestamp: string } {
    return { timestamp: this.#quoted(isTimestamp, "a time such as '2022-03-27T06:00:00Z'") };
  }

  protected interval(): { interval: readonly [IntervalEnd, IntervalEnd] } {
    const [ends, starts] = this.inBrackets(() => this.#intervalEnd());
    if (ends.length !== 2) this.reject(`INTERVAL takes 2 ends, not ${ends.length}`, this.here);
    return { interval: this.builder.list(ends as unknown as readonly [IntervalEnd, IntervalEnd], starts) };
  }

  protected isGeometryWord(word: Keyword): boolean {
    return isPlain(word) || word === 'GEOMETRYCOLLECTION' || word === 'BBOX';
  }

  /** Behind its first word. */
  protected geometry(word: Keyword): GeometryLiteral {
    if (word === 'BBOX') return this.#bbox();
    if (word !== 'GEOMETRYCOLLECTION') return this.#plain(word);
    this.#dimension();
    const [geometries] = this.inBrackets(() => {
      const inner = this.here;
      if (inner.kind !== 'keyword' || !isPlain(inner.word)) return this.fail('a geometry such as POINT(-4 14.5)');
      this.advance();
      return this.#plain(inner.word);
    });
    return { type: 'GeometryCollection', geometries };
  }

  #plain(word: Keyword): PlainGeometry {
    this.#dimension();
    const line = () => this.inBrackets(() => this.#position())[0];
    const rings = () => this.inBrackets(line)[0];
    switch (word) {
      case 'POINT':
        return { type: 'Point', coordinates: this.#bracketed(() => this.#position()) };
      case 'LINESTRING':
        return { type: 'LineString', coordinates: line() };
      case 'POLYGON':
        return { type: 'Polygon', coordinates: rings() };
      case 'MULTIPOINT': {
        const one = () => (this.isSymbol('(') ? this.#bracketed(() => this.#position()) : this.#position());
        return { type: 'MultiPoint', coordinates: this.inBrackets(one)[0] };
      }
      case 'MULTILINESTRING':
        return { type: 'MultiLineString', coordinates: rings() };
      default:
        return { type: 'MultiPolygon', coordinates: this.inBrackets(rings)[0] };
    }
  }

  #bracketed<Item>(read: () => Item): Item {
    this.expect('(');
    const item = read();
    this.expect(')');
    return item;
  }

  /** `Z` says that there are heights, which are read with or without it. */
  #dimension(): void {
    const token = this.here;
    if (token.kind !== 'name') return;
    if (token.name.toUpperCase() === 'EMPTY') this.reject('An empty geometry meets nothing: leave it out', token);
    if (token.name.toUpperCase() === 'Z') this.advance();
  }

  #position(): Position {
    const position: Position = [this.signed(), this.signed()];
    if (this.here.kind === 'number' || this.isSymbol('-') || this.isSymbol('+')) this.signed();
    return position;
  }

  #bbox(): BboxLiteral {
    const { start } = this.here;
    const [numbers] = this.inBrackets(() => this.signed());
    const [west, south, third, fourth, fifth] = numbers as [number, number, number, number, number];
    if (numbers.length === 4) return { bbox: [west, south, third, fourth] };
    if (numbers.length === 6) return { bbox: [west, south, fourth, fifth] };
    return this.reject(`BBOX takes 4 numbers, west, south, east, north, or 6 with heights, not ${numbers.length}`, {
      ...this.here,
      start,
    });
  }

  /** A number with its sign, which is a part of it here. */
  protected signed(): number {
    const negative = this.isSymbol('-');
    if (!this.takeSymbol('-')) this.takeSymbol('+');
    const token = this.here;
    if (token.kind !== 'number') return this.fail('a number');
    this.advance();
    return negative && token.value !== 0 ? -token.value : token.value;
  }

  #intervalEnd(): IntervalEnd {
    const token = this.here;
    if (token.kind === 'name') {
      this.advance();
      return { property: token.name };
    }
    if (token.kind !== 'text' || !isIntervalEnd(token.value)) {
      return this.fail("a day or time in quotes such as '2022-03-27', '..' for an open end, or a field");
    }
    this.advance();
    return token.value;
  }

  #quoted(isValid: (text: string) => boolean, expected: string): string {
    this.expect('(');
    const token = this.here;
    if (token.kind !== 'text' || !isValid(token.value)) return this.fail(expected);
    this.advance();
    this.expect(')');
    return token.value;
  }
}
