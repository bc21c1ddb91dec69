import { quoted, type Statement } from './statement.ts';

/**
 * The tables in which SQLite's R-tree module keeps an index, and its row in the schema: the SQLite of this server has no
 * such module, but a file may carry what another one will read.
 */
export function treeTables(table: string): Statement[] {
  const name = `rtree_${table}_geom`;
  return [
    [`CREATE TABLE ${quoted(`${name}_rowid`)} (rowid INTEGER PRIMARY KEY, nodeno)`],
    [`CREATE TABLE ${quoted(`${name}_node`)} (nodeno INTEGER PRIMARY KEY, data)`],
    [`CREATE TABLE ${quoted(`${name}_parent`)} (nodeno INTEGER PRIMARY KEY, parentnode)`],
  ];
}

/** Names the index in the schema: after everything else, since a SQLite without the module cannot touch it then. */
export function nameTree(table: string): Statement[] {
  const name = `rtree_${table}_geom`;
  return [
    ['PRAGMA writable_schema = ON'],
    [
      "INSERT INTO sqlite_master (type, name, tbl_name, rootpage, sql) VALUES ('table', ?, ?, 0, ?)",
      [name, name, `CREATE VIRTUAL TABLE ${quoted(name)} USING rtree(id, minx, maxx, miny, maxy)`],
    ],
    ['PRAGMA writable_schema = OFF'],
  ];
}
