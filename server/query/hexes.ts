import type { Bbox } from '../core/bbox.ts';
import type { PublishedLayer } from '../core/catalogue.ts';
import type { Filter } from './filter.ts';
import { withCellCounts } from './hex-cells.ts';
import { ident, join, more, type Query, type Sql, sql, toQuery } from './sql.ts';

function meetsBoxes(boxes: readonly Bbox[] | undefined): Sql {
  if (!boxes) return sql`TRUE`;
  // Web Mercator ends at 85.06 degrees; nothing can be drawn beyond, and a transform of the pole is infinite.
  const clamp = (latitude: number) => Math.max(-85.06, Math.min(85.06, latitude));
  const envelopes = boxes.map(
    ({ west, south, east, north }) =>
      sql`geom_3857 && ST_Transform(ST_MakeEnvelope(${west}::float8, ${clamp(south)}::float8, ${east}::float8, ${clamp(north)}::float8, 4326), 3857)`,
  );
  return sql`(${join(envelopes, sql` OR `)})`;
}

/** A row for each cell and kind: `{ cell (hexadecimal), kind | null, count, ...measures }`, ordered by cell. */
export function hexesQuery(layer: PublishedLayer, resolution: number, filter: Filter): Query {
  const { bbox, ...records } = filter;
  const kind = layer.kind === undefined ? sql`NULL::text` : ident(layer.kind);
  return toQuery(sql`${withCellCounts(layer, resolution, meetsBoxes(bbox), records)}
    SELECT to_hex(cell) AS cell, ${kind} AS kind, count${more(layer.measures.map((name) => ident(name)))}
    FROM parts JOIN cells USING (ordinal) ORDER BY ordinal, 2`);
}
