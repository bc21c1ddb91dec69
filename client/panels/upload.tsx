import '../css/upload.css';
import '../css/upload-forms.css';
import '../i18n/upload-texts.ts';
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { t } from '../i18n/text.ts';
import * as store from '../state/upload.ts';
import { closeUpload, uploadFocus, uploadId } from '../state.ts';
import { TokenForm } from './token-form.tsx';
import { UploadChoice } from './upload-choose.tsx';
import { UploadReview } from './upload-review.tsx';
import { usePanelFocus } from './use-panel-focus.ts';

/** Where files are brought, looked at, mended and published. */
export function UploadPanel() {
  const heading = usePanelFocus();
  const isSmall = useSignal(false);
  const id = uploadId.value ?? '';
  const token = store.token.value;
  useEffect(() => {
    isSmall.value = false;
    if (token === '') return undefined;
    if (id === '') void store.list();
    else void store.follow(id);
    return store.leave;
  }, [id, token]);
  // On a narrow screen the panel makes room for what is to be seen on the map.
  useEffect(() => {
    if (uploadFocus.value) isSmall.value = true;
  }, [uploadFocus.value]);
  return (
    <aside class={`panel upload${isSmall.value ? ' is-small' : ''}`} aria-label={t('upload.title')}>
      <div class="panel-head">
        {id !== '' && (
          <button
            type="button"
            class="icon-button"
            aria-label={t('upload.back')}
            title={t('upload.back')}
            onClick={() => {
              uploadId.value = '';
            }}
          >
            ‹
          </button>
        )}
        <h2 tabIndex={-1} ref={heading}>
          {t('upload.title')}
        </h2>
        <button
          type="button"
          class="button upload-size"
          onClick={() => {
            isSmall.value = !isSmall.value;
          }}
        >
          {t(isSmall.value ? 'upload.larger' : 'upload.smaller')}
        </button>
        <button type="button" class="icon-button" aria-label={t('panel.close')} onClick={closeUpload}>
          ×
        </button>
      </div>
      <Problem />
      {token === '' ? <TokenForm enter={store.enter} /> : id === '' ? <UploadChoice /> : <UploadReview />}
    </aside>
  );
}

/** Why the last thing that was tried did not work, as the server says it. */
function Problem() {
  const problem = store.problem.value;
  if (!problem) return null;
  const { status, detail } = problem;
  const said = status === 0 ? t('panel.missing') : status === 401 ? t('token.wrong') : detail;
  return (
    <p class="panel-problem" role="alert">
      {said || t('panel.missing')}
    </p>
  );
}
