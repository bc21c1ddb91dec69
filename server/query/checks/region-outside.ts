import { type Query, sql, toQuery } from '../sql.ts';
import { regionColumn } from '../staging/extra-columns.ts';
import { stagingTable } from '../staging/tables.ts';
import { type Checking, isDeletion, type SetCheck } from './check.ts';
import { insertIssues, text } from './issue-rows.ts';
import { explainingSlip, sayAndMove, shownPoint } from './moved-shapes.ts';
import { boundaries, type Claims, claimed, claimsOf } from './region-claims.ts';

/** A point so near its region has no wrong sign, whatever else it fits. */
const FAR_KM = 10;

/**
 * Records lie in the region that they name, as far as the boundaries know: where these are said to be good to some
 * kilometres, what is less far out is not told. Of points that are far from it, whether they would lie in it with a sign
 * changed or with longitude and latitude exchanged. Where a record names regions of several levels it is told once, at the
 * first that it is not in.
 */
export const regionOutside: SetCheck = (checking) =>
  isDeletion(checking) ? [] : claimsOf(checking).map((claims) => outside(checking, claims));

const isTold = sql`told.phase = 2 AND told.severity = 'warning' AND told.code IN ('region-outside', 'sign-flipped', 'axes-swapped')`;

function outside(checking: Checking, claims: Claims): Query {
  const region = regionColumn(claims.level);
  const { move, say } = sayAndMove(checking);
  // Sorted by region, so that one boundary after the other is made ready for many points. What is outside has its
  // distance along the shortest line on the map, measured on the ellipsoid.
  const found = sql`outside AS MATERIALIZED (SELECT * FROM (
      SELECT record.idx, record.geom, record.name,
        ST_Length(ST_ShortestLine(record.geom, boundary.geom)::geography) / 1000 AS km, boundary.blur
      FROM (SELECT idx, geom, ${region} AS name FROM ${stagingTable(checking.staging, 'typed')}
        WHERE ${region} IS NOT NULL AND outcome IN ('unchanged', 'repaired') ORDER BY ${region} OFFSET 0) AS record
      JOIN boundary ON boundary.name = record.name
      WHERE NOT ST_Intersects(boundary.geom, record.geom) OFFSET 0) AS measured
      WHERE km > blur AND NOT EXISTS (SELECT FROM ${stagingTable(checking.staging, 'issue')} AS told WHERE told.idx = measured.idx AND ${isTold})),
    slipped AS MATERIALIZED (
      SELECT outside.idx, explained.slip, explained.moved, ${shownPoint(sql`outside.geom`)} AS was, 'in "' || outside.name || '", which it names.' AS basis
      FROM outside JOIN boundary ON boundary.name = outside.name,
        LATERAL (${explainingSlip(sql`outside.geom`, (moved) => sql`ST_Intersects(boundary.geom, ${moved})`)}) AS explained
      WHERE outside.km > greatest(${FAR_KM}::double precision, 2 * outside.blur) AND GeometryType(outside.geom) = 'POINT')`;
  const repaired = sql`SELECT idx FROM slipped WHERE CASE WHEN slip = 'axes' THEN ${checking.mapping.repairs.includes('axes-swapped')}::boolean
    ELSE ${checking.mapping.repairs.includes('sign-flipped')}::boolean END`;
  const said = {
    code: text('region-outside'),
    severity: text('warning'),
    pointer: text(claims.column),
    value: sql`found.name || ': ' || round(found.km::numeric, 1) || ' km'`,
    detail: text('The position is not in the region that the record names. The distance is that to its boundary.'),
  };
  const outsideIssues = insertIssues(
    checking,
    said,
    sql`(SELECT * FROM outside WHERE idx NOT IN (${repaired})) AS found`,
  );
  return toQuery(sql`WITH ${claimed(checking, claims)}, ${boundaries(claims)}, ${found}, ${move}, said AS (${say})
    ${outsideIssues}`);
}
