import '../css/ask.css';
import '../css/forms.css';
import '../i18n/ask-texts.ts';
import { useEffect } from 'preact/hooks';
import { getProcess, getProcesses } from '../api/processes.ts';
import { ApiError } from '../api.ts';
import { t } from '../i18n/text.ts';
import * as store from '../state/ask.ts';
import { cancelDrawing } from '../state/drawing.ts';
import { stopPicking } from '../state/picking.ts';
import { beginQuestion, question } from '../state/question.ts';
import { answer, askProcess, closeAsk, language, putAway } from '../state.ts';
import { AskAnswer } from './ask-answer.tsx';
import { AskForm } from './ask-form.tsx';
import { FetchFailed } from './fetch-failed.tsx';
import { useFetched } from './use-fetched.ts';
import { usePanelFocus } from './use-panel-focus.ts';

/** Questions about places: what can be asked, the form of one question, and its answer. */
export function AskPanel() {
  const heading = usePanelFocus();
  const process = askProcess.value ?? '';
  useEffect(() => {
    if (question.peek().process !== process) beginQuestion(process);
    store.problem.value = null;
    if (answer.peek()?.process !== process) putAway();
    return () => {
      store.giveUp();
      stopPicking();
      cancelDrawing();
    };
  }, [process]);
  return (
    <aside class="panel ask" aria-label={t('ask.title')}>
      <div class="panel-head">
        {process !== '' && (
          <button
            type="button"
            class="icon-button"
            aria-label={t('ask.back')}
            title={t('ask.back')}
            onClick={() => {
              askProcess.value = '';
            }}
          >
            ‹
          </button>
        )}
        <h2 tabIndex={-1} ref={heading}>
          {t('ask.title')}
        </h2>
        <button type="button" class="icon-button" aria-label={t('panel.close')} onClick={closeAsk}>
          ×
        </button>
      </div>
      {process === '' ? <ProcessList /> : <OneProcess key={process} id={process} />}
    </aside>
  );
}

const firstSentence = (text: string) => /^.*?[.?!](?=\s|$)/s.exec(text)?.[0] ?? text;

function ProcessList() {
  const lang = language.value;
  const found = useFetched((signal) => getProcesses(lang, signal), lang);
  if (found.state === 'loading') return <p class="panel-part quiet">{t('ask.loading')}</p>;
  if (found.state === 'failed') return <FetchFailed retry={found.retry} text="ask.failed" place="panel-part" />;
  return (
    <ul class="ask-list">
      {found.value.map(({ id, title, description }) => (
        <li key={id}>
          <button
            type="button"
            onClick={() => {
              askProcess.value = id;
            }}
          >
            <strong>{title}</strong>
            <span>{firstSentence(description)}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

function OneProcess({ id }: { id: string }) {
  const lang = language.value;
  const found = useFetched((signal) => getProcess(id, lang, signal).catch(nullWhereUnknown), `${id}/${lang}`);
  if (found.state === 'loading') return <p class="panel-part quiet">{t('ask.loading')}</p>;
  if (found.state === 'failed') return <FetchFailed retry={found.retry} text="ask.failed" place="panel-part" />;
  if (found.value === null) {
    return (
      <div class="panel-part" role="alert">
        <p>{t('ask.unknown', { question: id })}</p>
        <button
          type="button"
          class="button"
          onClick={() => {
            askProcess.value = '';
          }}
        >
          {t('ask.back')}
        </button>
      </div>
    );
  }
  return (
    <>
      <AskForm process={found.value} />
      {answer.value && <AskAnswer key={answer.value.receipt.hash} answer={answer.value} />}
    </>
  );
}

/** A link may name a question that this server does not have. */
function nullWhereUnknown(cause: unknown): null {
  if (cause instanceof ApiError && cause.status === 404) return null;
  throw cause;
}
