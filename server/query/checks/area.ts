import type { Layer } from '../../core/layer.ts';
import { join, type Sql, sql } from '../sql.ts';

/** The area of a layer as boxes in EPSG:4326: two where it crosses the antimeridian, none where it has none. */
export function areaBoxes({ area }: Layer): readonly Sql[] {
  if (!area) return [];
  const [west, south, east, north] = area;
  const box = (from: number, to: number) =>
    sql`ST_MakeEnvelope(${from}::double precision, ${south}::double precision, ${to}::double precision, ${north}::double precision, 4326)`;
  return west <= east ? [box(west, east)] : [box(west, 180), box(-180, east)];
}

/** Whether a shape touches one of the boxes. */
export const touchesAny = (shape: Sql, boxes: readonly Sql[]): Sql =>
  sql`(${join(
    boxes.map((box) => sql`${shape} && ${box}`),
    sql` OR `,
  )})`;
