import '../css/mapless.css';
import '../i18n/counts-texts.ts';
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { asOf } from '../api/known-at.ts';
import { getPicture } from '../api/picture.ts';
import { t } from '../i18n/text.ts';
import { offlineSince } from '../offline.ts';
import { language, timeWindow, view, visible } from '../state.ts';

/** Changes of the clock and of the layers come in rows. */
const SETTLE_MS = 250;

/**
 * Where the browser cannot draw the map (no WebGL 2): says so, and shows what the server draws of the same layers and days, with
 * counts and legend. All that is not the map itself works beside it.
 */
export function Mapless() {
  const place = useRef<HTMLDivElement>(null);
  const isFailed = useSignal(false);
  const asked = {
    layers: [...visible.value],
    window: timeWindow.value,
    language: language.value,
    view: view.value,
    // Read by the request itself.
    asOf: asOf.value,
  };
  const isOffline = offlineSince() !== null;
  useEffect(() => {
    if (isOffline) return;
    const gone = new AbortController();
    const timer = setTimeout(() => {
      getPicture(asked, gone.signal).then(
        (parts) => {
          isFailed.value = false;
          place.current?.replaceChildren(...parts);
        },
        () => {
          if (!gone.signal.aborted) isFailed.value = true;
        },
      );
    }, SETTLE_MS);
    return () => {
      clearTimeout(timer);
      gone.abort();
    };
  }, [JSON.stringify(asked)]);
  return (
    <section class="mapless" aria-label={t('mapless.title')}>
      <p class="mapless-why" role="status">
        {t(isOffline ? 'mapless.offline' : 'mapless.why')}
      </p>
      {isFailed.value && (
        <p class="panel-problem" role="alert">
          {t('mapless.failed')}
        </p>
      )}
      <div class="mapless-picture" ref={place} />
    </section>
  );
}
