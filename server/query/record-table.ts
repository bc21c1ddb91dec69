import { type Field, type Layer, recordFields } from '../core/layer.ts';
import type { LayerRecord } from '../core/record.ts';
import { EMPTY, ident, join, type Query, type Sql, sql, toQuery } from './sql.ts';

/** The type of a field's column. */
export const COLUMN_TYPE: Record<Field['type'], Sql> = {
  string: sql`text`,
  strings: sql`text[]`,
  integer: sql`bigint`,
  number: sql`double precision`,
  boolean: sql`boolean`,
  date: sql`date`,
  datetime: sql`timestamptz`,
};

/** The two ends of the validity are one range column, so that a window is one indexable overlap. */
const isColumn = (field: Field) => field.name !== 'valid_from' && field.name !== 'valid_to';

/** The fields of a layer with a column of their own in its table of records. */
export const columnFields = (layer: Pick<Layer, 'fields'>): readonly Field[] => recordFields(layer).filter(isColumn);

/** Columns that the server makes of the geometry `geom`, beside the number `fid` and the validity `valid`. */
export function derivedColumns({ geometry }: Pick<Layer, 'geometry'>): readonly string[] {
  return ['geom_3857', ...(geometry === 'point' ? ['h3_base'] : []), ...(geometry === 'polygon' ? ['label_3857'] : [])];
}

/** Web Mercator ends at these latitudes: beyond, points are drawn at the edge, and shapes as far as they are inside. */
const EDGE = 85.051128;

/** `geom` in EPSG:3857. */
export function toMercator(geometry: Layer['geometry']): Sql {
  const inside =
    geometry === 'point'
      ? sql`ST_SetSRID(ST_MakePoint(ST_X(geom), greatest(-${EDGE}::float8, least(${EDGE}::float8, ST_Y(geom)))), 4326)`
      : sql`CASE WHEN ST_YMin(geom) < ${EDGE}::float8 AND ST_YMax(geom) > -${EDGE}::float8
          THEN ST_ClipByBox2D(geom, ST_MakeEnvelope(-180, -${EDGE}::float8, 180, ${EDGE}::float8, 4326)) ELSE geom END`;
  return sql`ST_Transform(CASE WHEN ST_YMin(geom) < -${EDGE}::float8 OR ST_YMax(geom) > ${EDGE}::float8 THEN ${inside} ELSE geom END, 3857)`;
}

/** Where the name of a polygon stands, from `geom_3857`: about the middle of the largest circle inside. */
export const LABEL_POINT = sql`azalai.label_point(geom_3857)`;

/** An empty table for one version of a layer's records. */
export function createRecordTable(layer: Layer, table: string): Query {
  const fields = columnFields(layer).map((field) => sql`${ident(field.name)} ${COLUMN_TYPE[field.type]}`);
  const columns = [
    sql`fid bigint NOT NULL`,
    ...fields,
    sql`valid tstzrange`,
    sql`geom geometry(Geometry, 4326) NOT NULL`,
    sql`geom_3857 geometry(Geometry, 3857) NOT NULL`,
    ...(layer.geometry === 'point' ? [sql`h3_base bigint NOT NULL`] : []),
    ...(layer.geometry === 'polygon' ? [sql`label_3857 geometry(Point, 3857) NOT NULL`] : []),
  ];
  return toQuery(sql`CREATE TABLE ${ident('layer', table)} (${join(columns, sql`, `)})`);
}

function property(field: Field): Sql {
  const value = sql`(feature #>> ARRAY['properties', ${field.name}::text])`;
  if (field.type !== 'strings') return sql`${value}::${COLUMN_TYPE[field.type]}`;
  const list = sql`(feature #> ARRAY['properties', ${field.name}::text])`;
  return sql`CASE WHEN jsonb_typeof(${list}) = 'array' THEN ARRAY(SELECT jsonb_array_elements_text(${list})) END`;
}

/**
 * Inserts records; `baseCells` are the H3 cells of points, in the same order, `label` is where names stand, from `geom_3857`: that
 * of shipped areas takes sound shapes only, LABEL_POINT all.
 * Rows go in along the Hilbert curve, so that neighbours on the map are neighbours on the disk.
 */
export function insertRecords(
  layer: Layer,
  table: string,
  records: readonly LayerRecord[],
  baseCells: readonly string[],
  label: Sql = sql`azalai.inscribed_center(geom_3857)`,
): Query {
  const fields = columnFields(layer);
  const day = (name: string) => sql`(feature #>> ARRAY['properties', ${name}::text])::timestamptz`;
  const valid = layer.time === null ? sql`NULL` : sql`tstzrange(${day('valid_from')}, ${day('valid_to')})`;
  const columns = [
    { name: ident('fid'), value: sql`(feature ->> 'id')::bigint` },
    ...fields.map((field) => ({ name: ident(field.name), value: property(field) })),
    { name: ident('valid'), value: valid },
    { name: ident('geom'), value: sql`geom` },
    { name: ident('geom_3857'), value: sql`geom_3857` },
    ...(layer.geometry === 'point' ? [{ name: ident('h3_base'), value: sql`base_cell` }] : []),
    ...(layer.geometry === 'polygon' ? [{ name: ident('label_3857'), value: label }] : []),
  ];
  const cells = layer.geometry === 'point' ? baseCells : records.map(() => null);
  return toQuery(sql`INSERT INTO ${ident('layer', table)} (${join(
    columns.map(({ name }) => name),
    sql`, `,
  )})
    SELECT ${join(
      columns.map(({ value }) => value),
      sql`, `,
    )}
    FROM ROWS FROM (jsonb_array_elements(${JSON.stringify(records)}::jsonb), unnest(${cells}::bigint[])) AS input (feature, base_cell),
      LATERAL (SELECT ST_SetSRID(ST_GeomFromGeoJSON(feature -> 'geometry'), 4326) AS geom) AS located,
      LATERAL (SELECT ${toMercator(layer.geometry)} AS geom_3857) AS drawn
    ORDER BY geom`);
}

/** The indexes beside the key, one statement each; what takes longest first. `nameOf` is given their numbers; else PostgreSQL names them. */
export function indexesOf(layer: Layer, relation: Sql, nameOf: (n: number) => Sql = () => EMPTY): Query[] {
  const columns = [
    ...(layer.time === null ? [] : [sql`USING spgist (valid)`]),
    sql`USING gist (geom)`,
    sql`USING gist (geom_3857)`,
    ...(layer.geometry === 'point' ? [sql`(h3_base)`] : []),
    ...(layer.geometry === 'polygon' ? [sql`USING gist (label_3857)`] : []),
  ];
  return columns.map((using, n) => toQuery(sql`CREATE INDEX ${nameOf(n + 1)} ON ${relation} ${using}`));
}

/** The key and the indexes that the queries of this folder use. Made after the rows are in. */
export function indexRecordTable(layer: Layer, table: string): Query[] {
  const relation = ident('layer', table);
  const key = toQuery(sql`ALTER TABLE ${relation} ADD PRIMARY KEY (fid)`);
  return [key, ...indexesOf(layer, relation), toQuery(sql`ANALYZE ${relation}`)];
}
