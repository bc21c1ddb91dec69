import { recordFields } from '../../core/layer.ts';
import { type Checking, isDeletion, type Rule } from '../checks/check.ts';
import { ident, join, more, type Query, sql, toQuery } from '../sql.ts';
import { cellsFrom, cellTexts, columnText, mendedTexts } from './cells.ts';
import { columnValue } from './column-value.ts';
import { columnType, fieldsWithColumn } from './columns.ts';
import { FAULTS, FINGERPRINT, regionColumn, regionLevels } from './extra-columns.ts';
import { faultsOf, isKeptOut, isRepaired } from './faults.ts';
import {
  isKind,
  isLost,
  isMended,
  mendedShape,
  type SourceSystem,
  shapeOf,
  toWgs84,
  validityOfShape,
} from './shapes.ts';
import { stagingTable } from './tables.ts';
import { endOf, startOf } from './validity.ts';
import { typedValue } from './values.ts';

/** Drops the table `typed` of an earlier check, and makes it anew, empty. */
export function createTyped({ staging, layer, mapping }: Checking): Query[] {
  const columns = fieldsWithColumn(recordFields(layer)).map((field) => sql`${ident(field.name)} ${columnType(field)}`);
  const regions = regionLevels(mapping).map(({ level }) => sql`${regionColumn(level)} text`);
  const table = stagingTable(staging, 'typed');
  return [
    sql`DROP TABLE IF EXISTS ${table}`,
    sql`CREATE TABLE ${table} (
      idx bigint NOT NULL,
      outcome text NOT NULL,
      geom geometry(Geometry, 4326),
      geom_before geometry(Geometry, 4326),
      ${join(columns, sql`, `)},
      valid tstzrange,
      ${FAULTS} text[],
      ${FINGERPRINT} bigint NOT NULL${more(regions)})`,
  ].map(toQuery);
}

/**
 * Fills `typed` from `read` in one pass: texts, then values, then what is wrong with them, then the outcome. Each step
 * is a subquery of its own (OFFSET 0 keeps PostgreSQL from merging them), so that nothing is worked out twice.
 */
export function fillTyped(checking: Checking, rules: readonly Rule[], system: SourceSystem): Query {
  const { staging, layer, mapping, cells, today } = checking;
  const read = stagingTable(staging, 'read');
  const regions = regionLevels(mapping);
  const others = regions.map(({ column }) => column);
  const regionTexts = regions.map(({ column, level }) => sql`${columnText(column, cells)} AS ${regionColumn(level)}`);
  const texts = sql`SELECT read.idx, read.outcome AS was, read.source_id, read.geom AS source_shape,
      ${toWgs84(sql`read.geom`, system)} AS given_shape, ${toWgs84(sql`read.geom_before`, system)} AS shape_before,
      hashtextextended(concat(read.source_id, ' ', read.properties::text), coalesce(geometry_hash(read.geom), 0)) AS ${FINGERPRINT}
      ${more(regionTexts)}${more(cellTexts(cells))}
    FROM ${read} AS read, ${cellsFrom(cells, others)} WHERE read.part = ${mapping.part}::smallint OFFSET 0`;
  const mended = sql`SELECT *${more(mendedTexts(cells))}, ${shapeOf(layer)} AS shape,
      source_shape IS NOT NULL AND NOT ST_IsEmpty(source_shape) AND was <> 'quarantined' AND ${isLost(system)} AS is_lost
    FROM (${texts}) AS texts OFFSET 0`;
  const values = sql`SELECT *, ${isKind(layer)} AS is_kind${more(cells.map((cell) => sql`${typedValue(cell, mapping)} AS ${cell.value}`))}
      ${more(validityOfShape(checking))}
    FROM (${mended}) AS mended OFFSET 0`;
  const bounds = sql`SELECT *, ${mendedShape(checking)} AS whole_shape, ${startOf(checking)} AS starts, ${endOf(checking)} AS ends
    FROM (${values}) AS values OFFSET 0`;
  const checked = sql`SELECT *, ${isMended(checking)} AS is_mended FROM (${bounds}) AS bounds OFFSET 0`;
  const faulty = sql`SELECT *, ${faultsOf(rules)} AS ${FAULTS} FROM (${checked}) AS checked OFFSET 0`;

  const fields = fieldsWithColumn(recordFields(layer));
  const columns = fields.map((field) => ident(field.name));
  const filled = fields.map((field) => columnValue(field, checking, today));
  const regionColumns = regions.map(({ level }) => regionColumn(level));
  const valid =
    layer.time === null ? sql`NULL` : sql`CASE WHEN starts >= ends THEN NULL ELSE tstzrange(starts, ends) END`;
  const isUnknownSystem = system === null ? sql`source_shape IS NOT NULL` : sql`FALSE`;
  const positionless = isDeletion(checking) ? sql`FALSE` : sql`shape IS NULL`;
  return toQuery(sql`INSERT INTO ${stagingTable(staging, 'typed')}
      (idx, outcome, geom, geom_before, ${join(columns, sql`, `)}, valid, ${FAULTS}, ${FINGERPRINT}${more(regionColumns)})
    SELECT idx,
      CASE WHEN was = 'quarantined' OR ${isUnknownSystem} OR ${isKeptOut(FAULTS)} THEN 'quarantined'
        WHEN ${positionless} THEN 'unlocated'
        WHEN was = 'repaired' OR ${isRepaired(FAULTS)} THEN 'repaired' ELSE 'unchanged' END,
      CASE WHEN is_mended THEN whole_shape ELSE shape END,
      coalesce(shape_before, CASE WHEN is_mended THEN shape END),
      ${join(filled, sql`, `)}, ${valid}, ${FAULTS}, ${FINGERPRINT}${more(regionColumns)}
    FROM (${faulty}) AS faulty`);
}
