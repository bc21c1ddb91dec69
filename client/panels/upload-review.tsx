import '../css/draft-bar.css';
import { issueWords } from '../../server/core/issue-words.ts';
import type { Upload } from '../api/upload-types.ts';
import { local, t } from '../i18n/text.ts';
import * as store from '../state/upload.ts';
import { language, uploadId } from '../state.ts';
import { Discard } from './upload-discard.tsx';
import { UploadFields } from './upload-fields.tsx';
import { UploadIssues } from './upload-issues.tsx';
import { UploadPreview } from './upload-preview.tsx';
import { UploadProgressPart } from './upload-progress.tsx';
import { Published, UploadPublish } from './upload-publish.tsx';
import { UploadStyle } from './upload-style.tsx';
import { UploadSummary } from './upload-summary.tsx';
import { UploadTarget } from './upload-target.tsx';

/** One upload: what is in it first, then what can be changed, then publishing. */
export function UploadReview() {
  const upload = store.upload.value;
  if (!upload) return store.problem.value ? null : <p class="panel-part quiet">{t('records.loading')}</p>;
  const isEditable = upload.mapping != null && ['ready', 'failed'].includes(upload.state);
  const [same] = upload.sameAs ?? [];
  return (
    <div class="upload-review">
      <p class="panel-part upload-name">{upload.name}</p>
      {same !== undefined && (
        <p class="panel-part">
          {t('upload.same')}{' '}
          <button
            type="button"
            class="link-button"
            onClick={() => {
              uploadId.value = same;
            }}
          >
            {t('upload.same.open')}
          </button>
        </p>
      )}
      {upload.state === 'published' && <Published upload={upload} />}
      {upload.state === 'failed' && (
        <div class="panel-part" role="alert">
          <h3>{t('upload.failed')}</h3>
          <ErrorText error={upload.error} />
        </div>
      )}
      {upload.state !== 'failed' && upload.error && (
        <div class="panel-problem" role="alert">
          <ErrorText error={upload.error} />
        </div>
      )}
      <UploadProgressPart />
      <UploadSummary upload={upload} />
      <UploadPreview upload={upload} />
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
    <div class="draft-bar is-draft upload-draft" role="status">
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
