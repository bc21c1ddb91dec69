import { t } from '../i18n/text.ts';
import { undoProblem } from '../state/undo.ts';
import { DismissButton } from './dismiss-button.tsx';
import { Note } from './note.tsx';
import { ProblemWords, problemOf } from './problem-words.tsx';

/** Why a step could not be taken back or done again. */
export function UndoProblem() {
  const problem = undoProblem.value;
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
