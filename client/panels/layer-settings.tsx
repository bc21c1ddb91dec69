import '../css/correct.css';
import '../css/draft-bar.css';
import '../css/forms.css';
import '../css/settings.css';
import '../i18n/layer-texts.ts';
import '../i18n/settings-texts.ts';
import '../i18n/token-texts.ts';
import { useEffect } from 'preact/hooks';
import { local, t } from '../i18n/text.ts';
import { previewLayer } from '../map/preview-layer.ts';
import * as store from '../state/settings.ts';
import { closeLayerSettings, collectionById, layerSettings, openConnect, styleRounds, visible } from '../state.ts';
import { token } from '../token.ts';
import { EnterToken } from './enter-token.tsx';
import { LayerVersions } from './layer-versions.tsx';
import { ProblemWords } from './problem-words.tsx';
import { isSaving, save } from './save-settings.ts';
import { SettingsAbout } from './settings-about.tsx';
import { SettingsLook } from './settings-look.tsx';
import { useFinishedInputs } from './use-finished-inputs.ts';
import { usePanelFocus } from './use-panel-focus.ts';

/** What a layer is called, from whom it is, and how it is drawn, seen on the map while it is being changed. */
export function LayerSettingsPanel() {
  const heading = usePanelFocus();
  useFinishedInputs();
  const id = layerSettings.value ?? '';
  const collection = collectionById.value.get(id);
  const isKnown = token.value !== '';
  const draft = store.draft.value;
  useEffect(() => {
    store.open(id);
    // What is changed is to be seen.
    if (!visible.peek().has(id)) visible.value = new Set([...visible.peek(), id]);
    return store.leave;
  }, [id]);
  useEffect(() => {
    if (!draft) return undefined;
    const timer = setTimeout(() => previewLayer(store.drafted.peek()), 120);
    return () => {
      clearTimeout(timer);
      previewLayer(null);
    };
    // In another language or theme the map draws what is published.
  }, [draft, styleRounds.value]);
  return (
    <aside class="panel layer-settings" aria-label={t('settings.title')}>
      <div class="panel-head">
        <div class="correct-head">
          <h2 tabIndex={-1} ref={heading}>
            {t('settings.title')}
          </h2>
          {collection && <p class="quiet">{local(collection.azalai.title)}</p>}
        </div>
        <button type="button" class="icon-button" aria-label={t('panel.close')} onClick={closeLayerSettings}>
          ×
        </button>
      </div>
      <Problem />
      {!isKnown && <EnterToken />}
      {isKnown && store.shown.value && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void save();
          }}
        >
          <SettingsLook />
          <SettingsAbout />
          <SaveBar />
        </form>
      )}
      {collection && (
        <section class="panel-part">
          <h3>{t('settings.more')}</h3>
          <LayerVersions key={id} layer={id} generation={collection.azalai.generation} />
          <button type="button" class="link-button" onClick={() => openConnect(id)}>
            {t('settings.connect')}
          </button>
        </section>
      )}
    </aside>
  );
}

function SaveBar() {
  const isDraft = store.draft.value !== null;
  return (
    <div class={`draft-bar${isDraft ? ' is-draft' : ''}`}>
      <p role="status">
        {isSaving.value
          ? t('settings.saving')
          : isDraft
            ? t('settings.unsaved')
            : store.isSaved.value
              ? t('settings.saved')
              : ''}
      </p>
      <button type="button" class="button" disabled={!isDraft || isSaving.value} onClick={store.reset}>
        {t('settings.reset')}
      </button>
      <button type="submit" class="button is-main" disabled={!isDraft || isSaving.value}>
        {t('settings.save')}
      </button>
    </div>
  );
}

function Problem() {
  const problem = store.problem.value;
  if (!problem) return null;
  const { status, detail } = problem;
  return (
    <p class="panel-problem" role="alert">
      {status === 401 ? (
        t('settings.refused', { detail: t('token.wrong') })
      ) : (
        <ProblemWords problem={{ status, detail }} frame="settings.refused" />
      )}
    </p>
  );
}
