import type { StoredView } from '../core/view.ts';
import { type Query, type Sql, sql, toQuery } from './sql.ts';

/** A row of `storeView` and `openView`. */
export interface ViewRow {
  readonly id: string;
  readonly hash: string;
  readonly address: string;
  readonly layers: Readonly<Record<string, number>>;
  /** ISO 8601 UTC, milliseconds. */
  readonly stored_at: string;
}

/** ISO 8601 UTC, milliseconds. */
export const isoOf = (instant: Sql) => sql`to_char(${instant} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const ROW = sql`id, hash, address, layers, ${isoOf(sql`stored_at`)} AS stored_at`;

/** A ViewRow; none when it is there already. */
export function storeView({ id, hash, address, layers, storedAt }: StoredView): Query {
  return toQuery(sql`INSERT INTO azalai.view (id, hash, address, layers, stored_at)
    VALUES (${id}::text, ${hash}::text, ${address}::text, ${JSON.stringify(layers)}::jsonb, ${storedAt}::timestamptz)
    ON CONFLICT (id) DO NOTHING RETURNING ${ROW}`);
}

/** A ViewRow, or none. */
export function viewQuery(id: string): Query {
  return toQuery(sql`SELECT ${ROW} FROM azalai.view WHERE id = ${id}::text`);
}

/** Says of a view that it was read: at most once an hour, for a link that many open. */
export function noteOpened(id: string): Query {
  return toQuery(sql`UPDATE azalai.view SET opened_at = now()
    WHERE id = ${id}::text AND (opened_at IS NULL OR opened_at < now() - interval '1 hour')`);
}

/**
 * Drops what is more than `keep` views or `bytes` of them. First go those that nobody has opened, the oldest first; then
 * those whose last reading is longest ago. The newest tenth stays, so that a link that was just sent is there when it
 * is opened.
 */
export function dropViews(keep: number, bytes: number): Query {
  const newest = Math.max(1, Math.floor(keep / 10));
  return toQuery(sql`DELETE FROM azalai.view USING (
      SELECT id, row_number() OVER kept AS place, sum(bytes) OVER kept AS bytes FROM (
        SELECT id, bytes, opened_at, nth, row_number() OVER (ORDER BY nth DESC) <= ${newest}::integer AS is_new FROM azalai.view
      ) AS aged WINDOW kept AS (ORDER BY is_new DESC, opened_at DESC NULLS LAST, nth DESC)
    ) AS ranked
    WHERE view.id = ranked.id AND (place > ${keep}::integer OR ranked.bytes > ${bytes}::bigint)`);
}

/** A row of `serviceTimes`: from when to when a version was in service. ISO 8601 UTC, milliseconds; null: it is still. */
export interface ServiceTime {
  readonly layer: string;
  readonly generation: number;
  readonly from: string;
  readonly until: string | null;
}

/** Versions of layers, each given by the layer's id and its generation: those that ever were, as ServiceTime. */
export function serviceTimes(versions: readonly (readonly [layer: string, generation: number])[]): Query {
  const layers = versions.map(([layer]) => layer);
  const generations = versions.map(([, generation]) => generation);
  return toQuery(sql`SELECT layer, generation, ${isoOf(sql`published_at`)} AS "from", ${isoOf(sql`until`)} AS "until" FROM (
      SELECT layer, generation, published_at, lead(published_at) OVER (PARTITION BY layer ORDER BY generation) AS until
      FROM azalai.version WHERE layer = ANY(${layers}::text[])
    ) AS version
    WHERE (layer, generation) IN (SELECT * FROM unnest(${layers}::text[], ${generations}::bigint[]))`);
}

/** The database's clock, by which versions are published: a row `{ now }`, ISO 8601 UTC, milliseconds. */
export function clockQuery(): Query {
  return toQuery(sql`SELECT ${isoOf(sql`clock_timestamp()`)} AS now`);
}
