import { expect } from 'chai';
import { recordFields } from '../../server/core/layer.ts';
import { LAYER } from '../unit/core/cql2/layer.ts';

/** Everything that the SQL of a filter on LAYER is made of: nothing else may occur in it. */

const columns = [...recordFields(LAYER).map(({ name }) => name), 'valid', 'geom', 'L', 'R'].map((name) => `"${name}"`);
const WORDS = [
  ...['SELECT', 'FROM', 'AS', 'pair', 'OFFSET 0', 'CASE', 'WHEN', 'THEN', 'ELSE', 'END', 'NULL', 'COLLATE "C"'],
  ...['COLLATE "und-x-icu"', 'LIKE', 'BETWEEN', 'IN', 'IS', 'NOT', 'AND', 'OR', 'ANY', 'ESCAPE', 'AT TIME ZONE'],
  ...['abs', 'mod', 'div', 'power', 'trunc', 'ln', 'lower', 'upper', 'translate', 'normalize', 'regexp_replace'],
  ...['NFD', 'NFC', 'isempty', 'coalesce', 'tstzrange', 'ST_MakeEnvelope', 'ST_SetSRID', 'ST_GeomFromGeoJSON'],
  ...['ST_MakeValid', 'ST_CollectionExtract', 'ST_DWithin', 'ST_Intersects', 'ST_Within', 'ST_Contains', 'ST_Touches'],
  ...['ST_Crosses', 'ST_Overlaps', 'ST_Equals'],
];
const PIECE = new RegExp(
  [
    String.raw`\$\d+`,
    String.raw`::(?:(?:text|bigint|float8|boolean|date|timestamptz)(?:\[\])?|timestamp|numeric|geography)(?!\w)`,
    ...columns,
    String.raw`'(?:UTC|-infinity|infinity|\[\]|\[\)|ς|σ|g|\\|)'`,
    String.raw`'\[(?:\\[uU][0-9a-f]+-?)+\]'`,
    ...WORDS.map((word) => `${word}(?!\\w)`),
    '4326|460|1e-?100|[013]',
    String.raw`&&|@>|<@|<>|<=|>=|[-=<>(),+*/]|\s`,
  ].join('|'),
  'y',
);

export function expectOnlyPieces(text: string): void {
  PIECE.lastIndex = 0;
  while (PIECE.lastIndex < text.length) {
    const from = PIECE.lastIndex;
    if (!PIECE.test(text)) expect.fail(`not a piece of our SQL: ${text.slice(from)} in ${text}`);
  }
}
