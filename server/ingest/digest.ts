import type { CheckContext } from './check.ts';
import { LimitExceeded } from './errors.ts';
import { examine } from './examine.ts';
import type { SourceFeature } from './feature.ts';
import { parseValue } from './geojson/parse-value.ts';
import { toFeature } from './geojson/to-feature.ts';
import { type SchemaCounts, SchemaInference } from './infer-schema.ts';
import { type RecordBatch, recordAt } from './record-batch.ts';
import type { Limits } from './source.ts';

/** What came of a batch whose records are all sound: nothing is to be said of any. Plain data. */
export interface Digest {
  readonly count: number;
  /** Those of them that have no position; the others are unchanged. */
  readonly unlocated: number;
  readonly schema: SchemaCounts;
  /** Geometry types that occur. */
  readonly geometries: ReadonlySet<string>;
}

export interface DigestContext extends CheckContext {
  readonly limits: Limits;
}

/**
 * Reads and checks the records of a batch, as the reader and the checks do one by one, as long as there is nothing to say of
 * them. Null at the first of which there is: then they are to be read one by one. `onFeature` says false where it cannot take a record.
 */
export function digest(
  batch: RecordBatch,
  { limits, ...context }: DigestContext,
  onFeature: (feature: SourceFeature) => boolean,
): Digest | null {
  if (batch.first + batch.count - 1 > limits.features) return null;
  const schema = new SchemaInference();
  const geometries = new Set<string>();
  let unlocated = 0;
  for (let place = 0; place < batch.count; place += 1) {
    const feature = soundFeature(batch, place, limits);
    if (!feature) return null;
    const { outcome, issues } = examine(feature, context);
    if (issues.length > 0 || outcome === 'repaired' || !onFeature(feature)) return null;
    if (outcome === 'unlocated') unlocated += 1;
    if (feature.geometry) geometries.add(feature.geometry.type);
    schema.add(feature.properties, feature.place);
  }
  const counts = schema.counts();
  return counts && { count: batch.count, unlocated, schema: counts, geometries };
}

/** Null: there is something to say of it, were it that a limit is exceeded. */
function soundFeature(batch: RecordBatch, place: number, limits: Limits): SourceFeature | null {
  const found = recordAt(batch, place);
  if (found.lists > 2 * limits.vertices + limits.depth) return null;
  const index = batch.first + place;
  const { value, issues } = parseValue(found, index);
  if (value === undefined || issues.length > 0) return null;
  try {
    const converted = toFeature(value, index, { line: found.at.line, byte: found.at.byte }, limits);
    const isPlain = converted.issues.length === 0 && converted.foreign.length === 0 && !('crs' in converted);
    return isPlain ? converted.feature : null;
  } catch (error) {
    if (error instanceof LimitExceeded) return null;
    throw error;
  }
}
