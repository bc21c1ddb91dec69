import { isProperty, type Literal, type Predicate, type Scalar } from '../core/cql2/ast.ts';
import type { CheckedFilter } from '../core/cql2/check.ts';
import { type Field, type Layer, recordFields } from '../core/layer.ts';
import { ident, join, type Sql, sql } from './sql.ts';

type Fields = ReadonlyMap<string, Field>;

/**
 * A filter as an SQL condition on a layer's records (columns unqualified).
 *
 * Columns are the layer's fields, found by name and quoted from the layer, never from the filter; every literal is a
 * parameter with a cast, so that PostgreSQL infers no type. `valid_from` and `valid_to` are the bounds of the column
 * `valid` (tstzrange) as UTC days, NULL where it is open.
 *
 * CQL2 and SQL agree on the unknown: a comparison with NULL is unknown, NOT of unknown is unknown, AND and OR follow
 * Kleene's tables, and what is not TRUE of a record does not select it. Only IS NULL is never unknown.
 */
export function cql2ToSql(filter: CheckedFilter, layer: Pick<Layer, 'fields'>): Sql {
  return condition(filter.predicate, new Map(recordFields(layer).map((field) => [field.name, field])));
}

function condition(predicate: Predicate, fields: Fields): Sql {
  if (typeof predicate === 'boolean') return sql`${predicate}::boolean`;
  switch (predicate.op) {
    case 'and':
    case 'or': {
      const separator = predicate.op === 'and' ? sql` AND ` : sql` OR `;
      return sql`(${join(
        predicate.args.map((arg) => condition(arg, fields)),
        separator,
      )})`;
    }
    case 'not':
      return sql`NOT (${condition(predicate.args[0], fields)})`;
    case 'isNull':
      return sql`${operands(predicate.args, fields)[0]} IS NULL`;
    case 'like': {
      const [subject, pattern] = operands(predicate.args, fields);
      return sql`${subject} LIKE ${pattern} ESCAPE '\\'`;
    }
    case 'between': {
      const [subject, low, high] = operands(predicate.args, fields);
      return sql`${subject}${byCodePoint(predicate.args, fields)} BETWEEN ${low} AND ${high}`;
    }
    case 'in':
      return isIn(predicate.args[0], predicate.args[1], fields);
    case '=':
      return equals(predicate.args, fields);
    case '<>':
      return isListed(predicate.args, fields)
        ? sql`NOT (${equals(predicate.args, fields)})`
        : compare(predicate.args, fields, sql`<>`);
    default:
      return sql`${compare(predicate.args, fields, ORDER[predicate.op], byCodePoint(predicate.args, fields))}`;
  }
}

const ORDER = { '<': sql`<`, '<=': sql`<=`, '>': sql`>`, '>=': sql`>=` } as const;

function compare(args: readonly Scalar[], fields: Fields, operator: Sql, collation = sql``): Sql {
  const [left, right] = operands(args, fields);
  return sql`${left}${collation} ${operator} ${right}`;
}

/** Equality, or membership where a side is a list: unknown when the list is NULL, false of any text when it is empty. */
function equals(args: readonly [Scalar, Scalar], fields: Fields): Sql {
  if (!isListed(args, fields)) return compare(args, fields, sql`=`);
  const [left, right] = operands(args, fields);
  return fieldOf(args[0], fields)?.type === 'strings' ? sql`${right} = ANY(${left})` : sql`${left} = ANY(${right})`;
}

function isIn(subject: Scalar, list: readonly Scalar[], fields: Fields): Sql {
  if (isListed([subject, ...list], fields)) {
    const each = list.map((member) => equals([subject, member], fields));
    return sql`(${join(each, sql` OR `)})`;
  }
  const [value, ...members] = operands([subject, ...list], fields);
  return sql`${value} IN (${join(members, sql`, `)})`;
}

function isListed(args: readonly Scalar[], fields: Fields): boolean {
  return args.some((arg) => fieldOf(arg, fields)?.type === 'strings');
}

/** Text is ordered by code point whatever the database's locale, so that every installation selects the same records. */
function byCodePoint(args: readonly Scalar[], fields: Fields): Sql {
  const isText = args.some((arg) => typeof arg === 'string' || fieldOf(arg, fields)?.type === 'string');
  return isText ? sql` COLLATE "C"` : sql``;
}

function operands(args: readonly Scalar[], fields: Fields): Sql[] {
  const isInteger = args.some((arg) => fieldOf(arg, fields)?.type === 'integer');
  return args.map((arg) => {
    const field = fieldOf(arg, fields);
    return field ? column(field) : parameter(arg as Literal, isInteger);
  });
}

/** A whole number beside an integer column is a bigint, so that an index on the column serves; 2.5 stays what it is. */
function parameter(literal: Literal, isInteger: boolean): Sql {
  switch (typeof literal) {
    case 'string':
      return sql`${literal}::text`;
    case 'boolean':
      return sql`${literal}::boolean`;
    case 'number':
      return isInteger && Number.isSafeInteger(literal) ? sql`${literal}::bigint` : sql`${literal}::float8`;
    default:
      return 'date' in literal ? sql`${literal.date}::date` : sql`${literal.timestamp}::timestamptz`;
  }
}

function column(field: Field): Sql {
  if (field.name === 'valid_from') return sql`(lower(${ident('valid')}) AT TIME ZONE 'UTC')::date`;
  if (field.name === 'valid_to') return sql`(upper(${ident('valid')}) AT TIME ZONE 'UTC')::date`;
  return ident(field.name);
}

function fieldOf(scalar: Scalar, fields: Fields): Field | undefined {
  if (!isProperty(scalar)) return undefined;
  const field = fields.get(scalar.property);
  if (!field) throw new Error('the filter was checked against another layer');
  return field;
}
