import '../i18n/token-texts.ts';
import { useSignal } from '@preact/signals';
import { LANGUAGE_NAMES, t } from '../i18n/text.ts';
import { brief, briefAt, isPresenting } from '../state/brief.ts';
import { changeDraft, type Draft, discardDraft, draft, isChanged, NEW } from '../state/brief-draft.ts';
import { token } from '../token.ts';
import { BriefFiles } from './brief-files.tsx';
import { BriefMore } from './brief-more.tsx';
import { BriefProblem } from './brief-problem.tsx';
import { BriefViews } from './brief-views.tsx';
import { EnterToken } from './enter-token.tsx';
import { isSaving, saveBrief } from './save-brief.ts';

/** Longest title, as the server takes it: core/brief.ts. */
const LONGEST = 200;

/** One brief: read by anybody who may, written by the holder of the token. */
export function BriefEditor({ id }: { id: string }) {
  const now = draft.value;
  const isAsked = useSignal(id === NEW);
  const isHolder = token.value !== '';
  if (!now || now.id !== id) return null;
  return (
    <>
      <BriefProblem />
      <div class="panel-part brief-head">
        {isHolder ? (
          <BriefHead now={now} />
        ) : (
          <>
            <h3 class="brief-title" lang={now.language}>
              {now.title}
            </h3>
            {id !== NEW && <p class="quiet">{t('brief.version', { version: now.version })}</p>}
          </>
        )}
        <p class="panel-buttons">
          {now.version > 0 && (
            <button
              type="button"
              class="button is-main present-button"
              disabled={now.views.length === 0 || isChanged.value}
              title={isChanged.value ? t('brief.unsaved') : undefined}
              onClick={present}
            >
              {t('brief.present')}
            </button>
          )}
          {!isHolder && !isAsked.value && (
            <button
              type="button"
              class="button"
              onClick={() => {
                isAsked.value = true;
              }}
            >
              {t('brief.toEdit')}
            </button>
          )}
        </p>
      </div>
      {!isHolder && isAsked.value && <EnterToken />}
      {(isHolder || id !== NEW) && <BriefViews now={now} isWritten={isHolder} />}
      {isHolder && <SaveBar />}
      {now.version > 0 && brief.value && <BriefFiles of={brief.value} />}
      {now.version > 0 && isHolder && <BriefMore id={id} version={now.version} />}
    </>
  );
}

function present(): void {
  briefAt.value = 1;
  isPresenting.value = true;
  // Where the browser does not let it, the presentation fills the page.
  document.documentElement.requestFullscreen?.().catch(() => undefined);
}

function BriefHead({ now }: { now: Draft }) {
  return (
    <>
      <label class="form-field">
        <span>{t('brief.name')}</span>
        <input
          type="text"
          class="brief-name"
          maxLength={LONGEST}
          lang={now.language}
          value={now.title}
          onInput={({ currentTarget }) => changeDraft({ ...now, title: currentTarget.value })}
        />
      </label>
      <div class="form-grid">
        <label class="form-field">
          <span>{t('brief.language')}</span>
          <select
            value={now.language}
            onChange={({ currentTarget }) =>
              changeDraft({ ...now, language: currentTarget.value as Draft['language'] })
            }
          >
            {LANGUAGE_NAMES.map(({ code, name }) => (
              <option key={code} value={code}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <label class="form-field">
          <span>{t('brief.handling')}</span>
          <select
            value={now.handling}
            onChange={({ currentTarget }) =>
              changeDraft({ ...now, handling: currentTarget.value as Draft['handling'] })
            }
          >
            <option value="internal">{t('brief.forHolders')}</option>
            <option value="public">{t('brief.forAll')}</option>
          </select>
        </label>
      </div>
    </>
  );
}

function SaveBar() {
  const isUnsaved = isChanged.value;
  if (!isUnsaved && !isSaving.value) return null;
  return (
    <div class={`draft-bar${isUnsaved ? ' is-draft' : ''}`}>
      <p role="status">{isSaving.value ? t('brief.saving') : isUnsaved ? t('brief.unsaved') : ''}</p>
      <button type="button" class="button" disabled={!isUnsaved || isSaving.value} onClick={discardDraft}>
        {t('brief.discard')}
      </button>
      <button
        type="button"
        class="button is-main"
        disabled={!isUnsaved || isSaving.value}
        onClick={() => void saveBrief()}
      >
        {t('brief.save')}
      </button>
    </div>
  );
}
