import { type Field, type Layer, recordFields } from '../core/layer.ts';
import type { LayerRecord } from '../core/record.ts';
import { ident, join, type Query, type Sql, sql, toQuery } from './sql.ts';

const COLUMN_TYPE: Record<Field['type'], Sql> = {
  string: sql`text`,
  strings: sql`text[]`,
  integer: sql`bigint`,
  number: sql`double precision`,
  boolean: sql`boolean`,
  date: sql`date`,
};

/** The two ends of the validity are one range column, so that a window is one indexable overlap. */
const isColumn = (field: Field) => field.name !== 'valid_from' && field.name !== 'valid_to';

/** An empty table for one version of a layer's records. */
export function createRecordTable(layer: Layer, table: string): Query {
  const fields = recordFields(layer)
    .filter(isColumn)
    .map((field) => sql`${ident(field.name)} ${COLUMN_TYPE[field.type]}`);
  const columns = [
    sql`fid bigint PRIMARY KEY`,
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
 * Inserts records; `baseCells` are the H3 cells of points, in the same order.
 * Rows go in along the Hilbert curve, so that neighbours on the map are neighbours on the disk.
 */
export function insertRecords(
  layer: Layer,
  table: string,
  records: readonly LayerRecord[],
  baseCells: readonly string[],
): Query {
  const fields = recordFields(layer).filter(isColumn);
  const day = (name: string) => sql`(feature #>> ARRAY['properties', ${name}::text])::timestamptz`;
  const valid = layer.time === null ? sql`NULL` : sql`tstzrange(${day('valid_from')}, ${day('valid_to')})`;
  const columns = [
    { name: ident('fid'), value: sql`(feature ->> 'id')::bigint` },
    ...fields.map((field) => ({ name: ident(field.name), value: property(field) })),
    { name: ident('valid'), value: valid },
    { name: ident('geom'), value: sql`geom` },
    { name: ident('geom_3857'), value: sql`ST_Transform(geom, 3857)` },
    ...(layer.geometry === 'point' ? [{ name: ident('h3_base'), value: sql`base_cell` }] : []),
    ...(layer.geometry === 'polygon'
      ? [{ name: ident('label_3857'), value: sql`(ST_MaximumInscribedCircle(ST_Transform(geom, 3857))).center` }]
      : []),
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
      LATERAL (SELECT ST_SetSRID(ST_GeomFromGeoJSON(feature -> 'geometry'), 4326) AS geom) AS located
    ORDER BY geom`);
}

/** The indexes that the queries of this folder use. Made after the rows are in. */
export function indexRecordTable(layer: Layer, table: string): Query[] {
  const relation = ident('layer', table);
  const columns = [
    sql`USING gist (geom)`,
    sql`USING gist (geom_3857)`,
    ...(layer.time === null ? [] : [sql`USING gist (valid)`]),
    ...(layer.geometry === 'point' ? [sql`(h3_base)`] : []),
    ...(layer.geometry === 'polygon' ? [sql`USING gist (label_3857)`] : []),
  ];
  return [...columns.map((using) => sql`CREATE INDEX ON ${relation} ${using}`), sql`ANALYZE ${relation}`].map(toQuery);
}
