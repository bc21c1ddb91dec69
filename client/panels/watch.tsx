import '../css/forms.css';
import '../css/watch.css';
import '../i18n/connect-texts.ts';
import '../i18n/token-texts.ts';
import '../i18n/watch-texts.ts';
import { useEffect, useRef } from 'preact/hooks';
import type { Watch } from '../../server/core/watch.ts';
import { getWatches } from '../api/watches.ts';
import { t } from '../i18n/text.ts';
import { closeWatches } from '../state.ts';
import { token } from '../token.ts';
import { EnterToken } from './enter-token.tsx';
import { FetchFailed } from './fetch-failed.tsx';
import { useFetched } from './use-fetched.ts';
import { usePanelFocus } from './use-panel-focus.ts';
import { WatchDigest } from './watch-digest.tsx';
import { WatchFeed } from './watch-feed.tsx';
import { WatchList } from './watch-list.tsx';
import { followNews, readDigest } from './watch-news.ts';
import { said, writes } from './watch-writes.ts';

/** Questions that are asked again when their layers change: what changed, which they are, and the feed. */
export function WatchPanel() {
  const heading = usePanelFocus();
  useEffect(
    () => () => {
      said.value = '';
    },
    [],
  );
  return (
    <aside class="panel watches" aria-label={t('watch.title')}>
      <div class="panel-head">
        <h2 tabIndex={-1} ref={heading}>
          {t('watch.title')}
        </h2>
        <button type="button" class="icon-button" aria-label={t('panel.close')} onClick={closeWatches}>
          ×
        </button>
      </div>
      <p class={said.value === '' ? 'visually-hidden' : 'watch-said'} role="status">
        {said.value}
      </p>
      <p class="panel-part quiet">{t('watch.intro')}</p>
      {token.value === '' ? (
        <>
          <p class="panel-part">{t('watch.token')}</p>
          <EnterToken />
        </>
      ) : (
        <Watched />
      )}
    </aside>
  );
}

function Watched() {
  const found = useFetched(async (signal) => {
    const [watches] = await Promise.all([getWatches(token.peek(), signal), readDigest(signal)]);
    followNews();
    return watches;
  }, `${token.value}/${writes.value}`);
  // What is there stays while it is read anew: whoever has just changed something stands in it.
  const last = useRef<readonly Watch[] | null>(null);
  if (found.state === 'ready') last.current = found.value;
  if (found.state === 'failed') return <FetchFailed retry={found.retry} text="watch.failed" place="panel-part" />;
  const watches = last.current;
  if (!watches) return <p class="panel-part quiet">{t('records.loading')}</p>;
  return (
    <>
      <WatchDigest watches={watches} />
      <WatchList watches={watches} />
      <WatchFeed />
    </>
  );
}
