import { ident, type Sql, sql, toQuery } from '../sql.ts';
import { stagingTable } from '../staging/tables.ts';
import { type Checking, isDeletion, type SetCheck } from './check.ts';
import { insertIssues, text } from './issue-rows.ts';

const NEAR_METRES = 1000;
/** Degrees; a good deal more than the distance, so that most points are in one cell. */
const CELL = 0.1;
/** Half of the distance in degrees of latitude; of longitude up to 60 degrees north and south. */
const REACH = { lat: 0.0046, lon: 0.0092 };
/** A little more than the distance, in degrees of latitude. */
const DEGREES = 0.0093;
/** Days that are looked at together. */
const DAYS = 3;
/** Records in one cell, of one kind and these days. More cannot be told apart by place and day, and are not compared. */
const CROWD = 100;

/** What near records are looked for by; null where none are. */
function tablesOf(checking: Checking) {
  const { layer, staging } = checking;
  if (layer.geometry !== 'point' || layer.time === null || !layer.kind || isDeletion(checking)) return null;
  const kind = ident(layer.kind);
  return {
    kind,
    typed: stagingTable(staging, 'typed'),
    near: stagingTable(staging, 'near'),
    crowd: stagingTable(staging, 'crowd'),
  };
}

/**
 * Makes the tables that `duplicateNear` looks in, in place of those that an attempt has left; none where it does not apply.
 * Two points that are near share a cell that the surroundings of both touch, and a span of days that holds the day of one
 * and the day after, or the day, of the other: so records are joined by equal keys, not by distance.
 */
export const nearKeys: SetCheck = (checking) => {
  const tables = tablesOf(checking);
  if (!tables) return [];
  const { typed, near, crowd, kind } = tables;
  // They last for minutes: nothing of them need be on the disk.
  return [
    sql`DROP TABLE IF EXISTS ${near}, ${crowd}`,
    sql`CREATE UNLOGGED TABLE ${near} AS SELECT idx, lon, lat, day, ${keysOf(sql`base`)} AS key FROM (${based(typed, kind)}) AS based`,
    sql`CREATE UNLOGGED TABLE ${crowd} AS SELECT key, count(*)::integer AS records
      FROM (SELECT key FROM ${near} ORDER BY key OFFSET 0) AS sorted GROUP BY key HAVING count(*) > 1`,
    sql`ANALYZE ${crowd}`,
  ].map(toQuery);
};

/**
 * Points of the same kind within a kilometre and a day: the same event from two sources? Each record is held against
 * earlier ones of the file, and the first that is near is named. Where too many are together they are not compared, and
 * that is said. After `nearKeys`.
 */
export const duplicateNear: SetCheck = (checking) => {
  const tables = tablesOf(checking);
  if (!tables) return [];
  const { typed, near, crowd, kind } = tables;
  return [
    sql`INSERT INTO ${stagingTable(checking.staging, 'issue')} (phase, code, severity, pointer, value, detail)
      SELECT 2, 'duplicate-near-crowd', 'note', '/geometry', places || ' places, up to ' || most || ' records', ${CROWDED}::text
      FROM (SELECT count(*) AS places, max(records) AS most FROM ${crowd} WHERE records > ${CROWD}::integer) AS crowds WHERE places > 0`,
    sql`WITH shared AS MATERIALIZED (SELECT near.* FROM ${near} AS near JOIN ${crowd} AS crowd ON crowd.key = near.key
        WHERE crowd.records <= ${CROWD}::integer)
      ${insertIssues(checking, SAID, sql`(${pairs(typed, kind)}) AS found`)}`,
    sql`DROP TABLE ${near}, ${crowd}`,
  ].map(toQuery);
};

const CROWDED = `More than ${CROWD} records of one kind lie within ${CELL} degrees and ${DAYS} days of one another here. They were not compared: whether some of them are the same event was not looked at.`;

const SAID = {
  code: text('duplicate-near'),
  severity: text('warning'),
  pointer: text('/geometry'),
  value: sql`'record ' || found.first`,
  detail: text('A record of the same kind lies within 1 km and one day of this one: is it the same event?'),
};

/**
 * `idx, first`: of each record that is near an earlier one, the first of these. By what the keys were made of most pairs are
 * seen not to be near; of the others, which are few, the records themselves are looked up one by one.
 */
function pairs(typed: Sql, kind: Sql): Sql {
  const record = (idx: Sql) => sql`LATERAL (SELECT geom, ${kind} AS kind FROM ${typed} WHERE idx = ${idx} OFFSET 0)`;
  return sql`SELECT pair.idx, min(pair.first) AS first
    FROM (SELECT DISTINCT a.idx, b.idx AS first FROM shared AS a JOIN shared AS b ON b.key = a.key AND b.idx < a.idx
        WHERE abs(b.day - a.day) <= 1 AND abs(b.lat - a.lat) < ${DEGREES}::real AND abs(b.lon - a.lon) * cosd(a.lat) < ${DEGREES}::real) AS pair,
      ${record(sql`pair.idx`)} AS later, ${record(sql`pair.first`)} AS earlier
    WHERE earlier.kind = later.kind AND ST_DWithin(earlier.geom::geography, later.geom::geography, ${NEAR_METRES}::double precision)
    GROUP BY pair.idx`;
}

/** The steps by which a key grows from one cell or span of days to the next: bits 20 and 31, and the last. */
const STEP = { x: sql`2147483648`, y: sql`1048576` };

/**
 * `idx, lon, lat, day, base, dx, dy, dt`: the key of the first cell and span of days that a record belongs to, and by how much it grows to the
 * second, 0 where there is none. Keys of different places, days or kinds may be the same: what they bring together is
 * looked at again.
 */
function based(typed: Sql, kind: Sql): Sql {
  const cell = (axis: 'lon' | 'lat', sign: Sql) => {
    const value = axis === 'lon' ? sql`ST_X(geom)` : sql`ST_Y(geom)`;
    return sql`floor((${value} ${sign} ${REACH[axis]}::double precision) / ${CELL}::double precision)::integer`;
  };
  const cells = sql`SELECT idx, ST_X(geom)::real AS lon, ST_Y(geom)::real AS lat, hashtext(${kind}) AS kind, ${cell('lon', sql`-`)} AS x, ${cell('lon', sql`+`)} AS x2,
      ${cell('lat', sql`-`)} AS y, ${cell('lat', sql`+`)} AS y2,
      (lower(valid) AT TIME ZONE 'UTC')::date - DATE '2000-01-01' + 3000000 AS day, azalai.apart() AS apart
    FROM ${typed} WHERE outcome IN ('unchanged', 'repaired') AND isfinite(lower(valid)) AND ${kind} IS NOT NULL`;
  const span = (of: Sql) => sql`((${of}) / ${DAYS}::integer)`;
  return sql`SELECT idx, lon, lat, day, ((kind & 1048575)::bigint << 43) + (x + 2000) * ${STEP.x} + (y + 1000) * ${STEP.y} + ${span(sql`day`)} AS base,
      (x2 - x) * ${STEP.x} AS dx, (y2 - y) * ${STEP.y} AS dy, (${span(sql`day + 1`)} - ${span(sql`day`)})::bigint AS dt, azalai.apart() AS apart2
    FROM (${cells}) AS cells`;
}

/** One row for each of the one to eight keys of a record. */
function keysOf(base: Sql): Sql {
  const [x, y, t] = [sql`dx`, sql`dy`, sql`dt`];
  const one = sql`${base} + ${x} + ${y} + ${t}`;
  return sql`unnest(CASE (${x} > 0)::integer + (${y} > 0)::integer + (${t} > 0)::integer
    WHEN 0 THEN ARRAY[${base}] WHEN 1 THEN ARRAY[${base}, ${one}]
    WHEN 2 THEN ARRAY[${base}, ${base} + greatest(${x}, ${y}), ${base} + CASE WHEN ${t} > 0 THEN ${t} ELSE least(${x}, ${y}) END, ${one}]
    ELSE ARRAY[${base}, ${base} + ${x}, ${base} + ${y}, ${base} + ${t}, ${base} + ${x} + ${y}, ${base} + ${x} + ${t}, ${base} + ${y} + ${t}, ${one}] END)`;
}
