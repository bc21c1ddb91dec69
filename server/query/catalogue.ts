import type { PublishedLayer } from '../core/catalogue.ts';
import { ident, type Query, sql, toQuery } from './sql.ts';
import { recordTable, tablePattern } from './tables.ts';
import type { Origin } from './versions.ts';

/** A row of the table `azalai.layer`, as `catalogueQuery` returns it. */
export interface CatalogueRow {
  readonly definition: unknown;
  readonly generation: number;
  readonly table_name: string;
  readonly count: number;
  readonly bbox: [number, number, number, number] | null;
  /** ISO 8601 UTC; null is open, or the layer has no time. */
  readonly from: string | null;
  readonly to: string | null;
  readonly prepared: unknown;
  /** ISO 8601 UTC; null: it stays. */
  readonly expires: string | null;
  /** Every version that the layer ever had, the oldest first. */
  readonly versions: readonly CatalogueVersion[];
}

/** A version of a layer in `catalogueQuery`. */
export interface CatalogueVersion {
  readonly generation: number;
  /** ISO 8601 UTC. */
  readonly published_at: string;
  /** Null when the records are no longer kept. */
  readonly table_name: string | null;
  readonly count: number;
  /** As LayerSchema has it; null when it is that of the version in service, or nothing is kept that would be read by it. */
  readonly definition: unknown;
  /** As PreparedSchema has it; null when nothing that was made of it is kept. */
  readonly prepared: unknown;
}

/** Layers in service. */
export function catalogueQuery(): Query {
  const iso = (bound: 'lower' | 'upper') =>
    sql`to_char(${ident(bound)}(valid) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;
  return toQuery(sql`SELECT definition, generation, table_name, count, bbox, ${iso('lower')} AS "from", ${iso('upper')} AS "to", prepared, coalesce(versions, '[]') AS versions,
      to_char(expires_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS expires
    FROM azalai.layer LEFT JOIN azalai.kept ON kept.layer = layer.id, LATERAL (
      SELECT json_agg(json_build_object('generation', version.generation, 'table_name', version.table_name, 'count', version.count,
        'published_at', to_char(published_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'prepared', version.prepared,
        'definition', CASE WHEN version.table_name IS NOT NULL AND version.prepared IS NOT NULL
          AND version.definition <> layer.definition THEN version.definition END) ORDER BY generation) AS versions
      FROM azalai.version WHERE version.layer = layer.id
    ) AS published
    WHERE NOT withdrawn AND prepared IS NOT NULL`);
}

/** Lets one process at a time publish shipped layers; held until the transaction ends. */
export function lockSeed(): Query {
  return toQuery(sql`SELECT pg_advisory_xact_lock(7305801)`);
}

/** A row of `seedStateQuery`. `seed_hash`: see PublishOptions. */
export interface SeedState {
  readonly id: string;
  readonly generation: number;
  readonly seed_hash: string | null;
  readonly withdrawn: boolean;
  /** Whether the version in service came from the shipped files. */
  readonly origin: Origin['kind'];
}

/** What earlier starts have published. */
export function seedStateQuery(): Query {
  return toQuery(sql`SELECT id, generation, seed_hash, withdrawn, origin FROM azalai.layer`);
}

/** The generation of a layer that was published last: a row `{ generation }`, or none. */
export function generationQuery(id: string): Query {
  return toQuery(sql`SELECT generation FROM azalai.layer WHERE id = ${id}::text`);
}

/** A row of `layerStateQuery`. */
export interface LayerState {
  /** As LayerSchema has it. */
  readonly definition: unknown;
  readonly generation: number;
  readonly table_name: string;
  readonly withdrawn: boolean;
  /** The greatest number that a record of the layer has ever had. */
  readonly last_fid: number;
}

/** A layer as it is now, in service or not, or nothing. */
export function layerStateQuery(id: string): Query {
  return toQuery(
    sql`SELECT definition, generation, table_name, withdrawn, last_fid FROM azalai.layer WHERE id = ${id}::text`,
  );
}

interface Publication {
  readonly seedHash: string | null;
  readonly origin: Origin['kind'];
  /** The greatest number of a record of this version. */
  readonly lastFid: number;
}

/**
 * Puts a prepared version into service as the layer's next generation. How many records there are, where and when, is
 * said of those that anybody may see: else one record that is not for all could be found by the edge of the whole.
 */
export function publishLayer(layer: PublishedLayer, { seedHash, origin, lastFid }: Publication): Query {
  const {
    generation,
    table,
    prepared,
    count: _,
    bbox: __,
    interval: ___,
    expires: ____,
    firstPublishedAt: _____,
    ...definition
  } = layer;
  return toQuery(sql`INSERT INTO azalai.layer AS current (id, definition, generation, table_name, count, bbox, valid, seed_hash, prepared, origin, last_fid)
    SELECT ${layer.id}::text, ${JSON.stringify(definition)}::jsonb, ${generation}::integer, ${table}::text, count(*),
      CASE WHEN count(*) > 0 THEN ARRAY[ST_XMin(ST_Extent(geom)), ST_YMin(ST_Extent(geom)), ST_XMax(ST_Extent(geom)), ST_YMax(ST_Extent(geom))] END,
      range_merge(range_agg(valid)), ${seedHash}::text, ${JSON.stringify(prepared)}::jsonb,
      ${origin}::text, ${lastFid}::bigint
    FROM ${recordTable(layer)} WHERE handling = 'public'
    ON CONFLICT (id) DO UPDATE SET definition = excluded.definition, generation = excluded.generation,
      table_name = excluded.table_name, count = excluded.count, bbox = excluded.bbox, valid = excluded.valid,
      seed_hash = excluded.seed_hash, prepared = excluded.prepared, origin = excluded.origin,
      last_fid = greatest(current.last_fid, excluded.last_fid), withdrawn = false, published_at = now()`);
}

/** Takes a layer out of service; a row `{ id, generation }` when it was in service. Start-up does not bring it back. */
export function withdrawLayer(id: string): Query {
  return toQuery(
    sql`UPDATE azalai.layer SET withdrawn = true WHERE id = ${id}::text AND NOT withdrawn RETURNING id, generation`,
  );
}

/** Tables of a layer's generations before `generation`: rows `{ tablename }`. */
export function tablesBefore(id: string, generation: number): Query {
  return toQuery(sql`SELECT tablename FROM pg_tables, regexp_match(tablename, ${tablePattern(id)}::text) AS name
    WHERE schemaname = 'layer' AND name[1]::integer < ${generation}::integer`);
}

export function dropTable(table: string): Query {
  return toQuery(sql`DROP TABLE ${ident('layer', table)}`);
}
