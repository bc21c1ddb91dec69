import type { Feature } from 'geojson';
import type { Author } from '../../core/authors.ts';
import type { PublishedLayer } from '../../core/catalogue.ts';
import type { ChangeKind } from '../../core/correction.ts';
import { type Access, predicate } from '../filter.ts';
import { type Query, sql, toQuery } from '../sql.ts';
import { recordTable } from '../tables.ts';

/** A correction to be noted. */
export interface Correction {
  readonly item: number;
  readonly record: string;
  readonly change: ChangeKind;
  /** Null: there was none, or is none any more. */
  readonly before: Feature | null;
  readonly after: Feature | null;
  /** What differs, `geometry` among it. */
  readonly fields: readonly string[];
}

/** A row of `correctionsOf`. */
export interface CorrectionRow extends Correction {
  readonly from_generation: number;
  readonly generation: number;
  readonly reason: string;
  readonly author: Author;
  /** ISO 8601 UTC. */
  readonly made_at: string;
  /** How many there are, this one and those left out among them. */
  readonly all: number;
}

/** Notes what was corrected by one version of a layer. */
export function noteCorrections(
  layer: string,
  [from, to]: readonly [number, number],
  { reason, author }: { readonly reason: string; readonly author: Author },
  corrections: readonly Correction[],
): Query {
  return toQuery(sql`INSERT INTO azalai.correction
      (layer, item, record, change, from_generation, generation, reason, author, before, after, fields)
    SELECT ${layer}::text, (made ->> 'item')::bigint, made ->> 'record', made ->> 'change', ${from}::integer, ${to}::integer,
      ${reason}::text, ${author}::text, nullif(made -> 'before', 'null'), nullif(made -> 'after', 'null'),
      ARRAY(SELECT jsonb_array_elements_text(made -> 'fields'))
    FROM jsonb_array_elements(${JSON.stringify(corrections)}::jsonb) WITH ORDINALITY AS given (made, nth) ORDER BY nth`);
}

/** The number of a record that was withdrawn last and is not in the layer any more: a row `{ item }`, or none. */
export function withdrawnNumber(layer: string, record: string, table: string): Query {
  return toQuery(sql`SELECT item FROM azalai.correction
    WHERE layer = ${layer}::text AND record = ${record}::text AND change = 'withdrawn'
      AND NOT EXISTS (SELECT FROM ${recordTable({ table })} WHERE fid = item)
    ORDER BY id DESC LIMIT 1`);
}

/**
 * What was corrected of a record, the newest `most`, the oldest of them first, as far as the caller may see the record as it was before and after:
 * rows as CorrectionRow. A record is known by its number, and by its id where its number is no longer that of another.
 * `layer` is the version in service.
 */
export function correctionsOf(
  layer: PublishedLayer,
  access: Access,
  { item, record }: { readonly item: number; readonly record: string | null },
  most: number,
): Query {
  // Of two states the one that fewer may see decides. As a version before: what is withheld by now is withheld here.
  const level = (value: string) =>
    sql`${value}::text IN (before #>> '{properties,handling}', after #>> '{properties,handling}')`;
  const records = sql`SELECT *, item AS fid, record AS record_id,
      CASE WHEN ${level('restricted')} THEN 'restricted' WHEN ${level('internal')} THEN 'internal' ELSE 'public' END AS handling
    FROM azalai.correction WHERE layer = ${layer.id}::text AND (item = ${item}::bigint OR (record = ${record}::text
      AND NOT EXISTS (SELECT FROM ${recordTable(layer)} AS other WHERE other.fid = correction.item)))`;
  const earlier = { ...layer, generationInService: layer.generation };
  return toQuery(sql`SELECT * FROM (SELECT id, count(*) OVER () AS all, item, record, change, from_generation, generation, reason, author, before, after, fields,
      to_char(made_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS made_at
    FROM (${records}) AS corrected WHERE ${predicate(earlier, { access })}
    ORDER BY id DESC LIMIT ${most}::integer) AS newest ORDER BY id`);
}
