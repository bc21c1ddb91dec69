import { signal } from '@preact/signals';
import type { ChangedLayer } from '../../server/core/view.ts';
import type { Problem } from '../api/problem-of.ts';

/** A stored view that the page shows: of a short link, or of a brief. */
export interface SharedView {
  /** Of a short link; null: of a brief. */
  readonly id: string | null;
  /** ISO 8601 UTC. */
  readonly storedAt: string;
  /** Layers that are published otherwise by now. */
  readonly changed: readonly ChangedLayer[];
  /** Whether it can be shown as it was. */
  readonly isKept: boolean;
}

/** Null: what the page shows was opened by no link to a stored view, or nothing has changed since. */
export const sharedView = signal<SharedView | null>(null);
/** Why a link could not be followed; null: it could. */
export const linkProblem = signal<(Problem & { readonly of: 'view' | 'brief' }) | null>(null);
