import type { Expression, IsNull, Predicate, Scalar } from '../core/cql2/ast.ts';
import type { CheckedFilter } from '../core/cql2/check.ts';
import { isGeometry, isInterval, isPredicate, isScalar } from '../core/cql2/kinds.ts';
import { filterProperties } from '../core/cql2/properties.ts';
import type { Layer } from '../core/layer.ts';
import { arrayTest } from './cql2/arrays.ts';
import { columnOf, type Subject } from './cql2/columns.ts';
import { between, compare, equals, isIn, like } from './cql2/comparisons.ts';
import { scalars } from './cql2/scalars.ts';
import { nearTest, spatialTest, toGeometry } from './cql2/spatial.ts';
import { temporalTest, toSpan } from './cql2/temporal.ts';
import { join, type Sql, sql } from './sql.ts';

/**
 * A filter as an SQL condition on a layer's records (columns unqualified).
 *
 * Columns are the layer's, found by name and quoted from the layer, never from the filter; every literal is a parameter with
 * a cast, so that PostgreSQL infers no type. `valid_from` and `valid_to` are the bounds of the column `valid` (tstzrange) as
 * UTC days, NULL where it is open.
 *
 * CQL2 and SQL agree on the unknown: a comparison with NULL is unknown, NOT of unknown is unknown, AND and OR follow
 * Kleene's tables, and what is not TRUE of a record does not select it. Only IS NULL is never unknown.
 */
export function cql2ToSql(
  filter: CheckedFilter,
  layer: Pick<Layer, 'fields'> & Partial<Pick<Layer, 'geometry' | 'time'>>,
): Sql {
  const properties = new Map(filterProperties(layer).map((property) => [property.name, property]));
  return condition(filter.predicate, { properties, isPoint: layer.geometry === 'point' });
}

function condition(predicate: Predicate, subject: Subject): Sql {
  if (typeof predicate === 'boolean') return sql`${predicate}::boolean`;
  switch (predicate.op) {
    case 'and':
    case 'or': {
      const separator = predicate.op === 'and' ? sql` AND ` : sql` OR `;
      return sql`(${join(
        predicate.args.map((arg) => condition(arg, subject)),
        separator,
      )})`;
    }
    case 'not':
      return sql`NOT (${condition(predicate.args[0], subject)})`;
    case 'isNull':
      return isNull(predicate, subject);
    case 'like':
      return like(predicate, subject);
    case 'between':
      return between(predicate, subject);
    case 'in':
      return isIn(predicate, subject);
    case '=':
      return equals(predicate.args, subject);
    case '<>':
    case '<':
    case '<=':
    case '>':
    case '>=':
      return compare(predicate, subject);
    case 's_dwithin':
      return nearTest(predicate, subject);
    case 'a_contains':
    case 'a_containedBy':
    case 'a_equals':
    case 'a_overlaps':
      return arrayTest(predicate, subject);
    default:
      return predicate.op.startsWith('s_')
        ? spatialTest(predicate as Parameters<typeof spatialTest>[0], subject)
        : temporalTest(predicate as Parameters<typeof temporalTest>[0], subject);
  }
}

function isNull({ args: [value] }: IsNull, subject: Subject): Sql {
  return sql`${asked(value, subject)} IS NULL`;
}

function asked(value: Expression, subject: Subject): Sql {
  const property = columnOf(value, subject);
  if (property) return property;
  if (isGeometry(value)) return toGeometry(value, subject);
  if (isInterval(value)) return toSpan(value, subject).from;
  if (isPredicate(value) && typeof value === 'object') return sql`(${condition(value, subject)})`;
  if (!isScalar(value)) throw new Error('the filter was not checked');
  return scalars([value as Scalar], subject)[0] as Sql;
}
