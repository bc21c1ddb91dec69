import { useEffect, useRef } from 'preact/hooks';
import type { ProcessDescription } from '../api/processes.ts';
import { arrangeInputs } from '../ask/arrange-inputs.ts';
import { followsClock } from '../ask/resolve-inputs.ts';
import { t } from '../i18n/text.ts';
import * as store from '../state/ask.ts';
import { question } from '../state/question.ts';
import { answer } from '../state.ts';
import { AskInput } from './ask-input.tsx';
import { ProblemWords } from './problem-words.tsx';

/** Of the button that asks however long it takes. */
const AS_JOB = 'job';

/** The form of a question, made from what the process says that it takes. */
export function AskForm({ process }: { process: ProcessDescription }) {
  const { first, more } = arrangeInputs(process.inputs);
  const all = [...first, ...more];
  const asking = store.asking.value;
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    // A link to a question that was answered, or a page that is loaded again.
    if (question.peek().isAsked && !answer.peek() && !store.asking.peek()) void store.ask(process.id, all, false);
  }, []);
  const problem = store.problem.value;
  useEffect(() => {
    if (problem) form.current?.querySelector('.ask-problem')?.scrollIntoView({ block: 'center' });
  }, [problem]);
  const isWrongBelow = more.some(({ name }) => problem?.faults.has(name));
  return (
    <form
      class="panel-part ask-form"
      ref={form}
      onSubmit={(event) => {
        event.preventDefault();
        const asked = event.submitter instanceof HTMLButtonElement ? event.submitter.value : '';
        void store.ask(process.id, all, asked === AS_JOB);
      }}
    >
      <h3>{process.title}</h3>
      <details class="ask-about">
        <summary>{t('ask.about')}</summary>
        <p>{process.description}</p>
      </details>
      {first.map((input) => (
        <AskInput key={input.name} input={input} asOfClock={input.name === 'datetime' && followsClock(all)} />
      ))}
      {more.length > 0 && (
        <details class="ask-more" {...(isWrongBelow && { open: true })}>
          <summary>{t('ask.more')}</summary>
          {more.map((input) => (
            <AskInput key={input.name} input={input} />
          ))}
        </details>
      )}
      {problem && problem.faults.size === 0 && (
        <div class="panel-problem ask-problem" role="alert">
          <p>
            <ProblemWords problem={problem} />
          </p>
          {problem.isTooLarge && (
            <button type="submit" class="button" value={AS_JOB}>
              {t('ask.wait')}
            </button>
          )}
        </div>
      )}
      <div class="ask-buttons">
        {asking ? (
          <>
            <progress
              aria-label={t('ask.asking')}
              {...(asking.percent !== null && { value: asking.percent, max: 100 })}
            />
            <p class="quiet" role="status">
              {asking.message || t('ask.asking')}
            </p>
            <button type="button" class="button" onClick={store.giveUp}>
              {t('ask.giveUp')}
            </button>
          </>
        ) : (
          <button type="submit" class="button is-main">
            {t('ask.ask')}
          </button>
        )}
      </div>
    </form>
  );
}
