import { sql, toQuery } from '../sql.ts';
import { stagingTable } from '../staging/tables.ts';
import { areaBoxes, touchesAny } from './area.ts';
import { isDeletion, type SetCheck } from './check.ts';
import { insertIssues, text } from './issue-rows.ts';

/** Records lie in the area that the layer is about. After points were moved to where they belong. */
export const areaOutside: SetCheck = (checking) => {
  const { area } = checking.layer;
  if (!area || isDeletion(checking)) return [];
  const [west, south, east, north] = area;
  const said = {
    code: text('area-outside'),
    severity: text('warning'),
    pointer: text('/geometry'),
    value: sql`found.place`,
    detail: text(
      `The layer is about the area from longitude ${west} to ${east} and from latitude ${south} to ${north}, and this lies outside.`,
    ),
  };
  const found = sql`(SELECT idx, ST_AsText(ST_PointOnSurface(geom), 5) AS place FROM ${stagingTable(checking.staging, 'typed')}
    WHERE outcome IN ('unchanged', 'repaired') AND NOT ${touchesAny(sql`geom`, areaBoxes(checking.layer))}) AS found`;
  return [toQuery(insertIssues(checking, said, found))];
};
