import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { t } from '../i18n/text.ts';
import { closeUpload, uploadFocus, uploadId } from '../state.ts';
import * as store from '../upload-store.ts';
import { UploadChoice } from './upload-choose.tsx';
import { UploadReview } from './upload-review.tsx';
import { UploadToken } from './upload-token.tsx';

/** Where files are brought, looked at, mended and published. */
export function UploadPanel() {
  const heading = useRef<HTMLHeadingElement>(null);
  const isSmall = useSignal(false);
  const id = uploadId.value ?? '';
  const token = store.token.value;
  useEffect(() => heading.current?.focus(), []);
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
    <aside class={`upload${isSmall.value ? ' is-small' : ''}`} aria-label={t('upload.title')}>
      <div class="upload-head">
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
        <button type="button" class="icon-button" aria-label={t('upload.close')} onClick={closeUpload}>
          ×
        </button>
      </div>
      <Problem />
      {token === '' ? <UploadToken /> : id === '' ? <UploadChoice /> : <UploadReview />}
    </aside>
  );
}

/** Why the last thing that was tried did not work, as the server says it. */
function Problem() {
  const problem = store.problem.value;
  if (!problem) return null;
  const { status, detail } = problem;
  const said = status === 0 ? t('upload.offline') : status === 401 ? t('upload.token.wrong') : detail;
  return (
    <p class="upload-problem" role="alert">
      {said || t('upload.offline')}
    </p>
  );
}
