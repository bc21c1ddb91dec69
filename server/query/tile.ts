import { bandOf } from '../core/band.ts';
import type { PublishedLayer } from '../core/catalogue.ts';
import { resolutionForZoom } from '../core/hex.ts';
import {
  contentLayerName,
  type Field,
  hasLabelPoints,
  hexLayerName,
  labelLayerName,
  tileFields,
} from '../core/layer.ts';
import { TILE_BUFFER, TILE_EXTENT, type TileCoord } from '../core/tile.ts';
import { type Filter, predicate } from './filter.ts';
import { withCellCounts } from './hex-cells.ts';
import { instantText } from './items.ts';
import { resolutionLiteral } from './prepare/hexes.ts';
import { ident, join, more, type Query, type Sql, sql, toQuery } from './sql.ts';
import { preparedTable, recordTable } from './tables.ts';

/**
 * Which tile a query is about: numbers for one tile, columns for many at once. `z` is always known, since it decides
 * what the tile shows.
 */
export interface TileReference {
  readonly z: number;
  readonly x: Sql;
  readonly y: Sql;
}

export function toReference({ z, x, y }: TileCoord): TileReference {
  return { z, x: sql`${x}::integer`, y: sql`${y}::integer` };
}

/** The tile's square in EPSG:3857, and as much of its neighbours as the buffer (in tile units) says. */
function envelope({ z, x, y }: TileReference, buffer: number): Sql {
  return sql`ST_TileEnvelope(${z}::integer, ${x}, ${y}, margin => ${buffer / TILE_EXTENT}::float8)`;
}

function clipped(geometry: Sql, tile: TileReference, buffer: number): Sql {
  return sql`ST_AsMVTGeom(${geometry}, ${envelope(tile, 0)}, ${TILE_EXTENT}::integer, ${buffer}::integer, true)`;
}

/** A date goes into a tile as whole days since 1970-01-01 UTC, so that the style can compare it; open is absent. */
function tileColumn(field: Field): Sql {
  const days = (bound: Sql) => sql`(${bound} AT TIME ZONE 'UTC')::date - DATE '1970-01-01' AS ${ident(field.name)}`;
  if (field.name === 'valid_from') return days(sql`lower(valid)`);
  if (field.name === 'valid_to') return days(sql`upper(valid)`);
  if (field.type === 'date') return sql`${ident(field.name)} - DATE '1970-01-01' AS ${ident(field.name)}`;
  if (field.type === 'datetime') return sql`${instantText(field)} AS ${ident(field.name)}`;
  if (field.type === 'strings') return sql`array_to_string(${ident(field.name)}, ',') AS ${ident(field.name)}`;
  return ident(field.name);
}

/** The features of one MVT layer, and what the content layer says of them. */
interface Content {
  readonly name: string;
  readonly shownAs: 'records' | 'hexagons';
  readonly resolution: number | null;
  /** Rows with `geom` (clipped; NULL where nothing is left), the id and the attributes, and nothing else. */
  readonly rows: Sql;
  readonly id: 'fid' | 'ordinal';
  /** How many records the rows stand for. */
  readonly matched: Sql;
}

/** A scalar: the bytes of the features' MVT layer and of the content layer; no bytes when there are no features. */
function encoded(layer: PublishedLayer, content: Content): Sql {
  const centre = TILE_EXTENT / 2;
  const described = sql`SELECT ${content.shownAs}::text AS shown_as, matched, ${content.resolution}::integer AS resolution,
    ${layer.generation}::integer AS generation, ST_MakePoint(${centre}::float8, ${centre}::float8) AS geom`;
  return sql`(SELECT CASE WHEN matched IS NULL THEN ''::bytea ELSE features || (
        SELECT ST_AsMVT(content, ${contentLayerName(layer.id)}::text, ${TILE_EXTENT}::integer, 'geom') FROM (${described}) AS content
      ) END
    FROM (
      SELECT ST_AsMVT(feature, ${content.name}::text, ${TILE_EXTENT}::integer, 'geom', ${content.id}::text) AS features,
        nullif(${content.matched}, 0)::bigint AS matched
      -- OFFSET 0: else each geometry is cut twice, once to see whether anything is left of it.
      FROM (SELECT * FROM (${content.rows} OFFSET 0) AS cut WHERE geom IS NOT NULL) AS feature
    ) AS part)`;
}

const attributes = (layer: PublishedLayer) => more(tileFields(layer).map(tileColumn));

/**
 * Points need no buffer: a client draws a marker whole from the tile that holds its middle.
 * What lies in a tile is found by place alone and then filtered, for it is within the tile budget: left to choose, the
 * planner read the index on validity as well (measured: 6.7 ms instead of 0.2 for a tile of zoom 11).
 */
function pointRows(layer: PublishedLayer, tile: TileReference, filter: Filter, geometry: Sql): Sql {
  const here = sql`SELECT * FROM ${recordTable(layer)} WHERE ${geometry} && ${envelope(tile, 0)} OFFSET 0`;
  return sql`SELECT fid, ${clipped(geometry, tile, 0)} AS geom${attributes(layer)} FROM (${here}) AS here
    WHERE ${predicate(layer, filter)} ORDER BY fid`;
}

/** Width of a pixel of 512-pixel tiles, metres of EPSG:3857. */
const pixel = (z: number) => 40_075_016.685578488 / 512 / 2 ** z;

/**
 * Lines and polygons, from the copy of the zoom's band. Pieces of one record are joined again, so that no seam is drawn.
 * What is smaller than a pixel, or vanishes in the tile's grid, becomes a point with the attribute `small`.
 */
function shapeRows(layer: PublishedLayer, tile: TileReference, filter: Filter): Sql {
  const meets = envelope(tile, TILE_BUFFER);
  const joined =
    layer.geometry === 'line'
      ? sql`ST_LineMerge(ST_Collect(geom_3857), true)`
      : sql`azalai.join_pieces(ST_Collect(geom_3857))`;
  return sql`SELECT fid, coalesce(full_size, ${clipped(sql`ST_PointOnSurface(shape)`, tile, 0)}) AS geom,
      CASE WHEN full_size IS NULL THEN true END AS small${attributes(layer)}
    FROM (
      SELECT fid, CASE count(*) WHEN 1 THEN (array_agg(geom_3857))[1] ELSE ${joined} END AS shape
      FROM ${preparedTable(layer, 'band')} WHERE band = ${bandOf(tile.z)}::integer AND geom_3857 && ${meets} GROUP BY fid
    ) AS pieces
    JOIN ${recordTable(layer)} USING (fid),
    LATERAL (SELECT CASE WHEN ST_Dimension(shape) > 0
        AND greatest(ST_XMax(shape) - ST_XMin(shape), ST_YMax(shape) - ST_YMin(shape)) >= ${pixel(tile.z)}::float8
      THEN ${clipped(sql`shape`, tile, TILE_BUFFER)} END AS full_size) AS drawn
    WHERE ${predicate(layer, filter)} ORDER BY fid`;
}

const withinHexReach = (tile: TileReference) => sql`geom_3857 && ${envelope(tile, TILE_BUFFER)}`;

function hexRows(layer: PublishedLayer, tile: TileReference, filter: Filter): Sql {
  const resolution = resolutionForZoom(tile.z);
  const sums = layer.measures.map((name) => sql`sum(${ident(name)})::bigint AS ${ident(name)}`);
  // Of equally common kinds the first in the alphabet, so that a tile is the same whichever way it was made.
  const kind = layer.kind === undefined ? [] : [ident(layer.kind)];
  const dominant = kind.map(
    (name) => sql`(array_agg(${name} ORDER BY count DESC, ${name} COLLATE "C"))[1] AS dominant`,
  );
  const counted = sql`SELECT ordinal, sum(count)::bigint AS count${more([...sums, ...dominant])} FROM parts GROUP BY ordinal`;
  const columns = [...layer.measures.map((name) => ident(name)), ...dominant.map(() => sql`dominant`)];
  return sql`${withCellCounts(layer, resolution, withinHexReach(tile), filter)}
    SELECT ordinal, to_hex(cell) AS cell, ${resolution}::integer AS resolution, count${more(columns)},
      ${clipped(sql`geom_3857`, tile, TILE_BUFFER)} AS geom
    FROM (${counted}) AS counted JOIN cells USING (ordinal) ORDER BY ordinal`;
}

/** The hexagons that a tile shows: rows `{ ordinal }`. */
export function hexesOfTile(layer: PublishedLayer, tile: TileReference): Sql {
  return sql`SELECT ordinal FROM ${preparedTable(layer, 'hex')}
    WHERE resolution = ${resolutionLiteral(resolutionForZoom(tile.z))} AND ${withinHexReach(tile)}`;
}

/** Whether the layer shows hexagons at this zoom where records were asked for. */
export function showsHexagons(layer: PublishedLayer, z: number): boolean {
  return layer.geometry === 'point' && z < layer.prepared.pointZoom;
}

/** A scalar: the bytes of a layer's hexagons in a tile. */
export function hexTilePart(layer: PublishedLayer, tile: TileReference, filter: Filter): Sql {
  return encoded(layer, {
    name: hexLayerName(layer.id),
    shownAs: 'hexagons',
    resolution: resolutionForZoom(tile.z),
    rows: hexRows(layer, tile, filter),
    id: 'ordinal',
    matched: sql`sum(count)`,
  });
}

/** A scalar: the bytes of a layer's records in a tile, or of its hexagons where the layer shows those. */
export function itemTilePart(layer: PublishedLayer, tile: TileReference, filter: Filter): Sql {
  if (showsHexagons(layer, tile.z)) return hexTilePart(layer, tile, filter);
  const isPoint = layer.geometry === 'point';
  const records = encoded(layer, {
    name: layer.id,
    shownAs: 'records',
    resolution: null,
    rows: isPoint ? pointRows(layer, tile, filter, sql`geom_3857`) : shapeRows(layer, tile, filter),
    id: 'fid',
    matched: sql`count(*)`,
  });
  if (!hasLabelPoints(layer)) return records;
  const labels = sql`(SELECT coalesce(ST_AsMVT(label, ${labelLayerName(layer.id)}::text, ${TILE_EXTENT}::integer, 'geom', 'fid'), ''::bytea)
    FROM (${pointRows(layer, tile, filter, sql`label_3857`)}) AS label WHERE geom IS NOT NULL)`;
  return sql`${records} || ${labels}`;
}

/** One tile with a layer of its own for each layer asked for: a row `{ mvt: Buffer }`. */
export function tileQuery(layers: readonly PublishedLayer[], coord: TileCoord, filters: readonly Filter[]): Query {
  const tile = toReference(coord);
  const parts = layers.map((layer, index) => itemTilePart(layer, tile, filters[index] as Filter));
  return toQuery(sql`SELECT ${join(parts, sql` || `)} AS mvt`);
}

/** The hexagons of a tile with count, sums and the commonest kind: a row `{ mvt: Buffer }`. */
export function hexTileQuery(layer: PublishedLayer, coord: TileCoord, filter: Filter): Query {
  return toQuery(sql`SELECT ${hexTilePart(layer, toReference(coord), filter)} AS mvt`);
}
