import type { Statement } from './statement.ts';

/**
 * What keeps the R-tree in step when somebody edits the file, for a table with the key `fid` and the geometry `geom`:
 * the triggers of the extension gpkg_rtree_index (OGC 12-128r18, F.3). They use functions that editing programs bring.
 */
export function spatialTriggers(table: string): Statement[] {
  const tree = `"rtree_${table}_geom"`;
  const isThere = '(NEW.geom NOT NULL AND NOT ST_IsEmpty(NEW.geom))';
  const isGone = '(NEW.geom ISNULL OR ST_IsEmpty(NEW.geom))';
  const put = `INSERT OR REPLACE INTO ${tree} VALUES
    (NEW.fid, ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom));`;
  const drop = `DELETE FROM ${tree} WHERE id = OLD.fid;`;
  const trigger = (name: string, when: string, condition: string, body: string): Statement => [
    `CREATE TRIGGER "rtree_${table}_geom_${name}" AFTER ${when} ON "${table}" WHEN ${condition} BEGIN ${body} END`,
  ];
  return [
    trigger('insert', 'INSERT', isThere, put),
    trigger('update1', 'UPDATE OF geom', `OLD.fid = NEW.fid AND ${isThere}`, put),
    trigger('update2', 'UPDATE OF geom', `OLD.fid = NEW.fid AND ${isGone}`, drop),
    trigger('update3', 'UPDATE', `OLD.fid != NEW.fid AND ${isThere}`, `${drop} ${put}`),
    trigger(
      'update4',
      'UPDATE',
      `OLD.fid != NEW.fid AND ${isGone}`,
      `DELETE FROM ${tree} WHERE id IN (OLD.fid, NEW.fid);`,
    ),
    trigger('delete', 'DELETE', 'OLD.geom NOT NULL', drop),
  ];
}
