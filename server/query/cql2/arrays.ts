import type { ArrayTest, List } from '../../core/cql2/ast.ts';
import { type Sql, sql } from '../sql.ts';
import { columnOf, type Subject } from './columns.ts';

/** Lists are compared as sets: neither order nor repetition counts. Unknown when a list is missing. */
export function arrayTest({ op, args }: ArrayTest, subject: Subject): Sql {
  const [left, right] = args.map((list) => toList(list, subject)) as [Sql, Sql];
  switch (op) {
    case 'a_contains':
      return sql`${left} @> ${right}`;
    case 'a_containedBy':
      return sql`${left} <@ ${right}`;
    case 'a_overlaps':
      return sql`${left} && ${right}`;
    case 'a_equals':
      return sql`(${left} @> ${right} AND ${left} <@ ${right})`;
  }
}

function toList(list: List, subject: Subject): Sql {
  return columnOf(list as Exclude<List, readonly unknown[]>, subject) ?? sql`${list}::text[]`;
}
