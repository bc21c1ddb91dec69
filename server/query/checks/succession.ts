import { recordFields } from '../../core/layer.ts';
import { ident, sql, toQuery } from '../sql.ts';
import { stagingTable } from '../staging/tables.ts';
import type { SetCheck } from './check.ts';

/**
 * Where records of one site (or whatever the field names) follow one another: each is valid until the next one begins,
 * and the latest stays open, so that at any time one state of a site is valid. Those that begin at the same time end
 * together. Nothing is said: that is how the file is meant.
 */
export const succession: SetCheck = ({ staging, mapping, layer }) => {
  const name = mapping.succession ?? null;
  const field = recordFields(layer).find((known) => known.name === name);
  if (!field || layer.time !== 'interval' || mapping.target.mode === 'delete') return [];
  const typed = stagingTable(staging, 'typed');
  const site = ident(field.name);
  return [
    toQuery(sql`UPDATE ${typed} AS typed SET valid = tstzrange(lower(typed.valid), told.next)
      FROM (SELECT idx, min(lower(valid)) OVER (PARTITION BY ${site} ORDER BY lower(valid)
          GROUPS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING) AS next
        FROM ${typed} WHERE outcome IN ('unchanged', 'repaired') AND ${site} IS NOT NULL AND lower(valid) IS NOT NULL) AS told
      WHERE typed.idx = told.idx AND told.next IS NOT NULL`),
  ];
};
