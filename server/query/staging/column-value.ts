import type { Field } from '../../core/layer.ts';
import type { Checking } from '../checks/check.ts';
import { type Sql, sql } from '../sql.ts';
import { columnType, RECORDED_AT } from './columns.ts';
import { findCell } from './validity.ts';

/** What a record's column is filled with, and where nothing fills it. */
export function columnValue(field: Field, checking: Checking, today: string): Sql {
  if (field.name === RECORDED_AT) return sql`${today}::date`;
  const cell = findCell(checking.cells, field.name);
  const value = cell?.value ?? sql`NULL::${columnType(field)}`;
  const { layer, staging, cells } = checking;
  const name = staging.upload.slice(0, 8);
  switch (field.name) {
    case 'record_id':
      return sql`coalesce(nullif(${value}, ''), left(nullif(source_id, ''), 200), ${name}::text || '-' || idx)`;
    case 'source':
      return sql`coalesce(${value}, 'upload ' || ${name}::text)`;
    case 'locator':
      return sql`coalesce(${value}, 'record ' || idx)`;
    case 'confidence':
      return sql`coalesce(${value}, ${layer.nature === 'documented' ? 'reported' : layer.nature}::text)`;
    case 'handling':
      // What cannot be read must not become public by that.
      return sql`coalesce(${value}, ${cell ? sql`CASE WHEN ${cell.text} IS NULL THEN ${layer.handling}::text ELSE 'restricted' END` : sql`${layer.handling}::text`})`;
    case 'date_precision': {
      const from = findCell(cells, 'valid_from');
      if (!from || layer.time === null) return value;
      const told = sql`CASE WHEN ${from.value} IS NULL THEN NULL WHEN length(${from.text}) = 4 THEN 'year' WHEN length(${from.text}) <= 7 THEN 'month' ELSE 'day' END`;
      return sql`coalesce(${value}, ${told})`;
    }
    default:
      return value;
  }
}
