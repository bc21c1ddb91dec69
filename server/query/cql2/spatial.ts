import type { GeometryLiteral, NearTest, PlainGeometry, Position, Spatial, SpatialTest } from '../../core/cql2/ast.ts';
import { positionsOf } from '../../core/cql2/check/geometry.ts';
import { isGeometry, isProperty } from '../../core/cql2/kinds.ts';
import { type Sql, sql } from '../sql.ts';
import { columnOf, type Subject } from './columns.ts';
import { reach } from './reach.ts';
import { shapesOf } from './shapes.ts';

/** On the plane of longitude and latitude, as stored. PostGIS adds the test of boxes that the index answers. */
export function spatialTest({ op, args }: SpatialTest, subject: Subject): Sql {
  const [a, b] = args.map((place) => toGeometry(place, subject));
  switch (op) {
    case 's_intersects':
      return sql`ST_Intersects(${a}, ${b})`;
    case 's_disjoint':
      return sql`NOT ST_Intersects(${a}, ${b})`;
    case 's_within':
      return sql`ST_Within(${a}, ${b})`;
    case 's_contains':
      return sql`ST_Contains(${a}, ${b})`;
    case 's_touches':
      return sql`ST_Touches(${a}, ${b})`;
    case 's_crosses':
      return sql`ST_Crosses(${a}, ${b})`;
    case 's_overlaps':
      return sql`ST_Overlaps(${a}, ${b})`;
    case 's_equals':
      return sql`ST_Equals(${a}, ${b})`;
  }
}

/** Metres along the ellipsoid, behind a box that the index answers where one side is written down. */
export function nearTest({ args: [first, second, metres] }: NearTest, subject: Subject): Sql {
  const [a, b] = [toGeometry(first, subject), toGeometry(second, subject)];
  const near = sql`ST_DWithin(${a}::geography, ${b}::geography, ${metres}::float8)`;
  const [literal, other] = isGeometry(first) ? [first, second] : [second, first];
  if (!isGeometry(literal) || !isProperty(other)) return near;
  const box = reach(shapesOf(literal).flatMap(positionsOf), metres, subject.isPoint);
  return box ? sql`(${columnOf(other, subject)} && ${envelope(box)} AND ${near})` : near;
}

export function toGeometry(place: Spatial, subject: Subject): Sql {
  const column = columnOf(place, subject);
  if (column) return column;
  const literal = place as GeometryLiteral;
  if ('bbox' in literal && isPlainBox(literal.bbox)) return envelope(literal.bbox);
  return repaired(combined(shapesOf(literal)));
}

const isPlainBox = ([west, south, east, north]: readonly number[]) =>
  (west as number) < (east as number) && (south as number) < (north as number);

function envelope([west, south, east, north]: readonly number[]): Sql {
  return sql`ST_MakeEnvelope(${west}::float8, ${south}::float8, ${east}::float8, ${north}::float8, 4326)`;
}

/** Shapes of one kind as one of many; of different kinds as a collection. */
function combined(shapes: readonly PlainGeometry[]): object {
  if (shapes.length === 1) return shapes[0] as PlainGeometry;
  const kinds = new Set(shapes.map(({ type }) => type.replace('Multi', '')));
  if (kinds.size > 1) return { type: 'GeometryCollection', geometries: shapes };
  const [kind] = kinds;
  const parts = shapes.flatMap(({ type, coordinates }) =>
    type.startsWith('Multi') ? (coordinates as readonly unknown[]) : [coordinates as readonly Position[]],
  );
  return { type: `Multi${kind}`, coordinates: parts };
}

/** What the checks let through may still touch itself in a way that makes GEOS fail; repaired, it stays of its kind. */
function repaired(geometry: object): Sql {
  const read = sql`ST_SetSRID(ST_GeomFromGeoJSON(${JSON.stringify(geometry)}::text), 4326)`;
  const { type } = geometry as { readonly type: string };
  if (type === 'GeometryCollection') return sql`ST_MakeValid(${read})`;
  return type.endsWith('Polygon') ? sql`ST_CollectionExtract(ST_MakeValid(${read}), 3)` : read;
}
