import { z } from 'zod';
import { InvalidLayer } from './errors.ts';
import { type Field, type Layer, recordFields } from './layer.ts';

/** A record as data files carry it: RFC 7946, lon/lat degrees, flat properties named by the layer's fields. */
export interface LayerRecord {
  readonly id: number;
  readonly geometry: { readonly type: string; readonly coordinates: unknown };
  readonly properties: Readonly<Record<string, unknown>>;
}

const GEOMETRY_TYPES = {
  point: ['Point'],
  line: ['LineString', 'MultiLineString'],
  polygon: ['Polygon', 'MultiPolygon'],
} as const;

/** Data files may leave these out. */
export const OPTIONAL_IN_FILES: ReadonlySet<string> = new Set(['reliability', 'credibility']);

const RECORD_REQUIRED = new Set([
  'record_id',
  'confidence',
  'precision_m',
  'source',
  'locator',
  'handling',
  'recorded_at',
]);

function isCalendarDay(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`);
  return Number.isFinite(time) && new Date(time).toISOString().startsWith(text);
}

function valueSchema(field: Field): z.ZodType {
  const values = field.values?.map(({ value }) => value);
  switch (field.type) {
    case 'string':
      return values ? z.enum(values as [string, ...string[]]) : z.string().min(1);
    case 'strings':
      return z.array(values ? z.enum(values as [string, ...string[]]) : z.string().min(1));
    case 'integer':
      return z.int();
    case 'number':
      return z.number();
    case 'boolean':
      return z.boolean();
    case 'date':
      return z
        .string()
        .regex(/^\d{4}-\d{2}-\d{2}$/, 'a date is written YYYY-MM-DD')
        .refine(isCalendarDay, 'not a day of the calendar');
    case 'datetime':
      return z.iso.datetime({ offset: true, error: 'an instant is written YYYY-MM-DDThh:mm:ssZ' });
  }
}

const longitude = z.number().min(-180).max(180);
const latitude = z.number().min(-90).max(90);
const position = z.tuple([longitude, latitude]);
const ring = z.array(position).min(4);
const COORDINATES: Record<string, z.ZodType> = {
  Point: position,
  LineString: z.array(position).min(2),
  MultiLineString: z.array(z.array(position).min(2)).min(1),
  Polygon: z.array(ring).min(1),
  MultiPolygon: z.array(z.array(ring).min(1)).min(1),
};

/** The schema of one feature of the layer: exactly its fields, each of its type, and a geometry that fits. */
export function recordSchema(layer: Layer): z.ZodType<LayerRecord> {
  const properties = Object.fromEntries(
    recordFields(layer).map((field) => {
      if (RECORD_REQUIRED.has(field.name)) return [field.name, valueSchema(field)];
      const nullable = valueSchema(field).nullable();
      return [field.name, OPTIONAL_IN_FILES.has(field.name) ? nullable.default(null) : nullable];
    }),
  );
  const geometry = z.union(
    GEOMETRY_TYPES[layer.geometry].map((type) =>
      z.strictObject({ type: z.literal(type), coordinates: COORDINATES[type] as z.ZodType }),
    ),
  );
  return z
    .object({
      type: z.literal('Feature'),
      id: z.int().positive(),
      geometry,
      properties: z.strictObject(properties),
    })
    .superRefine((record, context) => {
      const { valid_from: from, valid_to: to } = record.properties as Record<string, string | null>;
      if (from && to && from >= to) {
        context.addIssue({ code: 'custom', path: ['properties', 'valid_to'], message: 'ends before it starts' });
      }
    }) as unknown as z.ZodType<LayerRecord>;
}

const fileOf = ({ id, data }: Layer) => data ?? `the data of ${id}`;

/**
 * Reads a data file of a layer.
 * @throws InvalidLayer naming the first ten records that break the layer's schema
 */
export function parseRecords(layer: Layer, collection: unknown): LayerRecord[] {
  const features = z
    .object({ type: z.literal('FeatureCollection'), features: z.array(z.unknown()) })
    .safeParse(collection);
  if (!features.success) throw new InvalidLayer(`${fileOf(layer)} is not a GeoJSON FeatureCollection.`);
  const schema = recordSchema(layer);
  const faults: string[] = [];
  const seen = new Set<number>();
  const records: LayerRecord[] = [];
  features.data.features.forEach((feature, index) => {
    const parsed = schema.safeParse(feature);
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      faults.push(`feature ${index}, /${issue?.path.map(String).join('/')}: ${issue?.message}`);
    } else if (seen.has(parsed.data.id)) {
      faults.push(`feature ${index}: the id ${parsed.data.id} occurs twice`);
    } else {
      seen.add(parsed.data.id);
      records.push(parsed.data);
    }
  });
  if (faults.length > 0) {
    throw new InvalidLayer(
      `${fileOf(layer)} breaks the schema of the layer "${layer.id}" in ${faults.length} of ${features.data.features.length} records: ${faults.slice(0, 10).join('; ')}.`,
    );
  }
  return records;
}
