import { all, type Sql, sql, toQuery } from '../sql.ts';
import { regionColumn } from '../staging/extra-columns.ts';
import { stagingTable } from '../staging/tables.ts';
import { areaBoxes } from './area.ts';
import { type Checking, isDeletion, type SetCheck } from './check.ts';
import { explainingSlip, sayAndMove, shownPoint } from './moved-shapes.ts';
import { claimsOf } from './region-claims.ts';

/** So many records tell where the others are to be looked for; fewer tell nothing. */
const ENOUGH = 20;
const SAMPLE = 20_000;

/**
 * Points that name no region, far from where they should be, and not with a sign changed or with longitude and latitude
 * exchanged: `sign-flipped`, `axes-swapped`. Judged by the layer's area, else by the other points of the file. By these
 * nothing is moved: in a file about Mali, two points in Angola would lie in Mali with their axes exchanged, and are in
 * Angola.
 */
export const misplaced: SetCheck = (checking) => {
  const { layer, staging } = checking;
  // An area on both sides of the antimeridian has no middle.
  if (layer.geometry !== 'point' || isDeletion(checking) || areaBoxes(layer).length > 1) return [];
  const unnamed = claimsOf(checking).map(({ level }) => sql`${regionColumn(level)} IS NULL`);
  const { move, say } = sayAndMove(checking, layer.area !== undefined);
  const basis = layer.area
    ? 'in the area of the layer.'
    : 'among the other records, which proves little: give the layer an area, or a column of regions, and the repair moves it.';
  return [
    toQuery(sql`WITH ${expected(checking)},
      slipped AS MATERIALIZED (
        SELECT record.idx, explained.slip, explained.moved, ${shownPoint(sql`record.geom`)} AS was, ${basis}::text AS basis
        FROM ${stagingTable(staging, 'typed')} AS record, expected,
          LATERAL (${explainingSlip(sql`record.geom`, (moved) => sql`${moved} @ expected.core`)}) AS explained
        WHERE record.outcome IN ('unchanged', 'repaired') AND NOT record.geom @ expected.wide AND ${all(unnamed)}),
      ${move} ${say}`),
  ];
};

/** `expected (core, wide)`: where moved points have to lie, and beyond what points are looked at. No row: unknown. */
function expected(checking: Checking): Sql {
  const [box] = areaBoxes(checking.layer);
  if (box) return sql`expected AS MATERIALIZED (SELECT ${box} AS core, ${box} AS wide)`;
  const typed = stagingTable(checking.staging, 'typed');
  const end = (share: number, axis: Sql) =>
    sql`percentile_disc(${share}::double precision) WITHIN GROUP (ORDER BY ${axis})`;
  const [x, y] = [sql`ST_X(geom)`, sql`ST_Y(geom)`];
  // The middle nine tenths, and as much again on each side: what lies beyond is far off.
  return sql`expected AS MATERIALIZED (
    SELECT ST_MakeEnvelope(w - dx / 4, s - dy / 4, e + dx / 4, n + dy / 4, 4326) AS core,
      ST_MakeEnvelope(w - dx, s - dy, e + dx, n + dy, 4326) AS wide
    FROM (SELECT *, greatest(e - w, 1) AS dx, greatest(n - s, 1) AS dy
      FROM (SELECT ${end(0.05, x)} AS w, ${end(0.05, y)} AS s, ${end(0.95, x)} AS e, ${end(0.95, y)} AS n, count(*) AS points
        FROM ${typed} WHERE outcome IN ('unchanged', 'repaired')
          AND idx % (SELECT greatest(1, count(*) / ${SAMPLE}::integer) FROM ${typed}) = 0) AS ends
      WHERE points >= ${ENOUGH}::integer) AS spread)`;
}
