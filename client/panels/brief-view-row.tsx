import { useSignal } from '@preact/signals';
import type { TargetedPointerEvent } from 'preact';
import { type Problem, problemOf } from '../api/problem-of.ts';
import { dayText } from '../i18n/dates.ts';
import { t } from '../i18n/text.ts';
import { briefAt } from '../state/brief.ts';
import { changeDraft, type Draft, type DraftView } from '../state/brief-draft.ts';
import { removeView, retakeView } from '../state/brief-steps.ts';
import { isBusy } from '../state.ts';
import { nameOfView } from './brief-view-name.ts';
import { ProblemWords } from './problem-words.tsx';
import { showView } from './show-view.ts';
import { takenForBrief } from './taken-view.ts';

/** As the server takes them: core/brief.ts. */
const [LONGEST_TITLE, LONGEST_NOTE] = [200, 4_000];

type Handler = (event: TargetedPointerEvent<HTMLElement>) => void;

interface Row {
  readonly now: Draft;
  readonly index: number;
  readonly isWritten: boolean;
  readonly isOpen: boolean;
  readonly open: (isOpen: boolean) => void;
  readonly step: (from: number, by: -1 | 1) => void;
  readonly say: (text: string) => void;
  readonly handle: Readonly<Record<'onPointerDown' | 'onPointerMove' | 'onPointerUp' | 'onPointerCancel', Handler>>;
}

/** A view of a brief: shown on the map, and written where it may be. */
export function BriefViewRow({ now, index, isWritten, isOpen, open, step, say, handle }: Row) {
  const problem = useSignal<Problem | null>(null);
  const view = now.views[index] as DraftView;
  const name = nameOfView(view, index);
  const shown = () => {
    problem.value = null;
    showView(view.view, { brief: now.version > 0 ? `${now.id}/${index + 1}` : now.id, present: null }).then(
      () => {
        briefAt.value = index + 1;
      },
      (cause: unknown) => {
        problem.value = problemOf(cause);
      },
    );
  };
  return (
    <>
      <div class="brief-view-head">
        {isWritten && (
          <span class="view-handle" aria-hidden="true" {...handle}>
            ⠿
          </span>
        )}
        <button
          type="button"
          class="brief-view-title"
          aria-current={briefAt.value === index + 1}
          title={t('brief.showView', { view: name })}
          onClick={shown}
        >
          <span class="brief-number">{index + 1}</span>
          <span lang={now.language}>{name}</span>
        </button>
        {isWritten && (
          <>
            <button
              type="button"
              class="icon-button view-step"
              disabled={index === 0}
              aria-label={t('brief.up', { view: name })}
              onClick={() => step(index, -1)}
            >
              ↑
            </button>
            <button
              type="button"
              class="icon-button view-step"
              disabled={index === now.views.length - 1}
              aria-label={t('brief.down', { view: name })}
              onClick={() => step(index, 1)}
            >
              ↓
            </button>
            <button
              type="button"
              class="icon-button"
              aria-expanded={isOpen}
              aria-label={t('brief.editView', { view: name })}
              title={t('brief.edit')}
              onClick={() => open(!isOpen)}
            >
              <svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true">
                <path d="M4 16l1-4 8-8 3 3-8 8z" fill="none" stroke="currentColor" stroke-width="1.5" />
              </svg>
            </button>
          </>
        )}
      </div>
      {problem.value && (
        <p role="alert">
          <ProblemWords problem={problem.value} />
        </p>
      )}
      {isWritten && isOpen ? (
        <Words {...{ now, index, name, say }} />
      ) : (
        view.note !== '' && (
          <p class="brief-note" lang={now.language}>
            {view.note}
          </p>
        )
      )}
    </>
  );
}

/** Title and note, and what else can be done with the view. */
function Words({ now, index, name, say }: { now: Draft; index: number; name: string; say: Row['say'] }) {
  const view = now.views[index] as DraftView;
  const write = (words: Partial<Pick<DraftView, 'title' | 'note'>>) =>
    changeDraft({ ...now, views: now.views.map((each, at) => (at === index ? { ...each, ...words } : each)) });
  return (
    <div class="brief-words">
      <label class="form-field">
        <span>{t('brief.viewTitle')}</span>
        <input
          type="text"
          maxLength={LONGEST_TITLE}
          lang={now.language}
          placeholder={t('brief.untitledView', { number: index + 1 })}
          value={view.title}
          onInput={({ currentTarget }) => write({ title: currentTarget.value })}
        />
      </label>
      <label class="form-field">
        <span>{t('brief.note')}</span>
        <textarea
          rows={5}
          maxLength={LONGEST_NOTE}
          lang={now.language}
          aria-describedby={`note-help-${view.key}`}
          value={view.note}
          onInput={({ currentTarget }) => write({ note: currentTarget.value })}
        />
      </label>
      <p class="quiet" id={`note-help-${view.key}`}>
        {t('brief.noteHelp')}{' '}
        {view.view.storedAt ? t('brief.takenAt', { date: dayText(view.view.storedAt) }) : t('brief.notSaved')}.
      </p>
      <p class="panel-buttons">
        <button
          type="button"
          class="button"
          disabled={isBusy.value}
          aria-label={t('brief.retakeView', { view: name })}
          onClick={() => {
            retakeView(now, index, takenForBrief(), name);
            briefAt.value = index + 1;
            say(t('brief.retaken', { view: name }));
          }}
        >
          {t('brief.retake')}
        </button>
        <button
          type="button"
          class="button"
          aria-label={t('brief.removeView', { view: name })}
          onClick={() => {
            removeView(now, index, name);
            if (briefAt.peek() === index + 1) briefAt.value = null;
            say(t('brief.removed', { view: name }));
          }}
        >
          {t('brief.remove')}
        </button>
      </p>
    </div>
  );
}
