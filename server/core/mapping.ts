import { z } from 'zod';
import { LayerSchema } from './layer.ts';

const ScalarSchema = z.union([z.string().max(10_000), z.number(), z.boolean(), z.null()]);
const ColumnSchema = z.string().min(1).max(1_000);

/** Where a value comes from: a column as it stands, a column whose values stand for others, or the same for all. */
export const ValueSchema = z.union([
  z.strictObject({
    column: ColumnSchema,
    /** What each value of the column stands for, whatever its case; absent: itself. */
    values: z.record(z.string(), ScalarSchema).optional(),
    /** What any other value stands for; absent: it is an issue, and the record has none. */
    otherwise: ScalarSchema.optional(),
  }),
  z.strictObject({ constant: ScalarSchema }),
]);
export type Value = z.infer<typeof ValueSchema>;

/** How the rows of a table tell where they are: the columns, by name. */
export const LocationSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('lonlat'), lon: ColumnSchema, lat: ColumnSchema }),
  /** Numbers of some grid: its reference system has to be told by the sender. */
  z.strictObject({ type: z.literal('xy'), x: ColumnSchema, y: ColumnSchema }),
  z.strictObject({ type: z.literal('wkt'), column: ColumnSchema, srid: z.int().nullable() }),
  z.strictObject({ type: z.literal('mgrs'), column: ColumnSchema }),
  z.strictObject({ type: z.literal('geojson'), column: ColumnSchema }),
]);

const FieldsSchema = LayerSchema.shape.fields;

/** A layer that does not exist yet: all of its definition but the data file that shipped layers have. */
export const NewLayerSchema = z.strictObject({
  ...LayerSchema.shape,
  fields: FieldsSchema,
  data: z.undefined().optional(),
});

/** What publishing does with the records. */
export const TargetSchema = z.discriminatedUnion('mode', [
  z.strictObject({ mode: z.literal('new'), layer: NewLayerSchema }),
  /** The records become all that the layer holds. */
  z.strictObject({ mode: z.literal('replace'), collection: z.string() }),
  /** The records are added. */
  z.strictObject({ mode: z.literal('append'), collection: z.string() }),
  /**
   * Records with the same `record_id` are replaced, others added; with `newer`, a field of the layer, only by those in
   * which it is greater.
   */
  z.strictObject({ mode: z.literal('upsert'), collection: z.string(), newer: z.string().nullable() }),
  /** The records with these ids are taken out: a list of deleted ids, which needs no positions. */
  z.strictObject({ mode: z.literal('delete'), collection: z.string() }),
]);
export type Target = z.infer<typeof TargetSchema>;

/** Repairs that a person switches on or off; each is the code of the issue that it mends. */
export const REPAIRS = ['sign-flipped', 'axes-swapped', 'self-crossing', 'duplicate-exact', 'mojibake'] as const;
export type Repair = (typeof REPAIRS)[number];

/** Columns of every record that a mapping may fill; `recorded_at` is the day of the upload. */
export const MAPPED_RECORD_FIELDS = [
  'record_id',
  'valid_from',
  'valid_to',
  'date_precision',
  'confidence',
  'precision_m',
  'reliability',
  'credibility',
  'source',
  'locator',
  'note',
  'handling',
] as const;
export type MappedRecordField = (typeof MAPPED_RECORD_FIELDS)[number];

/** How the columns of a file become the fields of a layer, and what publishing does. A person may change all of it. */
export const MappingSchema = z.strictObject({
  /** Layer, sheet or table of the file, by its place from 0. */
  part: z.int().min(0).default(0),
  /** EPSG number, where the file tells no reference system or a wrong one; null: the file's own. */
  crs: z.int().min(1).max(998_999).nullable().default(null),
  /** By which columns rows are placed; null: as they were found to be. */
  location: LocationSchema.nullable().default(null),
  /** How dates such as 03/04/2020 are read. */
  dateOrder: z.enum(['day-month', 'month-day']).default('day-month'),
  /** A field of the layer, and what fills it; fields without an entry are null. */
  fields: z.record(z.string(), ValueSchema),
  /** What every record carries. */
  record: z.partialRecord(z.enum(MAPPED_RECORD_FIELDS), ValueSchema).default({}),
  /** The end of a validity is the last day that belongs to it, as people write it. */
  endInclusive: z.boolean().default(true),
  /**
   * A field of the layer, such as the site of a visit: records with the same value follow one another, and each is valid
   * from its own beginning until the next one begins. Absent or null: each ends as it says itself.
   */
  succession: z.string().min(1).max(100).nullable().optional(),
  /** Columns that name the region of level 1, 2 that a record lies in: by name or by P-code. */
  regions: z.array(z.strictObject({ column: ColumnSchema, level: z.int().min(0).max(3) })).default([]),
  /** Switched on. */
  repairs: z.array(z.enum(REPAIRS)).default(['axes-swapped', 'self-crossing', 'duplicate-exact']),
  target: TargetSchema,
});
export type Mapping = z.infer<typeof MappingSchema>;
