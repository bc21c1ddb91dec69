import { useEffect } from 'preact/hooks';
import { keptToken } from '../api/kept-token.ts';
import { t } from '../i18n/text.ts';
import { offlineSince } from '../offline.ts';
import { unread } from '../state/watches.ts';
import { closeWatches, openWatches, watchPanel } from '../state.ts';

/** Opens the watched questions; marked while there is something about them that has not been seen. */
export function WatchButton() {
  useEffect(() => {
    if (offlineSince() === null && keptToken.get() !== '')
      void import('./watch-news.ts').then(
        ({ followNews }) => followNews(),
        () => undefined,
      );
  }, []);
  if (offlineSince() !== null) return null;
  const isOpen = watchPanel.value !== null;
  const label = unread.value === 0 ? t('watch.title') : t('watch.unread', { count: unread.value });
  return (
    <button
      type="button"
      class={`tool watch-button${unread.value === 0 ? '' : ' has-news'}`}
      aria-expanded={isOpen}
      aria-label={label}
      title={label}
      onClick={() => (isOpen ? closeWatches() : openWatches())}
    >
      <svg viewBox="0 0 20 20" aria-hidden="true">
        <path d="M2.5 10s2.8-4.8 7.5-4.8 7.5 4.8 7.5 4.8-2.8 4.8-7.5 4.8S2.5 10 2.5 10zM10 7.9a2.1 2.1 0 1 1 0 4.2 2.1 2.1 0 0 1 0-4.2z" />
      </svg>
    </button>
  );
}
