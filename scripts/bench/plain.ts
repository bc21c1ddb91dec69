import type { TileCoord } from '../../server/core/tile.ts';
import type { Query } from '../../server/query/sql.ts';

/**
 * The same records as a tile server over PostGIS usually finds them: geometry in EPSG:3857 with a GiST index, the heap
 * in the order in which the records came, every attribute.
 */
const TABLES = {
  points: { from: 'bench_incidents_1', attributes: 'kind, killed, injured, actor, target, place, event, summary' },
  areas: { from: 'bench_areas_1', attributes: 'actor, summary' },
  ways: { from: 'bench_ways_1', attributes: 'commodity, summary' },
} as const;

export type PlainTable = keyof typeof TABLES;
export const PLAIN_TABLES = Object.keys(TABLES) as PlainTable[];

export const BUFFER = 64;

/** 12 of the 120 months, and one kind of five. */
export const WINDOW = { from: '2019-01-01', to: '2019-12-31' };
export const KIND = 'ied';

const day = `(lower(valid) AT TIME ZONE 'UTC')::date AS day`;

export function createPlainTables(): Query[] {
  const make = (name: PlainTable) => {
    const { from, attributes } = TABLES[name];
    const label = name === 'points' ? ', geom' : '';
    return [
      `CREATE TABLE bench.${name} AS SELECT fid, ${attributes}, ${day}, geom_3857${label} FROM layer."${from}" ORDER BY fid`,
      `CREATE INDEX ON bench.${name} USING gist (geom_3857)`,
    ];
  };
  return ['CREATE SCHEMA bench', ...PLAIN_TABLES.flatMap(make)].map((text) => ({ text, values: [] }));
}

/** One MVT layer as pg_tileserv makes it, without its limit on features. */
function part(name: PlainTable, { z, x, y }: TileCoord, filtered: boolean): string {
  const where = filtered ? ` AND day BETWEEN '${WINDOW.from}' AND '${WINDOW.to}' AND kind = '${KIND}'` : '';
  return `(SELECT ST_AsMVT(feature, '${name}', 4096, 'geom', 'fid') FROM (
    SELECT ST_AsMVTGeom(geom_3857, ST_TileEnvelope(${z}, ${x}, ${y}), 4096, ${BUFFER}, true) AS geom, fid, ${TABLES[name].attributes}
    FROM bench.${name} WHERE geom_3857 && ST_TileEnvelope(${z}, ${x}, ${y}, margin => ${BUFFER / 4096})${where}
  ) AS feature)`;
}

/**
 * A raw tile: all three layers, or with the filter the points alone (lines and polygons have no kind).
 * Whole numbers only go into the text, so that the planner sees them.
 */
export function rawTileSql(tile: TileCoord, filtered: boolean): string {
  const parts = (filtered ? (['points'] as const) : PLAIN_TABLES).map((name) => part(name, tile, filtered));
  return `SELECT ${parts.join(' || ')} AS mvt`;
}
