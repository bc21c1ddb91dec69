import type { TileBudget } from '../../core/prepared.ts';

/** Raised when publishing itself changes what it stores, so that every layer is published anew. */
export const STORAGE_FORMAT = 6;

/** Names the way in which a version is stored, whatever it holds. */
export function storageHash({ records, bytes }: TileBudget): string {
  return `format ${STORAGE_FORMAT} ${records} ${bytes}`;
}
