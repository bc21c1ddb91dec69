import { useSignal } from '@preact/signals';
import type { Upload } from '../api/upload-types.ts';
import { dayText } from '../i18n/dates.ts';
import { bytesText } from '../i18n/sizes.ts';
import { t } from '../i18n/text.ts';
import * as store from '../state/upload.ts';
import { type Sending, send, sending, stopSending } from '../state/upload-send.ts';
import { uploadId } from '../state.ts';
import { ProgressBar } from './upload-progress.tsx';

/** A file to bring, or an upload to go on with. */
export function UploadChoice() {
  const file = sending.value;
  return (
    <>
      {file ? <SendingPart {...file} /> : <DropZone />}
      <section class="panel-part">
        <h3>{t('upload.choose.list')}</h3>
        {store.uploads.value?.length === 0 && <p class="quiet">{t('upload.choose.none')}</p>}
        <ul class="upload-list">
          {store.uploads.value?.map((upload) => (
            <li key={upload.id}>
              <ListedUpload upload={upload} />
            </li>
          ))}
        </ul>
        <button type="button" class="link-button" onClick={store.forgetToken}>
          {t('token.forget')}
        </button>
      </section>
    </>
  );
}

function DropZone() {
  const isOver = useSignal(false);
  const take = (files: FileList | null | undefined) => {
    const file = files?.[0];
    if (file) void send(file);
  };
  return (
    <section class="panel-part">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the button inside does the same for the keyboard. */}
      <div
        class={`upload-drop${isOver.value ? ' is-over' : ''}`}
        onDragOver={(event) => {
          event.preventDefault();
          isOver.value = true;
        }}
        onDragLeave={() => {
          isOver.value = false;
        }}
        onDrop={(event) => {
          event.preventDefault();
          isOver.value = false;
          take(event.dataTransfer?.files);
        }}
      >
        <p class="upload-drop-text">
          {t('upload.choose.drop')} <span class="quiet">{t('upload.choose.or')}</span>
        </p>
        <label class="button is-main upload-file">
          {t('upload.choose.button')}
          <input type="file" class="visually-hidden" onChange={({ currentTarget }) => take(currentTarget.files)} />
        </label>
      </div>
      <p class="quiet">{t('upload.choose.help')}</p>
    </section>
  );
}

function SendingPart({ name, sent, total, tryNow }: Sending) {
  return (
    <section class="panel-part" aria-live="polite">
      <ProgressBar
        label={t('upload.progress.sending', { name })}
        done={sent}
        total={total}
        text={t('upload.progress.of', { done: bytesText(sent), total: bytesText(total) })}
      />
      {tryNow && <p class="upload-warn">{t('upload.sending.waits')}</p>}
      <p class="panel-buttons">
        {tryNow && (
          <button type="button" class="button is-main" onClick={tryNow}>
            {t('upload.sending.again')}
          </button>
        )}
        <button type="button" class="button" onClick={stopSending}>
          {t('upload.progress.stop')}
        </button>
      </p>
    </section>
  );
}

function ListedUpload({ upload: { id, name, bytes, state, createdAt } }: { upload: Upload }) {
  return (
    <button
      type="button"
      class="upload-listed"
      onClick={() => {
        uploadId.value = id;
      }}
    >
      <span class="upload-name">{name}</span>
      <span class={`tag is-${state}`}>{t(`upload.state.${state}`)}</span>
      <span class="quiet">
        {[bytes === null ? null : bytesText(bytes), createdAt && dayText(createdAt)].filter(Boolean).join(' · ')}
      </span>
    </button>
  );
}
