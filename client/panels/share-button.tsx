import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { currentLink } from '../address.ts';
import { t } from '../i18n/text.ts';

const SAID_MS = 2_500;

/** Copies a link to what the page shows; where pages may not copy, the link is shown to be copied by hand. */
export function ShareButton() {
  const shown = useSignal<'nothing' | 'copied' | 'link'>('nothing');
  const link = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (shown.value === 'link') link.current?.select();
    if (shown.value !== 'copied') return undefined;
    const timer = setTimeout(() => {
      shown.value = 'nothing';
    }, SAID_MS);
    return () => clearTimeout(timer);
  }, [shown.value]);
  const close = () => {
    shown.value = 'nothing';
  };
  const copy = async () => {
    try {
      // Pages that are not served by https have no clipboard.
      await navigator.clipboard.writeText(currentLink());
      shown.value = 'copied';
    } catch {
      shown.value = 'link';
    }
  };
  return (
    <div class="share">
      <button
        type="button"
        class="tool"
        aria-label={t('share.copy')}
        title={t('share.copy')}
        onClick={() => void copy()}
      >
        <svg viewBox="0 0 20 20" aria-hidden="true">
          <path d="M8.5 11.5l3-3M9 6l1.8-1.8a3.5 3.5 0 0 1 5 5L14 11M11 14l-1.8 1.8a3.5 3.5 0 0 1-5-5L6 9" />
        </svg>
      </button>
      <span class={shown.value === 'copied' ? 'share-note' : 'visually-hidden'} role="status">
        {shown.value === 'copied' ? t('share.copied') : ''}
      </span>
      {shown.value === 'link' && (
        <div class="share-note is-link">
          <p>{t('share.select')}</p>
          <input
            ref={link}
            type="text"
            readOnly
            value={currentLink()}
            aria-label={t('share.link')}
            onKeyDown={(event) => {
              if (event.key !== 'Escape') return;
              event.stopPropagation();
              close();
            }}
          />
          <button type="button" class="button" onClick={close}>
            {t('share.close')}
          </button>
        </div>
      )}
    </div>
  );
}
