import '../css/brief.css';
import '../css/draft-bar.css';
import '../css/forms.css';
import '../i18n/brief-texts.ts';
import { useEffect } from 'preact/hooks';
import { getBrief } from '../api/briefs.ts';
import { t } from '../i18n/text.ts';
import { brief } from '../state/brief.ts';
import { NEW, openDraft } from '../state/brief-draft.ts';
import { briefPanel, closeBriefs, openBriefs } from '../state.ts';
import { token } from '../token.ts';
import { BriefEditor } from './brief-editor.tsx';
import { BriefList } from './brief-list.tsx';
import { EnterToken } from './enter-token.tsx';
import { FetchFailed } from './fetch-failed.tsx';
import { said, saveProblem } from './save-brief.ts';
import { useFetched } from './use-fetched.ts';
import { usePanelFocus } from './use-panel-focus.ts';

/** Views of the map in an order, with words: listed, read, written. */
export function BriefPanel() {
  const heading = usePanelFocus();
  const id = briefPanel.value ?? '';
  return (
    <aside class="panel briefs" aria-label={t('brief.title')}>
      <div class="panel-head">
        <h2 tabIndex={-1} ref={heading}>
          {t('brief.title')}
        </h2>
        {id !== '' && (
          <button
            type="button"
            class="button"
            onClick={() => {
              said.value = '';
              openBriefs();
            }}
          >
            {t('brief.all')}
          </button>
        )}
        <button type="button" class="icon-button" aria-label={t('panel.close')} onClick={closeBriefs}>
          ×
        </button>
      </div>
      <p class={said.value === '' ? 'visually-hidden' : 'brief-said'} role="status">
        {said.value}
      </p>
      {id === '' ? <BriefList /> : <OneBrief key={id} id={id} />}
    </aside>
  );
}

function OneBrief({ id }: { id: string }) {
  const isNew = id === NEW;
  useEffect(() => {
    saveProblem.value = null;
    if (isNew) {
      brief.value = null;
      openDraft(null);
    } else if (brief.peek()?.id === id) openDraft(brief.peek());
  }, []);
  return isNew || brief.value?.id === id ? <BriefEditor id={id} /> : <FetchedBrief id={id} />;
}

function FetchedBrief({ id }: { id: string }) {
  const answer = useFetched((signal) => getBrief(id, undefined, signal), `${id}/${token.value === ''}`);
  useEffect(() => {
    if (answer.state !== 'ready') return;
    brief.value = answer.value;
    openDraft(answer.value);
  }, [answer.state]);
  if (answer.state !== 'failed') return <p class="panel-part quiet">{t('records.loading')}</p>;
  return (
    <>
      <FetchFailed retry={answer.retry} text="brief.oneFailed" place="panel-part" />
      {token.value === '' && <EnterToken />}
    </>
  );
}
