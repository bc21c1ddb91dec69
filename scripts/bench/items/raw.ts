import pg from 'pg';
import { type Layer, recordFields } from '../../../server/core/layer.ts';
import type { Connection } from '../../../server/db/database.ts';
import { CONCURRENCY } from '../contender.ts';
import { SETTINGS } from '../contenders/raw.ts';
import { AREAS, INCIDENTS } from '../layers.ts';
import { PAGE, type Question } from './questions.ts';

const column = (name: string) => {
  if (name === 'valid_from') return `(lower(valid) AT TIME ZONE 'UTC')::date`;
  if (name === 'valid_to') return `(upper(valid) AT TIME ZONE 'UTC')::date`;
  return `"${name}"`;
};

function properties(layer: Layer): string {
  return recordFields(layer)
    .map(({ name }) => `'${name}', ${column(name)}`)
    .join(', ');
}

const layerOf = ({ table }: Question) => (table.includes(INCIDENTS.id) ? INCIDENTS : AREAS);

/** How the database may put the JSON together: one value for the page, or one for each feature. */
export const SHAPES = {
  'raw page': (feature: string, rest: string) =>
    `SELECT json_build_object('type', 'FeatureCollection', 'features', json_agg(feature))::text AS json
     FROM (SELECT ${feature} AS feature ${rest}) AS page`,
  'raw rows': (feature: string, rest: string) => `SELECT (${feature})::text AS json ${rest}`,
} as const;
export type Shape = keyof typeof SHAPES;

/** The same page, made by `json_build_object` and `ST_AsGeoJSON` as pg_featureserv has it made. */
export function rawSql(question: Question, shape: Shape): string {
  const layer = layerOf(question);
  const feature = `json_build_object('type', 'Feature', 'id', fid, 'geometry', ST_AsGeoJSON(geom, 6)::json,
    'properties', json_build_object(${properties(layer)}))`;
  const rest = `FROM ${question.table} WHERE handling = 'public' AND ${question.where} ORDER BY fid LIMIT ${PAGE}`;
  return SHAPES[shape](feature, rest);
}

/** Connections of bare `pg`, one for each concurrent run. */
export async function openRaw(connection: Connection) {
  const clients = Array.from({ length: CONCURRENCY }, () => new pg.Client({ ...connection, options: SETTINGS }));
  await Promise.all(clients.map((client) => client.connect()));
  return {
    /** The features of a page as text. */
    fetch: async (question: Question, shape: Shape, lane: number): Promise<string> => {
      const { rows } = await (clients[lane] as pg.Client).query<{ json: string }>(rawSql(question, shape));
      return rows.map(({ json }) => json).join(',');
    },
    close: async () => {
      await Promise.all(clients.map((client) => client.end()));
    },
  };
}
