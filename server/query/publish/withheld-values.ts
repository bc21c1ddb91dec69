import type { Field } from '../../core/layer.ts';
import { ident, join, type Query, sql, toQuery } from '../sql.ts';

/** A value of a field that some records have, none of which is public. */
export interface WithheldValue {
  readonly field: string;
  readonly value: string;
}

/** Of these fields, which hold texts or lists of texts, at least one: rows as WithheldValue. */
export function withheldValues(table: string, fields: readonly Field[]): Query {
  const parts = fields.map(({ name, type }) => {
    const column = sql`record.${ident(name)}`;
    const each = type === 'strings' ? sql`, unnest(${column}) AS element` : sql``;
    const value = type === 'strings' ? sql`element` : column;
    return sql`SELECT ${name}::text AS field, ${value} AS value FROM ${ident('layer', table)} AS record${each}
      WHERE ${value} IS NOT NULL GROUP BY ${value} HAVING NOT bool_or(record.handling = 'public')`;
  });
  return toQuery(join(parts, sql` UNION ALL `));
}
