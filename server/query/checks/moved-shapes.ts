import { type Sql, sql } from '../sql.ts';
import { stagingTable } from '../staging/tables.ts';
import { type Checking, isOn } from './check.ts';
import { insertIssues } from './issue-rows.ts';

/**
 * Where a point would lie if its longitude's or its latitude's sign were wrong, or the two exchanged. In the order in
 * which they are tried; the commonest slip first.
 */
const SLIPS = ['lon', 'lat', 'axes'] as const;

const at = (x: Sql, y: Sql) => sql`ST_SetSRID(ST_MakePoint(${x}, ${y}), 4326)`;

function movedBy(slip: (typeof SLIPS)[number], shape: Sql): Sql {
  const [x, y] = [sql`ST_X(${shape})`, sql`ST_Y(${shape})`];
  if (slip === 'lon') return at(sql`-${x}`, y);
  if (slip === 'lat') return at(x, sql`-${y}`);
  return sql`CASE WHEN abs(${x}) <= 90 THEN ${at(y, x)} END`;
}

/**
 * A subquery `(slip, moved)` for a point: the first slip that would explain where it is, by the condition on a moved
 * point; no row when none does.
 */
export function explainingSlip(shape: Sql, fits: (moved: Sql) => Sql): Sql {
  const [lon, lat, axes] = SLIPS.map((slip) => movedBy(slip, shape));
  return sql`SELECT slip, moved FROM (VALUES (1, 'lon', ${lon}), (2, 'lat', ${lat}), (3, 'axes', ${axes})) AS slips (place, slip, moved)
    WHERE ${fits(sql`moved`)} ORDER BY place LIMIT 1`;
}

const isSwap = sql`found.slip = 'axes'`;

/**
 * The end of a statement: of the rows `slipped` (a CTE with idx, slip, moved, basis) says what would explain their
 * position, and moves those whose repair is on. `basis`: text that says what they fit. Without
 * proof nothing is moved.
 */
export function sayAndMove(checking: Checking, isProof = true): { readonly move: Sql; readonly say: Sql } {
  const typed = stagingTable(checking.staging, 'typed');
  const flips = isProof && isOn(checking, 'sign-flipped');
  const swaps = isProof && isOn(checking, 'axes-swapped');
  const isMended = sql`CASE WHEN ${isSwap} THEN ${swaps}::boolean ELSE ${flips}::boolean END`;
  const slipText = sql`CASE found.slip WHEN 'lon' THEN 'the sign of the longitude changed' WHEN 'lat' THEN 'the sign of the latitude changed'
    ELSE 'longitude and latitude exchanged' END`;
  const move = sql`moved AS (UPDATE ${typed} AS typed SET geom = found.moved, geom_before = coalesce(typed.geom_before, typed.geom), outcome = 'repaired'
    FROM slipped AS found WHERE typed.idx = found.idx AND ${isMended})`;
  const said = {
    code: sql`CASE WHEN ${isSwap} THEN 'axes-swapped' ELSE 'sign-flipped' END`,
    severity: sql`CASE WHEN ${isMended} THEN 'note' ELSE 'warning' END`,
    pointer: sql`'/geometry/coordinates'`,
    value: sql`found.was || ' → ' || ST_X(found.moved)::numeric(9, 5) || ', ' || ST_Y(found.moved)::numeric(9, 5)`,
    detail: sql`'With ' || ${slipText} || ' it would lie ' || found.basis || CASE WHEN ${isMended} OR NOT ${isProof}::boolean THEN '' ELSE ' The repair does that.' END`,
    done: sql`CASE WHEN ${isMended} THEN ${slipText} END`,
  };
  return { move, say: insertIssues(checking, said, sql`slipped AS found`) };
}

/** A point as text, longitude before latitude. */
export const shownPoint = (shape: Sql) => sql`ST_X(${shape})::numeric(9, 5) || ', ' || ST_Y(${shape})::numeric(9, 5)`;
