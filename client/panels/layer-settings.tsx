import '../css/correct.css';
import '../css/forms.css';
import '../css/settings.css';
import '../i18n/layer-texts.ts';
import '../i18n/settings-texts.ts';
import '../i18n/token-texts.ts';
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { local, t } from '../i18n/text.ts';
import { previewLayer } from '../map/preview-layer.ts';
import * as store from '../state/settings.ts';
import { closeLayerSettings, collectionById, layerSettings, openConnect, visible } from '../state.ts';
import { takeToken, token } from '../token.ts';
import { LayerVersions } from './layer-versions.tsx';
import { SettingsAbout } from './settings-about.tsx';
import { SettingsLook } from './settings-look.tsx';
import { TokenForm } from './token-form.tsx';
import { usePanelFocus } from './use-panel-focus.ts';

/** What a layer is called, from whom it is, and how it is drawn, seen on the map while it is being changed. */
export function LayerSettingsPanel() {
  const heading = usePanelFocus();
  const id = layerSettings.value ?? '';
  const collection = collectionById.value.get(id);
  const isKnown = token.value !== '';
  const draft = store.draft.value;
  useEffect(() => {
    store.reset();
    // What is changed is to be seen.
    if (!visible.peek().has(id)) visible.value = new Set([...visible.peek(), id]);
    return store.reset;
  }, [id]);
  useEffect(() => {
    if (!draft) return undefined;
    const timer = setTimeout(() => previewLayer(store.drafted.peek()), 120);
    return () => {
      clearTimeout(timer);
      previewLayer(null);
    };
  }, [draft]);
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
            void store.save();
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
          <LayerVersions layer={id} generation={collection.azalai.generation} />
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
    <div class={`settings-bar${isDraft ? ' is-draft' : ''}`}>
      <p role="status">
        {store.isSaving.value
          ? t('settings.saving')
          : isDraft
            ? t('settings.unsaved')
            : store.isSaved.value
              ? t('settings.saved')
              : ''}
      </p>
      <button type="button" class="button" disabled={!isDraft || store.isSaving.value} onClick={store.reset}>
        {t('settings.reset')}
      </button>
      <button type="submit" class="button is-main" disabled={!isDraft || store.isSaving.value}>
        {t('settings.save')}
      </button>
    </div>
  );
}

function EnterToken() {
  const isWrong = useSignal(false);
  return (
    <>
      {isWrong.value && (
        <p class="panel-problem" role="alert">
          {t('token.wrong')}
        </p>
      )}
      <TokenForm
        enter={async (text) => {
          isWrong.value = false;
          await takeToken(text).catch(() => {
            isWrong.value = true;
          });
        }}
      />
    </>
  );
}

function Problem() {
  const problem = store.problem.value;
  if (!problem) return null;
  const { status, detail } = problem;
  const said = status === 0 ? t('panel.missing') : status === 401 ? t('token.wrong') : detail;
  return (
    <p class="panel-problem" role="alert">
      {t('settings.refused', { detail: said })}
    </p>
  );
}
