import type { PublishedLayer } from '../core/catalogue.ts';
import { type Layer, recordFields, tileFields } from '../core/layer.ts';
import { itemColumn } from './items.ts';
import { ident, join, type Query, sql, toQuery } from './sql.ts';
import { recordTable } from './tables.ts';
import { isTakenBack, type MadeOf } from './withholding.ts';

/** A layer that is the result of an analysis. */
export interface KeptRow {
  /** Of the receipt. */
  readonly hash: string;
  readonly handling: Layer['handling'];
}

/** A row as KeptRow, or none. */
export function keptQuery(layer: string): Query {
  return toQuery(sql`SELECT hash, handling FROM azalai.kept WHERE layer = ${layer}::text`);
}

/** Keeps a layer for some days from now, never shorter than it is kept already: a row `{ expires }`, ISO 8601 UTC. */
export function keepLayer(layer: string, { hash, handling }: KeptRow, madeOf: MadeOf, days: number): Query {
  return toQuery(sql`INSERT INTO azalai.kept AS known (layer, hash, handling, asked, expires_at)
    VALUES (${layer}::text, ${hash}::text, ${handling}::text, ${JSON.stringify(madeOf)}::jsonb,
      now() + make_interval(days => ${days}::integer))
    ON CONFLICT (layer) DO UPDATE SET hash = excluded.hash, handling = excluded.handling, asked = excluded.asked,
      expires_at = greatest(known.expires_at, excluded.expires_at)
    RETURNING to_char(expires_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS expires`);
}

/** Layers whose time is over: rows `{ layer }`. */
export function expiredLayers(): Query {
  return toQuery(sql`SELECT layer FROM azalai.kept WHERE expires_at <= now() ORDER BY layer`);
}

/** Lets go of one of them: a row `{ layer }`, none when it is kept longer by now. */
export function letGo(layer: string): Query {
  return toQuery(sql`DELETE FROM azalai.kept WHERE layer = ${layer}::text AND expires_at <= now() RETURNING layer`);
}

/** Whether what was made of these versions may no longer be kept for these readers: a row `{ refused }`. */
export function mayNotBeKept(madeOf: MadeOf, handling: Layer['handling']): Query {
  return toQuery(sql`SELECT ${isTakenBack(sql`${JSON.stringify(madeOf)}::jsonb`, sql`${handling}::text`)} AS refused`);
}

/** Layers that are made of what is now kept from those who may see them: rows `{ layer, generation }`. */
export function keptToTakeBack(): Query {
  return toQuery(sql`SELECT kept.layer, layer.generation FROM azalai.kept JOIN azalai.layer ON layer.id = kept.layer
    WHERE ${isTakenBack(sql`kept.asked`, sql`kept.handling`)} ORDER BY kept.layer`);
}

/** What is left of a layer when its tables are gone, as if it had never been. */
export function forgetLayer(layer: string): Query[] {
  return [
    sql`DELETE FROM azalai.kept WHERE layer = ${layer}::text`,
    sql`DELETE FROM azalai.withheld WHERE layer_id = ${layer}::text`,
    sql`DELETE FROM azalai.version WHERE layer = ${layer}::text`,
    sql`DELETE FROM azalai.layer WHERE id = ${layer}::text`,
  ].map(toQuery);
}

/**
 * All records of a layer with what tiles show of them, in the order of their numbers: rows as LayerRecord, whose geometry is
 * in degrees, and how many vertices each has.
 */
export function recordsForTiles(layer: PublishedLayer): Query {
  const read = new Set([...tileFields(layer).map(({ name }) => name), ...layer.measures, layer.kind ?? '', 'handling']);
  const fields = recordFields(layer).filter(({ name }) => read.has(name));
  const columns = join(fields.map(itemColumn), sql`, `);
  const pairs = fields.map(({ name }) => sql`${name}::text, given.${ident(name)}`);
  return toQuery(sql`SELECT fid AS id, ST_AsGeoJSON(geom, 7, 0)::json AS geometry, ST_NPoints(geom) AS vertices,
      (SELECT json_build_object(${join(pairs, sql`, `)}) FROM (SELECT ${columns}) AS given) AS properties
    FROM ${recordTable(layer)} ORDER BY fid`);
}
