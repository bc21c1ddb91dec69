import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { problemOf } from '../api/problem-of.ts';
import { t } from '../i18n/text.ts';
import { isStepping, undoProblem } from '../state/undo.ts';
import { DismissButton } from './dismiss-button.tsx';
import { Note } from './note.tsx';
import { ProblemWords } from './problem-words.tsx';

/** Most steps are over sooner. */
const LONG_MS = 600;

/** That a step takes its time, and why one could not be taken back or done again. */
export function UndoProblem() {
  const problem = undoProblem.value;
  const isLong = useSignal(false);
  useEffect(() => {
    isLong.value = false;
    if (!isStepping.value) return undefined;
    const timer = setTimeout(() => {
      isLong.value = true;
    }, LONG_MS);
    return () => clearTimeout(timer);
  }, [isStepping.value]);
  if (isStepping.value && isLong.value) {
    return (
      <Note kind="state" name="undo-working" label={t('undo.working')}>
        <p role="status">{t('undo.working')}</p>
      </Note>
    );
  }
  if (!problem) return null;
  return (
    <Note
      kind="problem"
      name="undo-problem"
      actions={
        <>
          <button type="button" class="button" onClick={problem.retry}>
            {t('app.retry')}
          </button>
          <button type="button" class="button" onClick={problem.drop}>
            {t('undo.drop')}
          </button>
          <DismissButton
            onClick={() => {
              undoProblem.value = null;
            }}
          />
        </>
      }
    >
      <p>
        <ProblemWords problem={problemOf(problem.cause)} frame="undo.failed" />
      </p>
    </Note>
  );
}
