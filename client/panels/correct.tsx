import '../css/correct.css';
import '../css/forms.css';
import '../i18n/correct-texts.ts';
import '../i18n/token-texts.ts';
import { useEffect } from 'preact/hooks';
import { local, t } from '../i18n/text.ts';
import { original, plan } from '../state/correct-form.ts';
import * as store from '../state/correct-session.ts';
import { cancelDrawing } from '../state/drawing.ts';
import { closeCorrection, collectionById, corrected } from '../state.ts';
import { token } from '../token.ts';
import { CorrectForm } from './correct-form.tsx';
import { CorrectPlan } from './correct-plan.tsx';
import { EnterToken } from './enter-token.tsx';
import { ProblemWords } from './problem-words.tsx';
import { RecordHistory } from './record-history.tsx';
import { useFinishedInputs } from './use-finished-inputs.ts';
import { usePanelFocus } from './use-panel-focus.ts';

/** Where one record is added, changed, moved or withdrawn, with a reason. */
export function CorrectPanel() {
  const heading = usePanelFocus();
  useFinishedInputs();
  const { layer = '', id = null } = corrected.value ?? {};
  const collection = collectionById.value.get(layer);
  const isKnown = token.value !== '';
  useEffect(() => {
    if (!isKnown) return undefined;
    void store.begin(layer, id);
    return () => {
      cancelDrawing();
      store.end();
    };
  }, [layer, id, isKnown]);
  const title = t(id === null ? 'correct.add' : 'correct.title');
  const isReady = id === null || original.value !== null;
  const isAtWork = store.isSending.value && plan.value !== null;
  return (
    <aside class="panel correct" aria-label={title}>
      <div class="panel-head">
        <div class="correct-head">
          <h2 tabIndex={-1} ref={heading}>
            {title}
          </h2>
          {collection && <p class="quiet">{local(collection.azalai.title)}</p>}
        </div>
        <button type="button" class="icon-button" aria-label={t('panel.close')} onClick={closeCorrection}>
          ×
        </button>
      </div>
      <Problem layer={layer} id={id} />
      {!isKnown && <EnterToken />}
      {isKnown && !isReady && !store.problem.value && <p class="panel-part quiet">{t('correct.loading')}</p>}
      <div role="status">
        {isAtWork && <p class="panel-part">{t('correct.sending')}</p>}
        {store.done.value && <Done layer={layer} />}
      </div>
      {isKnown && isReady && plan.value && !isAtWork && <CorrectPlan layer={layer} />}
      {isKnown && isReady && !plan.value && !isGone() && <CorrectForm layer={layer} id={id} />}
      {isKnown && id !== null && (
        <section class="panel-part">
          <RecordHistory key={store.done.value?.answer.generation} layer={layer} id={id} />
        </section>
      )}
    </aside>
  );
}

const isGone = () => store.done.value?.record.change !== undefined && store.done.value.record.change !== 'changed';

/** Why the last thing that was tried did not work; what is wrong with single fields stands at these. */
function Problem({ layer, id }: { layer: string; id: number | null }) {
  const problem = store.problem.value;
  if (!problem) return null;
  const { status, detail, faults } = problem;
  return (
    <div class="panel-problem" role="alert">
      {status === 412 ? (
        <>
          <p>{t('correct.stale')}</p>
          <button type="button" class="button" onClick={() => void store.beginAnew(layer, id)}>
            {t('correct.reload')}
          </button>
        </>
      ) : (
        <p>
          {faults.length > 0 ? (
            t('correct.refused')
          ) : status === 401 ? (
            t('token.wrong')
          ) : (
            <ProblemWords problem={{ status, detail }} />
          )}
        </p>
      )}
    </div>
  );
}

/** What was published, and what may follow. */
function Done({ layer }: { layer: string }) {
  const done = store.done.value;
  if (!done) return null;
  const { generation, from } = done.answer;
  return (
    <div class="panel-part correct-done">
      <p>{t(done.record.change === 'withdrawn' ? 'correct.goneNow' : 'correct.published', { generation, from })}</p>
      {done.record.change === 'added' && (
        <button type="button" class="button" onClick={() => void store.begin(layer, null)}>
          {t('correct.another')}
        </button>
      )}
    </div>
  );
}
