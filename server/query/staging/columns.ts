import type { Field } from '../../core/layer.ts';
import { COLUMN_TYPE } from '../record-table.ts';
import { ident, type Sql, sql } from '../sql.ts';

/** The type of a field's column, as the table of records has it. */
export const columnType = ({ type }: Pick<Field, 'type'>): Sql => COLUMN_TYPE[type];

/** The day of the upload, for all records the same. */
export const RECORDED_AT = 'recorded_at';

/** Fields that a mapping fills: all but the day of recording. */
export const fieldsToFill = (fields: readonly Field[]): readonly Field[] =>
  fields.filter(({ name }) => name !== RECORDED_AT);

/** The field by which the newer of two records is told, in a table of records; null where the layer has none of the name. */
export function newerBy(field: string | null, fields: readonly Field[], table?: Sql): Sql | null {
  const of = (column: string) => (table ? sql`${table}.${ident(column)}` : ident(column));
  if (field === null || !fields.some(({ name }) => name === field)) return null;
  if (field === 'valid_from') return sql`lower(${of('valid')})`;
  return field === 'valid_to' ? sql`upper(${of('valid')})` : of(field);
}

const isBound = ({ name }: Field) => name === 'valid_from' || name === 'valid_to';

/** Fields with a column of their own: the bounds of the validity are one range. */
export const fieldsWithColumn = (fields: readonly Field[]): readonly Field[] =>
  fields.filter((field) => !isBound(field));
