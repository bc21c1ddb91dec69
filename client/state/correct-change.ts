import type { Feature, Geometry } from 'geojson';
import type { RecordChange } from '../../server/core/correction.ts';

/** What is sent for what stands in the form of one record. Pure. */

interface Written {
  /** As the layer has it; null: a new record. */
  readonly original: Feature | null;
  /** The ETag of that state. */
  readonly tag: string;
  readonly values: Readonly<Record<string, unknown>>;
  readonly geometry: Geometry | null;
}

/** Whether two values are the same as JSON; what is not there is null. */
export const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/** An emptied text is null. */
const filled = (values: Readonly<Record<string, unknown>>) =>
  Object.entries(values).map(([name, value]) => [name, value === '' ? null : value] as const);

/** The values that differ from those before; an emptied text is null. */
export function differing(
  values: Readonly<Record<string, unknown>>,
  before: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  return Object.fromEntries(filled(values).filter(([name, value]) => !isSame(value, before[name])));
}

/** A new record whole, with what was emptied by hand: no last day is said too; of one that is there what differs, and its place only where it was moved. */
export function changeOf({ original, tag, values, geometry }: Written): RecordChange {
  if (!original) {
    return { op: 'add', feature: { type: 'Feature', geometry, properties: Object.fromEntries(filled(values)) } };
  }
  const properties = differing(values, original.properties ?? {});
  const isMoved = !isSame(geometry, original.geometry);
  return {
    ...{ op: 'change', id: Number(original.id), ifMatch: tag },
    feature: { properties, ...(isMoved ? { geometry } : {}) },
  };
}

export const withdrawalOf = ({ original, tag }: Pick<Written, 'original' | 'tag'>): RecordChange => ({
  ...{ op: 'withdraw', id: Number(original?.id), ifMatch: tag },
});
