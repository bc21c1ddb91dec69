import type { Bbox } from '../core/bbox.ts';
import type { PublishedLayer } from '../core/catalogue.ts';
import { TILE_BUFFER, TILE_EXTENT, type TileCoord } from '../core/tile.ts';
import { alsoSelect, type Filter, predicate, tableOf } from './filter.ts';
import { ident, join, type Query, type Sql, sql, toQuery } from './sql.ts';
import { bufferedEnvelope, tileEnvelope } from './tile.ts';

const sums = (layer: PublishedLayer) =>
  layer.measures.map((measure) => sql`coalesce(sum(${ident(measure)}), 0)::bigint AS ${ident(measure)}`);

/**
 * The hexagons of a resolution that meet a place, joined with the records inside them. Hexagons are chosen by their
 * outline and records by their cell, so a hexagon at an edge carries its whole count wherever it is shown.
 */
function cellsWithRecords(layer: PublishedLayer, resolution: number, place: Sql, filter: Filter): Sql {
  return sql`azalai.h3_cell AS hexagon
    JOIN (SELECT * FROM ${tableOf(layer)} WHERE ${predicate(layer, filter)}) AS record
      ON record.h3_base BETWEEN hexagon.first_base AND hexagon.last_base
    WHERE hexagon.resolution = ${resolution}::integer AND ${place}`;
}

function meetsBoxes(boxes: readonly Bbox[] | undefined): Sql {
  if (!boxes) return sql`TRUE`;
  // Web Mercator ends at 85.06 degrees; nothing can be drawn beyond, and a transform of the pole is infinite.
  const clamp = (latitude: number) => Math.max(-85.06, Math.min(85.06, latitude));
  const envelopes = boxes.map(
    ({ west, south, east, north }) =>
      sql`hexagon.geom_3857 && ST_Transform(ST_MakeEnvelope(${west}::float8, ${clamp(south)}::float8, ${east}::float8, ${clamp(north)}::float8, 4326), 3857)`,
  );
  return sql`(${join(envelopes, sql` OR `)})`;
}

/** A row for each cell and kind: `{ cell (hexadecimal), kind | null, count, ...measures }`, ordered by cell. */
export function hexesQuery(layer: PublishedLayer, resolution: number, filter: Filter): Query {
  const { bbox, ...records } = filter;
  const kind = layer.kind === undefined ? sql`NULL::text` : sql`record.${ident(layer.kind)}`;
  return toQuery(sql`SELECT to_hex(hexagon.cell) AS cell, ${kind} AS kind, count(*) AS count${alsoSelect(sums(layer))}
    FROM ${cellsWithRecords(layer, resolution, meetsBoxes(bbox), records)}
    GROUP BY hexagon.cell, 2 ORDER BY hexagon.cell, 2`);
}

/** The hexagons of a tile with count, sums and the commonest kind: a row `{ mvt: Buffer }`. */
export function hexTileQuery(layer: PublishedLayer, coord: TileCoord, resolution: number, filter: Filter): Query {
  const dominant =
    layer.kind === undefined ? [] : [sql`mode() WITHIN GROUP (ORDER BY record.${ident(layer.kind)}) AS dominant`];
  const place = sql`hexagon.geom_3857 && ${bufferedEnvelope(coord)}`;
  return toQuery(sql`SELECT coalesce(ST_AsMVT(tile, ${layer.id}::text, ${TILE_EXTENT}::integer, 'geom', 'id'), ''::bytea) AS mvt FROM (
    SELECT hexagon.id, to_hex(hexagon.cell) AS cell, ${resolution}::integer AS resolution, count(*) AS count${alsoSelect([...sums(layer), ...dominant])},
      ST_AsMVTGeom(hexagon.geom_3857, ${tileEnvelope(coord)}, ${TILE_EXTENT}::integer, ${TILE_BUFFER}::integer, true) AS geom
    FROM ${cellsWithRecords(layer, resolution, place, filter)}
    GROUP BY hexagon.id ORDER BY hexagon.id
  ) AS tile WHERE geom IS NOT NULL`);
}
