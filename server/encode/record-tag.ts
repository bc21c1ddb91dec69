import { createHash } from 'node:crypto';
import type { Feature } from 'geojson';

const LENGTH = 22;

/** Names the state of a record as it is served: two that differ in a field, or in six decimals of a degree, have not the same. */
export function recordTag({ id, geometry, properties }: Feature): string {
  return createHash('sha256')
    .update(JSON.stringify([id, geometry, properties]))
    .digest('base64url')
    .slice(0, LENGTH);
}

/**
 * The state that an ETag of an item names, or undefined. Of its two parts the second is that of the answer's form. A proxy
 * that packs answers makes a strong tag weak, and means the same record.
 */
export function taggedRecord(etag: string): string | undefined {
  return /^\s*(?:W\/)?"([\w-]{22})(?:\.[\w-]+)?"\s*$/.exec(etag)?.[1];
}
