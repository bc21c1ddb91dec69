import { recordFields } from '../../core/layer.ts';
import { type Checking, isDeletion, type Rule } from '../checks/check.ts';
import { ident, join, more, type Query, type Sql, sql, toQuery } from '../sql.ts';
import { cellsFrom, cellTexts, cellValues, columnText, mendedTexts } from './cells.ts';
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

/** Takes away the table `typed` of an earlier check. */
export function dropTyped({ staging }: Checking): Query {
  return toQuery(sql`DROP TABLE IF EXISTS ${stagingTable(staging, 'typed')}`);
}

/**
 * A column that keeps PostgreSQL from merging a step with the next, as OFFSET 0 would, which would also keep it from working
 * out parts side by side: what calls a volatile function is never merged.
 */
const apart = (step: number): Sql => sql`azalai.apart() AS ${ident(`#apart${step}`)}`;

/**
 * Makes `typed` of `read` in one pass: texts, then values, then what is wrong with them, then the outcome. Each step
 * is a subquery of its own, so that nothing is worked out twice. A table that is made by what it is to hold, not filled
 * afterwards: of that PostgreSQL works out parts side by side.
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
      ${more(regionTexts)}${more(cellTexts(cells))}, ${apart(1)}
    FROM ${read} AS read, ${cellsFrom(cells, others)} WHERE read.part = ${mapping.part}::smallint`;
  const mended = sql`SELECT *${more(mendedTexts(cells))}, ${shapeOf(layer)} AS shape,
      source_shape IS NOT NULL AND NOT ST_IsEmpty(source_shape) AND was <> 'quarantined' AND ${isLost(system)} AS is_lost, ${apart(2)}
    FROM (${texts}) AS texts`;
  const values = sql`SELECT *, ${isKind(layer)} AS is_kind${more(cellValues(cells, mapping))}
      ${more(validityOfShape(checking))}, ${apart(3)}
    FROM (${mended}) AS mended`;
  const bounds = sql`SELECT *, ${mendedShape(checking)} AS whole_shape, ${startOf(checking)} AS starts, ${endOf(checking)} AS ends, ${apart(4)}
    FROM (${values}) AS values`;
  const checked = sql`SELECT *, ${isMended(checking)} AS is_mended, ${apart(5)} FROM (${bounds}) AS bounds`;
  const faulty = sql`SELECT *, ${faultsOf(rules)} AS ${FAULTS}, ${apart(6)} FROM (${checked}) AS checked`;

  const fields = fieldsWithColumn(recordFields(layer));
  const filled = fields.map(
    (field) => sql`(${columnValue(field, checking, today)})::${columnType(field)} AS ${ident(field.name)}`,
  );
  const regionColumns = regions.map(({ level }) => regionColumn(level));
  const valid =
    layer.time === null ? sql`NULL` : sql`CASE WHEN starts >= ends THEN NULL ELSE tstzrange(starts, ends) END`;
  const isUnknownSystem = system === null ? sql`source_shape IS NOT NULL` : sql`FALSE`;
  const positionless = isDeletion(checking) ? sql`FALSE` : sql`shape IS NULL`;
  const outcome = sql`CASE WHEN was = 'quarantined' OR ${isUnknownSystem} OR ${isKeptOut(FAULTS)} THEN 'quarantined'
        WHEN ${positionless} THEN 'unlocated'
        WHEN was = 'repaired' OR ${isRepaired(FAULTS)} THEN 'repaired' ELSE 'unchanged' END`;
  return toQuery(sql`CREATE TABLE ${stagingTable(staging, 'typed')} AS
    SELECT idx, ${outcome} AS outcome,
      (CASE WHEN is_mended THEN whole_shape ELSE shape END)::geometry(Geometry, 4326) AS geom,
      coalesce(shape_before, CASE WHEN is_mended THEN shape END)::geometry(Geometry, 4326) AS geom_before,
      ${join(filled, sql`, `)}, (${valid})::tstzrange AS valid, ${FAULTS}, ${FINGERPRINT}${more(regionColumns)}
    FROM (${faulty}) AS faulty`);
}
