import { useSignal } from '@preact/signals';
import type { Watch } from '../../server/core/watch.ts';
import { type Problem, problemOf } from '../api/problem-of.ts';
import { changeWatch, deleteWatch } from '../api/watches.ts';
import { dayText, instantText } from '../i18n/dates.ts';
import { local, t } from '../i18n/text.ts';
import { openAsk } from '../state.ts';
import { token } from '../token.ts';
import { ProblemWords } from './problem-words.tsx';
import { RhythmField } from './rhythm-field.tsx';
import { showQuestion } from './show-question.ts';
import { written } from './watch-writes.ts';

/** The questions that are watched, the newest first. */
export function WatchList({ watches }: { watches: readonly Watch[] }) {
  return (
    <section class="panel-part" aria-label={t('watch.questions')}>
      <h3>{t('watch.questions')}</h3>
      {watches.length === 0 ? (
        <>
          <p class="quiet">{t('watch.none')}</p>
          <button type="button" class="button" onClick={() => openAsk()}>
            {t('watch.askFirst')}
          </button>
        </>
      ) : (
        <ul class="watch-list">
          {watches.map((watch) => (
            <Question key={watch.id} watch={watch} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Question({ watch }: { watch: Watch }) {
  const { id, title, text, answeredAt, failing, brief, handling, language: lang } = watch;
  const isAsking = useSignal(false);
  const problem = useSignal<Problem | null>(null);
  const change = async (work: () => Promise<unknown>, done: string) => {
    problem.value = null;
    try {
      await work();
      written(done);
    } catch (cause) {
      problem.value = problemOf(cause);
    }
  };
  return (
    <li class="watch-question">
      <p class="watch-entry-head">
        <strong lang={lang}>{title}</strong>
        <span class={`tag${handling === 'public' ? ' is-documented' : ' is-modelled'}`}>
          {t(`watch.of.${handling}`)}
        </span>
      </p>
      <p class={text ? undefined : 'quiet'}>
        {text && answeredAt ? `${t('watch.asOf', { date: dayText(answeredAt) })}. ${local(text)}` : t('watch.unasked')}
      </p>
      {failing && (
        <p class="watch-failing">
          {t('watch.failing', { times: failing.times, time: instantText(failing.againAt) })}{' '}
          <ProblemWords problem={failing.problem} />
        </p>
      )}
      {problem.value && (
        <p class="watch-failing" role="alert">
          <ProblemWords problem={problem.value} frame="watch.notSaved" />
        </p>
      )}
      {isAsking.value ? (
        <div class="panel-buttons">
          <p>{t('watch.deleteSure', { title })}</p>
          <button
            type="button"
            class="button"
            onClick={() => void change(() => deleteWatch(token.peek(), id), t('watch.deleted'))}
          >
            {t('watch.deleteYes')}
          </button>
          <button
            type="button"
            class="button"
            onClick={() => {
              isAsking.value = false;
            }}
          >
            {t('watch.keepIt')}
          </button>
        </div>
      ) : (
        <div class="panel-buttons">
          <RhythmField
            name="watch-rhythm"
            value={brief}
            choose={(next) => void change(() => changeWatch(token.peek(), id, { brief: next }), '')}
          />
          <button type="button" class="button" onClick={() => showQuestion(watch)}>
            {t('watch.open')}
          </button>
          <button
            type="button"
            class="button"
            onClick={() => {
              isAsking.value = true;
            }}
          >
            {t('watch.delete')}
          </button>
        </div>
      )}
    </li>
  );
}
