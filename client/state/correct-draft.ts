import { batch } from '@preact/signals';
import type { Geometry } from 'geojson';
import { AUTHORS, type Author } from '../../server/core/authors.ts';
import { differing, isSame } from './correct-change.ts';
import * as form from './correct-form.ts';

/** What has been written in the form of one record and not published. */
export interface CorrectionDraft {
  /** The ETag of the record when it was opened; empty: a new record. */
  readonly tag: string;
  /** Those that differ. */
  readonly values: Readonly<Record<string, unknown>>;
  /** Only where it was placed or moved. */
  readonly geometry?: Geometry | null;
  readonly reason: string;
  readonly author: Author;
}

/** Null: nothing has been written. Reads signals. */
export function draftOf(): CorrectionDraft | null {
  const values = differing(form.values.value, form.beginning.value);
  const geometry = form.geometry.value;
  const isMoved = !isSame(geometry, form.original.value?.geometry);
  const [tag, reason, author] = [form.tag.value, form.reason.value, form.author.value];
  if (Object.keys(values).length === 0 && !isMoved && reason === '') return null;
  return { tag, values, ...(isMoved ? { geometry } : {}), reason, author };
}

/** What was kept, where it is a draft. */
export function toDraft(kept: unknown): CorrectionDraft | null {
  const { tag, values, reason, author } = (kept ?? {}) as Partial<CorrectionDraft>;
  const isDraft =
    typeof tag === 'string' &&
    typeof values === 'object' &&
    values !== null &&
    typeof reason === 'string' &&
    AUTHORS.some((each) => each === author);
  return isDraft ? (kept as CorrectionDraft) : null;
}

/** The part of an item's ETag that names the state of its record. */
const stateOf = (etag: string) => /"([\w-]{22})/.exec(etag)?.[1] ?? etag;

/**
 * Puts a draft into the form, over the record as it is now. Answers whether it was written of that state: of another one
 * the ETag stays the old one, so that the server does not take it unseen.
 */
export function takeDraft(draft: CorrectionDraft): boolean {
  const isCurrent = stateOf(draft.tag) === stateOf(form.tag.peek());
  batch(() => {
    form.values.value = { ...form.values.peek(), ...draft.values };
    if (draft.geometry !== undefined) form.geometry.value = draft.geometry;
    form.reason.value = draft.reason;
    form.author.value = draft.author;
    if (!isCurrent) form.tag.value = draft.tag;
  });
  return isCurrent;
}
