import { useEffect, useRef } from 'preact/hooks';
import type { ProcessDescription } from '../api/processes.ts';
import { arrangeInputs } from '../ask/input-form.ts';
import * as store from '../ask-store.ts';
import { t } from '../i18n/text.ts';
import { AskInput } from './ask-input.tsx';

/** Of the button that asks however long it takes. */
const AS_JOB = 'job';

/** The form of a question, made from what the process says that it takes. */
export function AskForm({ process }: { process: ProcessDescription }) {
  const { first, more } = arrangeInputs(process.inputs);
  const asking = store.asking.value;
  return (
    <form
      class="panel-part ask-form"
      onSubmit={(event) => {
        event.preventDefault();
        const asked = event.submitter instanceof HTMLButtonElement ? event.submitter.value : '';
        void store.ask(process.id, asked === AS_JOB);
      }}
    >
      <h3>{process.title}</h3>
      <details class="ask-about">
        <summary>{t('ask.about')}</summary>
        <p>{process.description}</p>
      </details>
      {first.map((input) => (
        <AskInput key={input.name} input={input} asOfClock={input.name === 'datetime'} />
      ))}
      {more.length > 0 && (
        <details class="ask-more">
          <summary>{t('ask.more')}</summary>
          {more.map((input) => (
            <AskInput key={input.name} input={input} />
          ))}
        </details>
      )}
      <Problem />
      {asking ? (
        <div class="ask-buttons">
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
        </div>
      ) : (
        <div class="ask-buttons">
          <button type="submit" class="button is-main">
            {t('ask.ask')}
          </button>
        </div>
      )}
    </form>
  );
}

/** Why it was not answered, as the server says it; and the way on where there is one. */
function Problem() {
  const place = useRef<HTMLDivElement>(null);
  const problem = store.problem.value;
  useEffect(() => {
    if (problem) place.current?.scrollIntoView({ block: 'nearest' });
  }, [problem]);
  if (!problem) return null;
  return (
    <div class="panel-problem ask-problem" role="alert" ref={place}>
      <p>{problem.detail}</p>
      {problem.isTooLarge && (
        <button type="submit" class="button" value={AS_JOB}>
          {t('ask.wait')}
        </button>
      )}
    </div>
  );
}
