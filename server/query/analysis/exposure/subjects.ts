import type { PublishedLayer } from '../../../core/catalogue.ts';
import { type Filter, predicate } from '../../filter.ts';
import { join, type Query, type Sql, sql, toQuery } from '../../sql.ts';
import { recordTable } from '../../tables.ts';
import { textOf } from '../timeline/claim.ts';

/** A collection and which of its records. */
export interface Chosen {
  readonly layer: PublishedLayer;
  readonly filter: Filter;
}

const hasText = ({ fields }: PublishedLayer, wanted: string) =>
  fields.some(({ name, type }) => name === wanted && type === 'string');

/** Of lines that are known by their far ends only, which are no routes: whether they are taken. */
function isTaken(layer: PublishedLayer, flows: boolean): Sql {
  return flows || !hasText(layer, 'drawn') ? sql`TRUE` : sql`drawn IS DISTINCT FROM 'flow'`;
}

/** What a record is called: its name, or from where to where it goes. */
function nameOf(layer: PublishedLayer, field: 'name' | 'name_fr'): Sql {
  const ends = hasText(layer, 'from_place') && hasText(layer, 'to_place');
  return ends && !hasText(layer, 'name') ? sql`from_place || ' – ' || to_place` : textOf(layer, field);
}

/**
 * Records of all the collections as one relation `(list, item, record, name, name_fr, commodity, held_by, precision_m, geom)`;
 * `list` is the place of the collection. Without `flows`, lines that are drawn between far ends are left out.
 */
export function subjectRelation(chosen: readonly Chosen[], flows: boolean): Sql {
  const each = chosen.map(
    ({ layer, filter }, list) => sql`SELECT ${list}::integer AS list, fid AS item, record_id AS record,
      ${nameOf(layer, 'name')} AS name, ${nameOf(layer, 'name_fr')} AS name_fr, ${textOf(layer, 'commodity')} AS commodity,
      ${textOf(layer, 'held_by')} AS held_by, precision_m::float8 AS precision_m, geom
      FROM ${recordTable(layer)} WHERE ${predicate(layer, filter)} AND ${isTaken(layer, flows)}`,
  );
  return join(each, sql` UNION ALL `);
}

export interface SubjectRow {
  readonly list: number;
  readonly item: number;
  readonly record: string;
  readonly name: string | null;
  readonly name_fr: string | null;
  readonly held_by: string | null;
  /** Metres; null: not said. */
  readonly precision_m: number | null;
  /** On the ellipsoid; 0 of points. */
  readonly length_m: number;
  /** GeoJSON, degrees. */
  readonly geojson: string;
}

/** In the order of the list and of their numbers. */
export function subjectsQuery(chosen: readonly Chosen[], flows: boolean): Query {
  return toQuery(sql`SELECT list, item, record, name, name_fr, held_by, precision_m, ST_Length(geom::geography) AS length_m,
      ST_AsGeoJSON(geom, 7) AS geojson
    FROM (${subjectRelation(chosen, flows)}) AS subject ORDER BY list, item`);
}

/** How many there are, with and without those between far ends; of lines their vertices, and how long they are, metres. */
export interface SubjectSizeRow {
  readonly taken: number;
  readonly all_records: number;
  readonly lines: number;
  readonly line_vertices: number;
  readonly length_m: number;
}

export function subjectSizeQuery(chosen: readonly Chosen[], flows: boolean): Query {
  return toQuery(sql`SELECT (SELECT count(*) FROM (${subjectRelation(chosen, true)}) AS subject) AS all_records,
      count(*) AS taken, count(*) FILTER (WHERE ST_Dimension(geom) = 1) AS lines,
      coalesce(sum(ST_NPoints(geom)) FILTER (WHERE ST_Dimension(geom) = 1), 0) AS line_vertices,
      coalesce(sum(ST_Length(geom::geography)), 0) AS length_m
    FROM (${subjectRelation(chosen, flows)}) AS subject`);
}
