import { z } from 'zod';
import { AUTHORS } from './authors.ts';
import { isStorable } from './storable-text.ts';

/** Why something is changed: for whoever looks at the record later. */
export const ReasonSchema = z
  .string()
  .trim()
  .min(3, 'say in a few words why: three characters or more')
  .max(1000, 'a reason has at most 1,000 characters')
  .refine(isStorable, 'a reason has neither NUL nor half a character');
export const AuthorSchema = z.enum(AUTHORS);

const PropertiesSchema = z.record(z.string(), z.unknown());
const number = z.int().positive();

const GeometrySchema = z.unknown().describe('A geometry of RFC 7946: longitude, latitude in degrees.');
/** GeoJSON (RFC 7946): longitude, latitude in degrees. Other members are not read. */
export const WholeSchema = z.looseObject({ geometry: GeometrySchema, properties: PropertiesSchema.nullable() });
/** As JSON Merge Patch (RFC 7396) has it: what is not there stays, null empties a field. */
export const PatchSchema = z.looseObject({
  geometry: GeometrySchema.optional(),
  properties: PropertiesSchema.optional(),
});

/** One record, added, changed or withdrawn. `ifMatch` is the ETag under which its item was read. */
export const RecordChangeSchema = z.discriminatedUnion('op', [
  z.strictObject({ op: z.literal('add'), feature: WholeSchema }),
  z.strictObject({ op: z.literal('replace'), id: number, ifMatch: z.string().optional(), feature: WholeSchema }),
  z.strictObject({ op: z.literal('change'), id: number, ifMatch: z.string().optional(), feature: PatchSchema }),
  z.strictObject({ op: z.literal('withdraw'), id: number, ifMatch: z.string().optional() }),
]);
export type RecordChange = z.infer<typeof RecordChangeSchema>;

/** Several corrections that make one version. */
export const ChangeSetSchema = z.strictObject({
  reason: ReasonSchema,
  author: AuthorSchema.default('analyst'),
  changes: z.array(RecordChangeSchema).min(1).max(200),
  /** Says what would be changed and what is wrong with it, and changes nothing. */
  dryRun: z.boolean().default(false),
});
export type ChangeSet = z.infer<typeof ChangeSetSchema>;

/** A field whose value differs; `geometry` as GeoJSON. */
export interface FieldChange {
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
}

export type ChangeKind = 'added' | 'changed' | 'withdrawn';

interface Comparable {
  readonly geometry: unknown;
  readonly properties: Readonly<Record<string, unknown>> | null;
}

/** What names an upload and the line in its file says nothing of the record, nor does the day on which it came. */
const PASSING = [/^upload [0-9a-f]{8}$/, /^record [0-9]+$/];
const NOT_COMPARED = ['record_id', 'recorded_at'];

function isPassing(field: string, value: unknown): boolean {
  return (field === 'source' || field === 'locator') && PASSING.some((pattern) => pattern.test(String(value)));
}

/** The fields in which two states of a record differ, in their order; null: it was not there, or is not any more. */
export function compareRecords(before: Comparable | null, after: Comparable | null): FieldChange[] {
  const names = Object.keys({ ...before?.properties, ...after?.properties });
  const pairs = [
    { field: 'geometry', before: before?.geometry ?? null, after: after?.geometry ?? null },
    ...names
      .filter((field) => !NOT_COMPARED.includes(field))
      .map((field) => ({
        field,
        before: before?.properties?.[field] ?? null,
        after: after?.properties?.[field] ?? null,
      })),
  ];
  return pairs.filter((pair) => {
    if (JSON.stringify(pair.before) === JSON.stringify(pair.after)) return false;
    return !(isPassing(pair.field, pair.before) && isPassing(pair.field, pair.after));
  });
}
