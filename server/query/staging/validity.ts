import type { Checking } from '../checks/check.ts';
import { type Sql, sql } from '../sql.ts';
import type { Cell } from './cell.ts';

/** What fills a field; undefined: nothing does. */
export const findCell = (cells: readonly Cell[], name: string) => cells.find(({ field }) => field.name === name);
const midnight = (day: Sql) => sql`(${day})::timestamp AT TIME ZONE 'UTC'`;

export function startOf({ cells, layer }: Checking): Sql {
  const from = findCell(cells, 'valid_from');
  return from && layer.time !== null ? midnight(from.value) : sql`NULL::timestamptz`;
}

/** "2022" and "2022-03" stand for the whole year and month: what follows their last day is the end. */
const spanOf = (text: Sql) =>
  sql`CASE WHEN length(${text}) = 4 THEN interval '1 year' WHEN length(${text}) <= 7 THEN interval '1 month' ELSE interval '1 day' END`;

export function endOf({ cells, layer, mapping }: Checking): Sql {
  const [from, to] = [findCell(cells, 'valid_from'), findCell(cells, 'valid_to')];
  if (layer.time === null) return sql`NULL::timestamptz`;
  const last = to && (mapping.endInclusive ? sql`${to.value} + ${spanOf(to.text)}` : to.value);
  const given = last ? midnight(last) : sql`NULL::timestamptz`;
  if (layer.time === 'interval' || !from) return given;
  // An event without an end ends with the day, month or year that its date names.
  return sql`coalesce(${given}, ${midnight(sql`${from.value} + ${spanOf(from.text)}`)})`;
}
