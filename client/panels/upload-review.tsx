import { useEffect } from 'preact/hooks';
import { issueWords } from '../../server/core/issue-words.ts';
import type { Upload } from '../api/upload-types.ts';
import { local, t } from '../i18n/text.ts';
import { language, uploadId, uploadTiles } from '../state.ts';
import * as store from '../upload-store.ts';
import { Discard } from './upload-discard.tsx';
import { UploadFields } from './upload-fields.tsx';
import { UploadIssues } from './upload-issues.tsx';
import { UploadProgressPart } from './upload-progress.tsx';
import { Published, UploadPublish } from './upload-publish.tsx';
import { UploadStyle } from './upload-style.tsx';
import { UploadSummary } from './upload-summary.tsx';
import { UploadTarget } from './upload-target.tsx';

/** One upload: what is in it first, then what can be changed, then publishing. */
export function UploadReview() {
  const upload = store.upload.value;
  useTiles(upload);
  if (!upload) return store.problem.value ? null : <p class="upload-part quiet">{t('records.loading')}</p>;
  const isEditable = upload.mapping != null && ['ready', 'failed'].includes(upload.state);
  const [same] = upload.sameAs ?? [];
  return (
    <div class="upload-review">
      <p class="upload-part upload-name">{upload.name}</p>
      {same !== undefined && (
        <p class="upload-part">
          {t('upload.same')}{' '}
          <button
            type="button"
            class="upload-link"
            onClick={() => {
              uploadId.value = same;
            }}
          >
            {t('upload.choose.list')}
          </button>
        </p>
      )}
      {upload.state === 'published' && <Published upload={upload} />}
      {upload.state === 'failed' && (
        <div class="upload-part" role="alert">
          <h3>{t('upload.failed')}</h3>
          <ErrorText error={upload.error} />
        </div>
      )}
      {upload.state !== 'failed' && upload.error && (
        <div class="upload-problem" role="alert">
          <ErrorText error={upload.error} />
        </div>
      )}
      <UploadProgressPart />
      <UploadSummary upload={upload} />
      <UploadIssues upload={upload} />
      {isEditable && (
        <>
          <UploadTarget />
          <UploadFields />
          <UploadStyle />
          <UploadPublish />
        </>
      )}
      {store.draft.value && <Draft />}
      {!store.isAtWork.value && <Discard id={upload.id} />}
    </div>
  );
}

/** Each time a check has ended, the tiles are others. */
let round = 0;

/** Draws the upload on the map, as it would be published. */
function useTiles(upload: Upload | null): void {
  const isReady = upload?.state === 'ready';
  const id = upload?.id ?? '';
  useEffect(() => {
    const target = upload?.mapping?.target;
    if (!isReady || !target || target.mode === 'delete') return undefined;
    const style = target.mode === 'new' ? target.layer.style : null;
    const rule = style && 'color' in style ? style.color : '#1b6580';
    round += 1;
    uploadTiles.value = {
      address: `${new URL('.', document.baseURI).href}uploads/${id}/tiles/after/{z}/{x}/{y}.mvt?generation=${round}`,
      layer: target.mode === 'new' ? target.layer.id : target.collection,
      color: typeof rule === 'string' ? rule : '#1b6580',
      token: store.token.peek(),
    };
    return () => {
      uploadTiles.value = null;
    };
  }, [id, isReady]);
}

/** In the reader's language where there are words for it, and as the server says it. */
function ErrorText({ error }: { error: Upload['error'] }) {
  if (!error) return null;
  const { title, advice } = issueWords(error.code);
  const isKnown = advice.en !== '';
  return (
    <>
      {isKnown && (
        <p>
          <strong>{local(title)}.</strong> {advice[language.value]}
        </p>
      )}
      <p>{error.detail}</p>
    </>
  );
}

/** What was changed and is not in force yet. */
function Draft() {
  return (
    <div class="upload-draft" role="status">
      <p>{t('upload.draft')}</p>
      <button
        type="button"
        class="button"
        onClick={() => {
          store.draft.value = null;
        }}
      >
        {t('upload.draft.discard')}
      </button>
      <button
        type="button"
        class="button is-main"
        onClick={() => {
          const next = store.draft.value;
          if (next) void store.change(next);
        }}
      >
        {t('upload.draft.apply')}
      </button>
    </div>
  );
}
