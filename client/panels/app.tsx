import { useEffect, useRef } from 'preact/hooks';
import type { MapSettings } from '../../server/core/map-settings.ts';
import { keepAddress, readAddress } from '../address.ts';
import { getCollections, getStyle } from '../api.ts';
import { t } from '../i18n/text.ts';
import { retryMap, startMap } from '../map/start.ts';
import { offlineSince, openArchives } from '../offline.ts';
import {
  askProcess,
  closeAsk,
  closeConnect,
  closeSpot,
  closeUpload,
  collections,
  connectLayer,
  fatal,
  isBusy,
  isDrawerOpen,
  language,
  settings,
  spot,
  timeWindow,
  uploadId,
} from '../state.ts';
import { parseAddress } from '../url.ts';
import { AskGate } from './ask-gate.tsx';
import { Clock } from './clock.tsx';
import { ConnectGate } from './connect-gate.tsx';
import { Foot } from './foot.tsx';
import { LayerPanel } from './layers.tsx';
import { Notice } from './notice.tsx';
import { OfflineNote } from './offline.tsx';
import { RecordPanel } from './records.tsx';
import { Status } from './status.tsx';
import { TopBar } from './top-bar.tsx';
import { UploadGate } from './upload-gate.tsx';

/** Room for what lies over the map, so that the opening view is centred on what is left. Pixels, as in layout.css. */
function overlayPadding() {
  const isNarrow = matchMedia('(max-width: 959px)').matches;
  return isNarrow ? { left: 0, right: 0, top: 0, bottom: 0 } : { left: 348, right: 24, top: 16, bottom: 132 };
}

async function start(container: HTMLElement): Promise<void> {
  fatal.value = null;
  language.value = parseAddress(location.hash).language ?? language.value;
  const [layers, style] = await Promise.all([getCollections(), getStyle(language.value), openArchives()]);
  const map = (style.metadata as Record<string, unknown>)['azalai:map'] as MapSettings;
  collections.value = layers;
  settings.value = map;
  timeWindow.value = map.window;
  readAddress();
  startMap(container, style, map, overlayPadding);
  keepAddress();
}

/** What lies on top closes first, wherever the focus is. */
function closeOnEscape(event: KeyboardEvent): void {
  if (event.key !== 'Escape') return;
  if (isDrawerOpen.value) isDrawerOpen.value = false;
  else if (spot.value) closeSpot();
  else if (connectLayer.value !== null) closeConnect();
  else if (uploadId.value !== null) closeUpload();
  else if (askProcess.value !== null) closeAsk();
}

export function App() {
  const container = useRef<HTMLDivElement>(null);
  const open = () => {
    if (!container.current) return;
    start(container.current).catch((cause: unknown) => {
      fatal.value = cause instanceof Error ? cause.message : String(cause);
    });
  };
  useEffect(open, []);
  useEffect(() => {
    addEventListener('keydown', closeOnEscape);
    return () => removeEventListener('keydown', closeOnEscape);
  }, []);
  useEffect(() => {
    document.documentElement.lang = language.value;
    document.title = settings.value?.title[language.value] ?? 'Azalai';
  });
  void language.value;
  void settings.value;

  const hasPanel = [uploadId, connectLayer, askProcess].some(({ value }) => value !== null);
  return (
    <div
      class={`app${isDrawerOpen.value ? ' has-drawer' : ''}${spot.value ? ' has-records' : ''}${hasPanel ? ' has-panel' : ''}${askProcess.value === null ? '' : ' has-ask'}`}
    >
      <TopBar />
      <LayerPanel />
      <main class="stage" aria-busy={isBusy.value}>
        <div class="map" ref={container} />
      </main>
      <div class="messages">
        <OfflineNote />
        <Notice />
        <Status retry={retryMap} />
      </div>
      {settings.value && <Clock />}
      {settings.value && uploadId.value !== null && offlineSince() === null && <UploadGate />}
      {settings.value && connectLayer.value !== null && offlineSince() === null && <ConnectGate />}
      {settings.value && askProcess.value !== null && offlineSince() === null && <AskGate />}
      {/* Over the other panels: a spot is clicked while they are open, and closes first. */}
      {spot.value && <RecordPanel />}
      <Foot />
      {fatal.value !== null && (
        <div class="fatal" role="alert">
          <h1>{t('app.failed')}</h1>
          <p>{fatal.value}</p>
          <button type="button" class="button" onClick={open}>
            {t('app.retry')}
          </button>
        </div>
      )}
      {fatal.value === null && !settings.value && (
        <p class="fatal" role="status">
          {t('app.loading')}
        </p>
      )}
    </div>
  );
}
