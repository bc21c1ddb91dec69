import type { Expression, PlainGeometry, Position } from './ast.ts';
import { isGeometry, isProperty } from './kinds.ts';
import { isPlainName, quoteName, quoteText } from './quote.ts';

/** A field, a value, an interval or a geometry as CQL2 text writes it. */
export function printLiteral(expression: Expression): string {
  if (typeof expression === 'string') return quoteText(expression);
  if (typeof expression === 'number') return String(expression);
  if (typeof expression === 'boolean') return expression ? 'TRUE' : 'FALSE';
  if (isProperty(expression)) return printName(expression.property);
  if (isGeometry(expression)) {
    if ('bbox' in expression) return `BBOX(${expression.bbox.join(', ')})`;
    if (expression.type !== 'GeometryCollection') return printGeometry(expression);
    return `GEOMETRYCOLLECTION(${expression.geometries.map(printGeometry).join(', ')})`;
  }
  if ('date' in expression) return `DATE(${quoteText(expression.date)})`;
  if ('timestamp' in expression) return `TIMESTAMP(${quoteText(expression.timestamp)})`;
  const { interval } = expression as Extract<Expression, { interval: unknown }>;
  const ends = interval.map((end) => (typeof end === 'string' ? quoteText(end) : printName(end.property)));
  return `INTERVAL(${ends.join(', ')})`;
}

const printName = (name: string) => (isPlainName(name) ? name : quoteName(name));

const position = (at: Position) => at.join(' ');
const inBrackets = <Item>(items: readonly Item[], print: (item: Item) => string) => `(${items.map(print).join(', ')})`;
const line = (positions: readonly Position[]) => inBrackets(positions, position);
const rings = (lines: readonly (readonly Position[])[]) => inBrackets(lines, line);

function printGeometry(geometry: PlainGeometry): string {
  const word = geometry.type.toUpperCase();
  switch (geometry.type) {
    case 'Point':
      return `${word}(${position(geometry.coordinates)})`;
    case 'LineString':
      return `${word}${line(geometry.coordinates)}`;
    case 'MultiPoint':
      return `${word}${inBrackets(geometry.coordinates, (at) => `(${position(at)})`)}`;
    case 'Polygon':
    case 'MultiLineString':
      return `${word}${rings(geometry.coordinates)}`;
    case 'MultiPolygon':
      return `${word}${inBrackets(geometry.coordinates, rings)}`;
  }
}
