import type { Expression } from '../../core/cql2/ast.ts';
import { isProperty } from '../../core/cql2/kinds.ts';
import type { FilterProperty } from '../../core/cql2/properties.ts';
import { ident, type Sql, sql } from '../sql.ts';

/** What the filter is about. */
export interface Subject {
  readonly properties: ReadonlyMap<string, FilterProperty>;
  /** Its records are points. */
  readonly isPoint: boolean;
}

/** What an expression names; nothing when it names nothing. */
export function propertyOf(expression: Expression, { properties }: Subject): FilterProperty | undefined {
  if (!isProperty(expression)) return undefined;
  const property = properties.get(expression.property);
  if (!property) throw new Error('the filter was checked against another layer');
  return property;
}

export function columnOf(expression: Expression, subject: Subject): Sql | undefined {
  const property = propertyOf(expression, subject);
  return property && column(property);
}

export function column({ name, type }: FilterProperty): Sql {
  if (type === 'geometry') return ident('geom');
  if (name === 'valid_from') return sql`(lower(${ident('valid')}) AT TIME ZONE 'UTC')::date`;
  if (name === 'valid_to') return sql`(upper(${ident('valid')}) AT TIME ZONE 'UTC')::date`;
  return ident(name);
}
