/** The words of CQL2 that cannot name a field unless double-quoted, in any case. S_DWITHIN is ours. */
const KEYWORDS = [
  ...['AND', 'BETWEEN', 'DATE', 'FALSE', 'IN', 'IS', 'LIKE', 'NOT', 'NULL', 'OR', 'TIMESTAMP', 'TRUE'],
  ...['A_CONTAINEDBY', 'A_CONTAINS', 'A_EQUALS', 'A_OVERLAPS', 'ACCENTI', 'BBOX', 'CASEI', 'DIV', 'INTERVAL'],
  ...['GEOMETRYCOLLECTION', 'LINESTRING', 'MULTILINESTRING', 'MULTIPOINT', 'MULTIPOLYGON', 'POINT', 'POLYGON'],
  ...['S_CONTAINS', 'S_CROSSES', 'S_DISJOINT', 'S_EQUALS', 'S_INTERSECTS', 'S_OVERLAPS', 'S_TOUCHES', 'S_WITHIN'],
  ...['S_DWITHIN', 'T_AFTER', 'T_BEFORE', 'T_CONTAINS', 'T_DISJOINT', 'T_DURING', 'T_EQUALS', 'T_FINISHEDBY'],
  ...['T_FINISHES', 'T_INTERSECTS', 'T_MEETS', 'T_METBY', 'T_OVERLAPPEDBY', 'T_OVERLAPS', 'T_STARTEDBY', 'T_STARTS'],
] as const;
export type Keyword = (typeof KEYWORDS)[number];
const RESERVED: ReadonlyMap<string, Keyword> = new Map(KEYWORDS.map((word) => [word, word]));

/** Keywords are ASCII: upper-casing alone would take `ın`, with a Turkish dotless i, for IN. */
export function toKeyword(name: string): Keyword | undefined {
  return /^[A-Z_]+$/i.test(name) ? RESERVED.get(name.toUpperCase()) : undefined;
}
