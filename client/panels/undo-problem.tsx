import { t } from '../i18n/text.ts';
import { undoProblem } from '../state/undo.ts';
import { DismissButton } from './dismiss-button.tsx';
import { Note } from './note.tsx';

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
          <DismissButton
            onClick={() => {
              undoProblem.value = null;
            }}
          />
        </>
      }
    >
      <p>{t('undo.failed', { detail: problem.detail })}</p>
    </Note>
  );
}
