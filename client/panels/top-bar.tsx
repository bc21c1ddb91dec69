import { LANGUAGE_NAMES, t } from '../i18n/text.ts';
import { offlineSince } from '../offline.ts';
import { closeUpload, isDrawerOpen, language, openUpload, uploadId } from '../state.ts';

/** The name, the language, and on a narrow screen the button for the layers. */
export function TopBar() {
  return (
    <header class="top-bar">
      <svg class="mark" viewBox="0 0 32 32" width="32" height="32" aria-hidden="true">
        <rect width="32" height="32" rx="7" fill="var(--deep)" />
        <path
          d="M5 22c3.5 0 4-9 8-9s3.5 5 6 5 3-4 8-4"
          fill="none"
          stroke="var(--sand)"
          stroke-width="2.4"
          stroke-linecap="round"
        />
        <circle cx="13" cy="8.5" r="2.4" fill="var(--sand)" />
      </svg>
      <div class="brand">
        <h1>Azalai</h1>
        <p>{t('app.tagline')}</p>
      </div>
      <fieldset class="languages" aria-label={t('language.label')}>
        {LANGUAGE_NAMES.map(({ code, name }) => (
          <button
            key={code}
            type="button"
            lang={code}
            title={name}
            aria-label={`${code.toUpperCase()}: ${name}`}
            aria-pressed={language.value === code}
            onClick={() => {
              language.value = code;
            }}
          >
            {code.toUpperCase()}
          </button>
        ))}
      </fieldset>
      {offlineSince() === null && (
        <button
          type="button"
          class="button upload-button"
          aria-expanded={uploadId.value !== null}
          onClick={() => (uploadId.value === null ? openUpload() : closeUpload())}
        >
          {t('upload.open')}
        </button>
      )}
      <button
        type="button"
        class="button drawer-button"
        aria-expanded={isDrawerOpen.value}
        aria-controls="layers"
        onClick={() => {
          isDrawerOpen.value = !isDrawerOpen.value;
        }}
      >
        {t('layers.open')}
      </button>
    </header>
  );
}
