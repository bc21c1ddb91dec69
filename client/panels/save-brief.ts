import { batch, signal } from '@preact/signals';
import type { Brief, BriefDraft } from '../../server/core/brief.ts';
import { createBrief, deleteBrief, getBrief, replaceBrief } from '../api/briefs.ts';
import { type Problem, problemOf } from '../api/problem-of.ts';
import { ApiError } from '../api.ts';
import { t } from '../i18n/text.ts';
import { brief, briefAt, placeIn } from '../state/brief.ts';
import { type Draft, draft, NEW, openDraft, takeSaved } from '../state/brief-draft.ts';
import { toWritten } from '../state/brief-written.ts';
import { remember } from '../state/undo.ts';
import { briefPanel } from '../state.ts';
import { token } from '../token.ts';

/** Writes briefs. Each is a step that can be taken back. */

export const isSaving = signal(false);
/** Rises with each brief that this page has written. */
export const writes = signal(0);
/** Said once it is done; empty: nothing. */
export const said = signal('');
/** Why it was not done. `theirs`: what somebody else has saved meanwhile; null: the brief is not there any more. */
export const saveProblem = signal<
  | { readonly type: 'refused'; readonly problem: Problem }
  | { readonly type: 'overtaken'; readonly theirs: Brief }
  | { readonly type: 'gone' }
  | null
>(null);

const written = (of: Omit<Draft, 'id' | 'version'>) =>
  toWritten(of, t('brief.untitled'), (number) => t('brief.untitledView', { number }));

/** Of briefs: a step of the page knows one by its first id, also after it was deleted and made again. */
const renamed = new Map<string, string>();
const idNow = (id: string): string => (renamed.has(id) ? idNow(renamed.get(id) ?? '') : id);
/** The version that this page made last: a step is not taken over what others have saved since. */
const made = new Map<string, number>();

/** Where the brief is open, it is shown as it is now. */
function show(next: Brief): void {
  writes.value += 1;
  made.set(next.id, next.version);
  if (idNow(briefPanel.peek() ?? '') !== next.id) return;
  batch(() => {
    briefPanel.value = next.id;
    brief.value = next;
    if (briefAt.peek() !== null) briefAt.value = placeIn(next.views, briefAt.peek() ?? 1);
    takeSaved(next, null);
  });
}

async function replaceNow(id: string, to: BriefDraft): Promise<void> {
  const now = idNow(id);
  show(await replaceBrief(token.peek(), now, made.get(now) ?? 0, to));
}

async function makeAgain(id: string, of: BriefDraft): Promise<void> {
  const again = await createBrief(token.peek(), of);
  renamed.set(idNow(id), again.id);
  show(again);
}

async function takeAway(id: string): Promise<void> {
  await deleteBrief(token.peek(), idNow(id));
  writes.value += 1;
  if (idNow(briefPanel.peek() ?? '') === idNow(id)) briefPanel.value = '';
}

/** Saves the draft upon the version that it was begun with. */
export async function saveBrief(): Promise<void> {
  const sent = draft.peek();
  if (!sent || isSaving.peek()) return;
  const [before, body] = [brief.peek(), written(sent)];
  begin();
  try {
    const next =
      sent.id === NEW
        ? await createBrief(token.peek(), body)
        : await replaceBrief(token.peek(), sent.id, sent.version, body);
    made.set(next.id, next.version);
    writes.value += 1;
    batch(() => {
      // Another brief may be open by now.
      const open = draft.peek();
      if (!open || open.id === sent.id) brief.value = next;
      if (briefPanel.peek() === sent.id) briefPanel.value = next.id;
      takeSaved(next, sent);
      said.value = t('brief.saved', { version: next.version });
    });
    const { title } = next;
    if (sent.id === NEW || !before) {
      remember({
        title: () => t('brief.step.create', { title }),
        undo: () => takeAway(next.id),
        redo: () => makeAgain(next.id, body),
      });
    } else {
      const old = written({ ...before, views: before.views.map((view) => ({ ...view, key: 0 })) });
      remember({
        title: () => t('brief.step.save', { title }),
        undo: () => replaceNow(next.id, old),
        redo: () => replaceNow(next.id, body),
      });
    }
  } catch (cause) {
    await explain(cause, sent.id);
  }
  isSaving.value = false;
}

/** Makes what a version held the next one. */
export async function restoreBrief(old: Brief): Promise<boolean> {
  const before = brief.peek();
  if (!before || isSaving.peek()) return false;
  const asWritten = (of: Brief) => written({ ...of, views: of.views.map((view) => ({ ...view, key: 0 })) });
  begin();
  try {
    const next = await replaceBrief(token.peek(), before.id, before.version, asWritten(old));
    show(next);
    said.value = t('brief.restored', { version: old.version, made: next.version });
    remember({
      title: () => t('brief.step.restore', { title: old.title }),
      undo: () => replaceNow(next.id, asWritten(before)),
      redo: () => replaceNow(next.id, asWritten(old)),
    });
    return true;
  } catch (cause) {
    await explain(cause, before.id);
    return false;
  } finally {
    isSaving.value = false;
  }
}

export async function removeBrief(of: Brief): Promise<void> {
  begin();
  try {
    await deleteBrief(token.peek(), of.id);
    writes.value += 1;
    briefPanel.value = '';
    said.value = t('brief.deleted', { title: of.title });
    const body = written({ ...of, views: of.views.map((view) => ({ ...view, key: 0 })) });
    remember({
      title: () => t('brief.step.delete', { title: of.title }),
      undo: () => makeAgain(of.id, body),
      redo: () => takeAway(of.id),
    });
  } catch (cause) {
    await explain(cause, of.id);
  }
  isSaving.value = false;
}

function begin(): void {
  said.value = '';
  saveProblem.value = null;
  isSaving.value = true;
}

/** Says what is in the way; of one that others have changed, what it is now. */
async function explain(cause: unknown, id: string): Promise<void> {
  const status = cause instanceof ApiError ? cause.status : -1;
  saveProblem.value = { type: 'refused', problem: problemOf(cause) };
  if (status === 404) saveProblem.value = { type: 'gone' };
  if (status !== 412) return;
  const theirs = await getBrief(id).catch(() => null);
  if (theirs) saveProblem.value = { type: 'overtaken', theirs };
}

/** Leaves what was written here for what somebody else has saved. */
export function takeTheirs(theirs: Brief): void {
  brief.value = theirs;
  takeSaved(theirs, null);
  openDraft(theirs);
  saveProblem.value = null;
}
