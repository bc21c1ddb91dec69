import type { Mapping } from '../../server/core/mapping.ts';
import type { Upload } from '../api/upload-types.ts';
import { keepDraft, keptDraft } from './kept-draft.ts';

/** What of an upload only this page knows: a mapping that is being changed, and those that were in force before. */
export interface MappingDraft {
  readonly draft: Mapping | null;
  /** The last at the end. */
  readonly earlier: readonly Mapping[];
}
const NONE: MappingDraft = { draft: null, earlier: [] };

const nameOf = (id: string) => `upload.${id}`;

export function keepMapping({ id, state, mapping }: Upload, { draft, earlier }: MappingDraft): void {
  const isKept = mapping && state !== 'published' && (draft !== null || earlier.length > 0);
  keepDraft(nameOf(id), isKept ? { of: mapping, draft, earlier } : null);
}

export const dropMapping = (id: string): void => keepDraft(nameOf(id), null);

/** What was kept of it; nothing where another mapping is in force by now. */
export function keptMapping({ id, mapping }: Upload): MappingDraft {
  const { of, draft, earlier } = (keptDraft(nameOf(id)) ?? {}) as Partial<MappingDraft> & { of?: unknown };
  if (!mapping || JSON.stringify(of) !== JSON.stringify(mapping)) return NONE;
  return { draft: draft ?? null, earlier: Array.isArray(earlier) ? earlier : [] };
}
