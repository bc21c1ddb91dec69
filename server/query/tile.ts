import type { PublishedLayer } from '../core/catalogue.ts';
import { type Field, hasLabelPoints, labelLayerName, tileFields } from '../core/layer.ts';
import { TILE_BUFFER, TILE_EXTENT, type TileCoord } from '../core/tile.ts';
import { alsoSelect, type Filter, predicate, tableOf } from './filter.ts';
import { all, ident, join, type Query, type Sql, sql, toQuery } from './sql.ts';

/** The tile's square in EPSG:3857. */
export function tileEnvelope({ z, x, y }: TileCoord): Sql {
  return sql`ST_TileEnvelope(${z}::integer, ${x}::integer, ${y}::integer)`;
}

/** The same, with the buffer around it: what a tile must know of its neighbours. */
export function bufferedEnvelope({ z, x, y }: TileCoord): Sql {
  return sql`ST_TileEnvelope(${z}::integer, ${x}::integer, ${y}::integer, margin => ${TILE_BUFFER / TILE_EXTENT}::float8)`;
}

/** A date goes into a tile as whole days since 1970-01-01 UTC, so that the style can compare it; open is absent. */
function tileColumn(field: Field): Sql {
  const days = (bound: Sql) => sql`(${bound} AT TIME ZONE 'UTC')::date - DATE '1970-01-01' AS ${ident(field.name)}`;
  if (field.name === 'valid_from') return days(sql`lower(valid)`);
  if (field.name === 'valid_to') return days(sql`upper(valid)`);
  if (field.type === 'date') return sql`${ident(field.name)} - DATE '1970-01-01' AS ${ident(field.name)}`;
  if (field.type === 'strings') return sql`array_to_string(${ident(field.name)}, ',') AS ${ident(field.name)}`;
  return ident(field.name);
}

function mvtLayer(name: string, layer: PublishedLayer, coord: TileCoord, filter: Filter, geometry: Sql): Sql {
  const conditions = all([sql`${geometry} && ${bufferedEnvelope(coord)}`, predicate(layer, filter)]);
  return sql`(SELECT coalesce(ST_AsMVT(tile, ${name}::text, ${TILE_EXTENT}::integer, 'geom', 'fid'), ''::bytea) FROM (
    SELECT fid, ST_AsMVTGeom(${geometry}, ${tileEnvelope(coord)}, ${TILE_EXTENT}::integer, ${TILE_BUFFER}::integer, true) AS geom${alsoSelect(tileFields(layer).map(tileColumn))}
    FROM ${tableOf(layer)} WHERE ${conditions} ORDER BY fid
  ) AS tile WHERE geom IS NOT NULL)`;
}

/** One tile with a layer of its own for each layer asked for: a row `{ mvt: Buffer }`. */
export function tileQuery(layers: readonly PublishedLayer[], coord: TileCoord, filters: readonly Filter[]): Query {
  const parts = layers.flatMap((layer, index) => {
    const filter = filters[index] as Filter;
    const features = mvtLayer(layer.id, layer, coord, filter, sql`geom_3857`);
    return hasLabelPoints(layer)
      ? [features, mvtLayer(labelLayerName(layer.id), layer, coord, filter, sql`label_3857`)]
      : [features];
  });
  return toQuery(sql`SELECT ${join(parts, sql` || `)} AS mvt`);
}
