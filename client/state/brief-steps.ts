import { t } from '../i18n/text.ts';
import { changeDraft, type Draft, type DraftView, draft } from './brief-draft.ts';
import { moved } from './moved.ts';
import { remember } from './undo.ts';

/** Changes of the views of a brief that can be taken back: each undoes what it did, and no word that was written since. */

type Views = readonly DraftView[];

function change(id: string, how: (views: Views) => Views): void {
  const now = draft.peek();
  if (now?.id !== id) throw new Error(t('brief.elsewhere'));
  changeDraft({ ...now, views: how(now.views) });
}

function step({ id }: Draft, title: () => string, redo: (views: Views) => Views, undo: (views: Views) => Views): void {
  change(id, redo);
  remember({ title, undo: async () => change(id, undo), redo: async () => change(id, redo) });
}

const without = (key: number) => (views: Views) => views.filter((view) => view.key !== key);
const withAt = (view: DraftView, at: number) => (views: Views) => views.toSpliced(at, 0, view);
const movedTo = (key: number, to: number) => (views: Views) =>
  moved(
    views,
    views.findIndex((view) => view.key === key),
    to,
  );
const replaced = (key: number, by: DraftView['view']) => (views: Views) =>
  views.map((each) => (each.key === key ? { ...each, view: by } : each));

/** `name`: of the view, as the list has it. */
export function addView(of: Draft, view: DraftView, name: string): void {
  step(of, () => t('brief.step.add', { view: name }), withAt(view, of.views.length), without(view.key));
}

export function removeView(of: Draft, at: number, name: string): void {
  const view = of.views[at];
  if (view) step(of, () => t('brief.step.remove', { view: name }), without(view.key), withAt(view, at));
}

export function moveView(of: Draft, from: number, to: number, name: string): void {
  const key = of.views[from]?.key;
  if (key === undefined || from === to) return;
  step(of, () => t('brief.step.move', { view: name }), movedTo(key, to), movedTo(key, from));
}

export function retakeView(of: Draft, at: number, by: DraftView['view'], name: string): void {
  const view = of.views[at];
  if (view)
    step(of, () => t('brief.step.retake', { view: name }), replaced(view.key, by), replaced(view.key, view.view));
}
