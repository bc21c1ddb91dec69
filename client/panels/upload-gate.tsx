import { signal } from '@preact/signals';
import type { FunctionComponent } from 'preact';
import { useEffect } from 'preact/hooks';
import { t } from '../i18n/text.ts';
import { closeUpload } from '../state.ts';

/** Of everything behind "Add data", with all that it imports. */
const panel = signal<FunctionComponent | null>(null);
const isMissing = signal(false);

function load(): void {
  isMissing.value = false;
  import('./upload.tsx').then(
    ({ UploadPanel }) => {
      panel.value = UploadPanel;
    },
    () => {
      isMissing.value = true;
    },
  );
}

/** Fetches the panel when it is first opened: most people who look at the map never bring a file. */
export function UploadGate() {
  useEffect(() => {
    if (!panel.value) load();
  }, []);
  const Panel = panel.value;
  if (Panel) return <Panel />;
  if (!isMissing.value) return null;
  return (
    <aside class="upload" aria-label={t('upload.title')}>
      <div class="upload-head">
        <h2>{t('upload.title')}</h2>
        <button type="button" class="icon-button" aria-label={t('upload.close')} onClick={closeUpload}>
          ×
        </button>
      </div>
      <p class="upload-problem" role="alert">
        {t('upload.offline')}
      </p>
      <button type="button" class="button" onClick={load}>
        {t('app.retry')}
      </button>
    </aside>
  );
}
