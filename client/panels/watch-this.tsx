import '../css/forms.css';
import '../css/watch.css';
import '../i18n/watch-texts.ts';
import { useSignal } from '@preact/signals';
import type { Rhythm } from '../../server/core/watch.ts';
import { problemOf } from '../api/problem-of.ts';
import type { ProcessResult } from '../api/processes.ts';
import { watchQuestion } from '../api/watches.ts';
import { local, t } from '../i18n/text.ts';
import { language, openWatches } from '../state.ts';
import { token } from '../token.ts';
import { ProblemWords } from './problem-words.tsx';
import { RhythmField } from './rhythm-field.tsx';
import { takenForBrief } from './taken-view.ts';
import { TokenForm } from './token-form.tsx';
import { useTokenAsked } from './use-token-asked.ts';

const HANDLINGS = ['public', 'internal'] as const;

/** Has the server ask a question again whenever its layers change: it takes the token. */
export function WatchThis({ answer }: { answer: ProcessResult }) {
  const title = useSignal('');
  const handling = useSignal<(typeof HANDLINGS)[number]>('public');
  const brief = useSignal<Rhythm>('none');
  const state = useSignal<'open' | 'saving' | 'saved'>('open');
  const problem = useSignal<unknown>(null);
  const save = async () => {
    if (!asked.has()) return;
    state.value = 'saving';
    problem.value = null;
    try {
      await watchQuestion(token.peek(), {
        title: title.value.trim() || local(answer.title),
        ...{ process: answer.process, inputs: answer.receipt.inputs, address: takenForBrief().address },
        ...{ language: language.peek(), handling: handling.value, brief: brief.value },
      });
      state.value = 'saved';
    } catch (cause) {
      asked.refused(cause);
      problem.value = cause;
      state.value = 'open';
    }
  };
  const asked = useTokenAsked(save, (cause) => {
    problem.value = cause;
  });
  return (
    <details class="panel-part watch-this">
      <summary>{t('watch.this')}</summary>
      <p class="quiet">{t('watch.thisAbout')}</p>
      {answer.receipt.inputs.known_at !== undefined ? (
        <p>{t('watch.fixed')}</p>
      ) : state.value === 'saved' ? (
        <p role="status">
          {t('watch.saved')}{' '}
          <button type="button" class="link-button" onClick={() => openWatches()}>
            {t('watch.see')}
          </button>
        </p>
      ) : (
        <>
          <label class="form-field">
            {t('watch.name')}
            <input
              type="text"
              maxLength={200}
              value={title.value}
              placeholder={local(answer.title)}
              onInput={({ currentTarget }) => {
                title.value = currentTarget.value;
              }}
            />
          </label>
          <div class="form-grid">
            <label class="form-field">
              {t('watch.of')}
              <select
                value={handling.value}
                onChange={({ currentTarget }) => {
                  handling.value = currentTarget.value as (typeof HANDLINGS)[number];
                }}
              >
                {HANDLINGS.map((each) => (
                  <option key={each} value={each}>
                    {t(`watch.of.${each}`)}
                  </option>
                ))}
              </select>
            </label>
            <RhythmField
              name="form-field"
              value={brief.value}
              choose={(next) => {
                brief.value = next;
              }}
            />
          </div>
          {problem.value !== null && (
            <p class="watch-failing" role="alert">
              <ProblemWords problem={problemOf(problem.value)} frame="watch.notSaved" />
            </p>
          )}
          {asked.isAsked.value ? (
            <TokenForm enter={asked.given} />
          ) : (
            <button type="button" class="button" disabled={state.value === 'saving'} onClick={() => void save()}>
              {t(state.value === 'saving' ? 'watch.saving' : 'watch.save')}
            </button>
          )}
        </>
      )}
    </details>
  );
}
