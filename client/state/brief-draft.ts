import { computed, signal } from '@preact/signals';
import type { Brief } from '../../server/core/brief.ts';
import type { HashedView, ViewDraft } from '../../server/core/view.ts';
import { language } from '../state.ts';
import { keepDraft, keptDraft } from './kept-draft.ts';

/** A brief as it is being written. What is not saved is kept in the tab, per brief. */

/** A view of it. `storedAt` and `hash` are there once it has been saved. */
export interface DraftView {
  /** Names it as long as the page is open, wherever it is moved. */
  readonly key: number;
  readonly title: string;
  readonly note: string;
  readonly view: ViewDraft & Partial<Pick<HashedView, 'storedAt' | 'hash'>>;
}

export interface Draft extends Omit<Brief, 'views' | 'createdAt' | 'updatedAt'> {
  readonly views: readonly DraftView[];
}

/** The id of one that the server has not seen. */
export const NEW = 'new';
const nameOf = (id: string) => `brief.${id}`;

export const draft = signal<Draft | null>(null);
/** The same as the server has it. */
const saved = signal<Draft | null>(null);

const content = (of: Draft | null) =>
  of &&
  JSON.stringify([of.title, of.language, of.handling, of.views.map(({ title, note, view }) => [title, note, view])]);
export const isChanged = computed(() => content(draft.value) !== content(saved.value));

let lastKey = 0;
export const nextKey = (): number => {
  lastKey += 1;
  return lastKey;
};

function toDraft(brief: Brief | null, keys: readonly number[] = []): Draft {
  if (!brief) return { id: NEW, version: 0, title: '', language: language.peek(), handling: 'internal', views: [] };
  const { id, version, title, handling, views } = brief;
  const keyed = views.map((view, index) => ({ ...view, key: keys[index] ?? nextKey() }));
  return { id, version, title, language: brief.language, handling, views: keyed };
}

/** Opens a brief as the server has it, or what was written of it before; null: a new one. */
export function openDraft(brief: Brief | null): void {
  const server = toDraft(brief);
  saved.value = server;
  const kept = toKept(keptDraft(nameOf(server.id)), server.id);
  draft.value = kept ? { ...kept, views: kept.views.map((view) => ({ ...view, key: nextKey() })) } : server;
}

function toKept(kept: unknown, id: string): Draft | null {
  const { id: of, views } = (kept ?? {}) as Partial<Draft>;
  return of === id && Array.isArray(views) ? (kept as Draft) : null;
}

export function changeDraft(next: Draft): void {
  draft.value = next;
  keepDraft(nameOf(next.id), isChanged.peek() ? next : null);
}

/** Drops what is not saved. */
export function discardDraft(): void {
  const { value } = saved;
  if (value) changeDraft(value);
}

/** What was sent has been saved; what was written meanwhile stays, and is to be saved upon it. */
export function takeSaved(brief: Brief, sent: Draft | null): void {
  const now = draft.peek();
  const server = toDraft(
    brief,
    sent?.views.map(({ key }) => key),
  );
  if (sent) keepDraft(nameOf(sent.id), null);
  // Another brief may be open by now.
  if (sent && now && now.id !== sent.id) return;
  saved.value = server;
  changeDraft(
    sent === null || now === sent || now === null ? server : { ...now, id: brief.id, version: brief.version },
  );
}

/** Saved upon another version than the one that it was begun with. */
export function rebaseDraft(version: number): void {
  const { value } = draft;
  if (value) changeDraft({ ...value, version });
}

/** What was written becomes another brief's. */
export function renameDraft(id: string): void {
  const { value } = draft;
  if (!value) return;
  keepDraft(nameOf(value.id), null);
  saved.value = { ...toDraft(null), id };
  changeDraft({ ...value, id, version: 0 });
}
