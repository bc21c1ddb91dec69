import { type Sql, sql, toQuery } from '../sql.ts';
import { stagingTable } from '../staging/tables.ts';
import { type Checking, isDeletion, type SetCheck } from './check.ts';
import { boundaries, type Claims, claimed, claimsOf, hasLevel } from './region-claims.ts';

/** So many names are listed: a column that holds no regions at all has a name for each record. */
const LISTED = 200;

/** Names of regions that the layer of boundaries does not have: one note for each name, not for each record. */
export const regionUnknown: SetCheck = (checking) => {
  if (isDeletion(checking)) return [];
  if (!checking.regions && checking.mapping.regions.length > 0) return [toQuery(withoutBoundaries(checking))];
  return claimsOf(checking).map((claims) => toQuery(unknownNames(checking, claims)));
};

function withoutBoundaries({ staging, mapping }: Checking): Sql {
  return sql`INSERT INTO ${stagingTable(staging, 'issue')} (phase, code, severity, pointer, detail)
    VALUES (2, 'region-unknown', 'note', ${mapping.regions[0]?.column ?? null}::text,
      'There is no layer of boundaries here: whether the records lie in the regions that they name was not looked at.')`;
}

function unknownNames(checking: Checking, claims: Claims): Sql {
  const { column, level } = claims;
  const none = `There are no boundaries of level ${level} here: whether the records lie in these regions was not looked at.`;
  return sql`WITH ${claimed(checking, claims)}, ${boundaries(claims)},
    said (value, detail) AS (
      (SELECT claim.name, 'No region of level ' || ${level}::integer || ' has this name or P-code; records that name it: ' || claim.records || '.'
        FROM claim WHERE ${hasLevel(claims)} AND NOT EXISTS (SELECT FROM boundary WHERE boundary.name = claim.name)
        ORDER BY claim.records DESC, claim.name LIMIT ${LISTED}::integer)
      UNION ALL
      SELECT NULL, ${none}::text WHERE NOT ${hasLevel(claims)})
    INSERT INTO ${stagingTable(checking.staging, 'issue')} (phase, code, severity, pointer, value, detail)
    SELECT 2, 'region-unknown', 'note', ${column}::text, left(value, 120), detail FROM said`;
}
