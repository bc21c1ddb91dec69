import type { PublishedLayer } from '../../../core/catalogue.ts';
import type { CheckedFilter } from '../../../core/cql2/check.ts';
import { cql2ToSql } from '../../cql2.ts';
import type { Access } from '../../filter.ts';
import { ident, join, type Query, sql, toQuery } from '../../sql.ts';
import { preparedTable } from '../../tables.ts';

const kindOf = (layer: PublishedLayer) => (layer.kind === undefined ? sql`NULL::text` : ident(layer.kind));

/** How many entries the roll-up has at a resolution. */
export interface EntriesSizeRow {
  readonly entries: number;
}

export function entriesSizeQuery(layer: PublishedLayer, resolution: number): Query {
  return toQuery(sql`SELECT count(*)::integer AS entries FROM ${preparedTable(layer, 'rollup')}
    WHERE resolution = ${resolution}::smallint`);
}

/** A kind that occurs, or null; in the order of code points. */
export interface KindRow {
  readonly kind: string | null;
}

export function rolledKindsQuery(layer: PublishedLayer, resolution: number): Query {
  return toQuery(sql`SELECT kind FROM (SELECT DISTINCT ${kindOf(layer)} AS kind FROM ${preparedTable(layer, 'rollup')}
      WHERE resolution = ${resolution}::smallint) AS used ORDER BY kind COLLATE "C"`);
}

/** The kinds for which a filter holds that is about nothing else. @param kinds of them; null: none is known */
export function keptKindsQuery(layer: PublishedLayer, filter: CheckedFilter, kinds: readonly (string | null)[]): Query {
  return toQuery(sql`SELECT ${kindOf(layer)} AS kind FROM unnest(${kinds}::text[]) AS used (${kindOf(layer)})
    WHERE ${cql2ToSql(filter, layer)}`);
}

/** The cells of a resolution, hexadecimal, in the order of their ordinals. */
export interface OrdinalRow {
  readonly cell: string;
}

export function ordinalsQuery(layer: PublishedLayer, resolution: number): Query {
  return toQuery(sql`SELECT to_hex(cell) AS cell FROM ${preparedTable(layer, 'hex')}
    WHERE resolution = ${resolution}::smallint ORDER BY ordinal`);
}

/** All entries as bytes: numbers written out take PostgreSQL and us ten times as long. */
export interface EntriesRow {
  readonly entries: Buffer | null;
}

/**
 * The roll-up at a resolution, in no order. Of each entry, big-endian as PostgreSQL sends numbers: int32 ordinal, twice the
 * place of its kind in `kinds` (and 1 more where it is precise), first month, month after the last, count; then int64 sums of
 * the measures.
 */
export function entriesQuery(
  layer: PublishedLayer,
  resolution: number,
  { handling }: Access,
  kinds: readonly (string | null)[],
): Query {
  const place = sql`(array_position(${kinds}::text[], ${kindOf(layer)}) - 1)`;
  const fields = [
    ...[sql`ordinal`, sql`(2 * ${place} + (NOT apart)::integer)`, sql`first_month`, sql`end_month`, sql`count`].map(
      (number) => sql`int4send(${number})`,
    ),
    ...layer.measures.map((name) => sql`int8send(coalesce(${ident(name)}, 0))`),
  ];
  return toQuery(sql`SELECT string_agg(${join(fields, sql` || `)}, ''::bytea) AS entries FROM ${preparedTable(layer, 'rollup')}
    WHERE resolution = ${resolution}::smallint AND handling = ANY(${handling}::text[])`);
}
