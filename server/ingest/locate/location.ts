/** How the rows of a table tell where they are: the columns, by name. */
export type Location =
  | { readonly type: 'lonlat'; readonly lon: string; readonly lat: string }
  /** Numbers of some grid: its reference system has to be told by the sender. */
  | { readonly type: 'xy'; readonly x: string; readonly y: string }
  /** `srid`: of EWKT, the same in all rows looked at; null: none is named, which is WGS 84. */
  | { readonly type: 'wkt'; readonly column: string; readonly srid: number | null }
  | { readonly type: 'mgrs'; readonly column: string }
  | { readonly type: 'geojson'; readonly column: string };
