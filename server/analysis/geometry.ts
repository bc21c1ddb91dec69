import { z } from 'zod';

/** Vertices of a geometry that is drawn: more is a layer. */
export const MAX_VERTICES = 50_000;

const position = z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)]).rest(z.number());
const line = z.array(position).min(2);
const ring = z.array(position).min(4);
const typed = <const Type extends string, Coordinates extends z.ZodType>(type: Type, coordinates: Coordinates) =>
  z.strictObject({ type: z.literal(type), coordinates });

/** How many vertices coordinates have, of whatever geometry. */
export function verticesOf(coordinates: unknown): number {
  if (!Array.isArray(coordinates)) return 0;
  if (typeof coordinates[0] === 'number') return 1;
  return coordinates.reduce<number>((sum, each) => sum + verticesOf(each), 0);
}

/** A geometry of GeoJSON (RFC 7946) in degrees. One that crosses the antimeridian is cut there, as that standard has it. */
export const GeometrySchema = z
  .discriminatedUnion('type', [
    typed('Point', position),
    typed('MultiPoint', z.array(position).min(1)),
    typed('LineString', line),
    typed('MultiLineString', z.array(line).min(1)),
    typed('Polygon', z.array(ring).min(1)),
    typed('MultiPolygon', z.array(z.array(ring).min(1)).min(1)),
  ])
  .refine(({ coordinates }) => verticesOf(coordinates) <= MAX_VERTICES, `has at most ${MAX_VERTICES} vertices`);
export type DrawnGeometry = z.output<typeof GeometrySchema>;
