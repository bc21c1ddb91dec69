import { type Query, type Sql, sql, toQuery } from '../sql.ts';
import { type Staging, stagingTable } from './tables.ts';

/** The records that count: those of one layer of the file, and those between them that could not be read. Null: all, in a file of one layer. */
function ofPart(staging: Staging, part: number | null, idx: Sql): Sql {
  if (part === null) return sql`TRUE`;
  const read = stagingTable(staging, 'read');
  return sql`(${idx} > coalesce((SELECT max(idx) FROM ${read} WHERE part < ${part}::smallint), 0)
    AND ${idx} < coalesce((SELECT min(idx) FROM ${read} WHERE part > ${part}::smallint), 9223372036854775807))`;
}

/**
 * The account of the records of a layer of the file: one row `{ unchanged, repaired, unlocated, quarantined, skipped }`.
 * What was kept out while it was read, and has no row, is quarantined too.
 */
export function accountQuery(staging: Staging, part: number | null): Query {
  const lost = sql`SELECT count(DISTINCT issue.idx) FROM ${stagingTable(staging, 'issue')} AS issue
    WHERE issue.phase = 1 AND issue.severity = 'error' AND ${ofPart(staging, part, sql`issue.idx`)}
      AND NOT EXISTS (SELECT FROM ${stagingTable(staging, 'read')} AS read WHERE read.idx = issue.idx)`;
  const count = (outcome: string) => sql`count(*) FILTER (WHERE outcome = ${outcome}::text)`;
  return toQuery(sql`SELECT ${count('unchanged')}::integer AS unchanged, ${count('repaired')}::integer AS repaired,
      ${count('unlocated')}::integer AS unlocated, (${count('quarantined')} + (${lost}))::integer AS quarantined,
      ${count('skipped')}::integer AS skipped
    FROM ${stagingTable(staging, 'typed')}`);
}

/** How often each issue occurs in the file and in its layer: rows `{ code, severity (the worst), count }`, worst first. */
export function issueCountsQuery(staging: Staging, part: number | null): Query {
  const rank = sql`min(array_position(ARRAY['error', 'warning', 'note'], severity))`;
  return toQuery(sql`SELECT code, (ARRAY['error', 'warning', 'note'])[${rank}] AS severity, count(*)::integer AS count
    FROM ${stagingTable(staging, 'issue')} AS issue
    WHERE issue.idx IS NULL OR ${ofPart(staging, part, sql`issue.idx`)}
    GROUP BY code ORDER BY ${rank}, count(*) DESC, code`);
}

/** Where the records lie that would be published: a row `{ bbox }`, west, south, east, north in degrees, or null. */
export function extentQuery(staging: Staging): Query {
  return toQuery(sql`SELECT CASE WHEN box IS NOT NULL THEN ARRAY[ST_XMin(box), ST_YMin(box), ST_XMax(box), ST_YMax(box)] END AS bbox
    FROM (SELECT ST_Extent(geom) AS box FROM ${stagingTable(staging, 'typed')} WHERE outcome IN ('unchanged', 'repaired')) AS extent`);
}
