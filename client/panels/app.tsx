import { useEffect, useRef } from 'preact/hooks';
import type { MapSettings } from '../../server/core/map-settings.ts';
import { asOfPart } from '../address/as-of.ts';
import { followLink, keepAddress, readAddress } from '../address.ts';
import { getCollections, getStyle } from '../api.ts';
import { t } from '../i18n/text.ts';
import { openCopy } from '../map/open-copy.ts';
import { retryMap, startMap } from '../map/start.ts';
import { offlineSince } from '../offline.ts';
import { isPresenting } from '../state/brief.ts';
import { isMapless } from '../state/mapless.ts';
import { theme } from '../state/theme.ts';
import { keepHistory } from '../state/undo.ts';
import {
  askProcess,
  collections,
  fatal,
  isBusy,
  isDrawerOpen,
  isHelpOpen,
  isLoading,
  language,
  settings,
  spot,
  timeWindow,
} from '../state.ts';
import { parseAddress } from '../url.ts';
import { AsOfGate } from './as-of-gate.tsx';
import { Clock } from './clock.tsx';
import { closeOnEscape } from './close-on-escape.ts';
import { CompareBarGate, CompareStageGate } from './compare-gates.tsx';
import { CountsGate } from './counts-gate.tsx';
import { DrawingGate } from './drawing-gate.tsx';
import { Foot } from './foot.tsx';
import { keepFocus } from './keep-focus.ts';
import { LayerPanel } from './layers.tsx';
import { MaplessGate } from './mapless-gate.tsx';
import { MeasureGate } from './measure-gate.tsx';
import { Notice } from './notice.tsx';
import { OfflineNote } from './offline.tsx';
import { PresentGate } from './present-gate.tsx';
import { ReadOutPlace } from './read-out-place.tsx';
import { RecordPanel } from './records.tsx';
import { SaverNote } from './saver.tsx';
import { ShortcutsGate } from './shortcuts-gate.tsx';
import { SIDE_PANELS } from './side-panels.ts';
import { StaleNote } from './stale.tsx';
import { Status } from './status.tsx';
import { TableDock } from './table-dock.tsx';
import { ToolBar } from './tool-bar.tsx';
import { TopBar } from './top-bar.tsx';
import { UndoProblem } from './undo-problem.tsx';

async function start(container: HTMLElement): Promise<void> {
  fatal.value = null;
  await openCopy();
  await followLink();
  language.value = parseAddress(location.hash).language ?? language.value;
  asOfPart.read(new URLSearchParams(location.hash.slice(1)).get('asof'));
  const [layers, style] = await Promise.all([getCollections(), getStyle(language.value, theme.value)]);
  const map = (style.metadata as Record<string, unknown>)['azalai:map'] as MapSettings;
  collections.value = layers;
  settings.value = map;
  timeWindow.value = map.window;
  readAddress();
  // The panels are there to be measured when the map opens between them.
  await new Promise((resolve) => setTimeout(resolve));
  drawMap(container, style, map);
  keepAddress();
  keepHistory();
}

/** Where the browser cannot draw it, the page works without. */
function drawMap(...given: Parameters<typeof startMap>): void {
  try {
    startMap(...given);
  } catch (cause) {
    if (document.createElement('canvas').getContext('webgl2')) throw cause;
    isMapless.value = true;
    isLoading.value = false;
    document.getElementById('first-view')?.remove();
  }
}

function helpOnQuestionMark(event: KeyboardEvent): void {
  const isWritten =
    event.target instanceof Element && event.target.closest('input, textarea, select, [contenteditable]');
  if (event.key === '?' && !isWritten) isHelpOpen.value = true;
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
  useEffect(() => keepFocus(container.current?.closest<HTMLElement>('.app') ?? document.body), []);
  useEffect(() => {
    addEventListener('keydown', closeOnEscape);
    addEventListener('keydown', helpOnQuestionMark);
    return () => {
      removeEventListener('keydown', closeOnEscape);
      removeEventListener('keydown', helpOnQuestionMark);
    };
  }, []);
  useEffect(() => {
    document.documentElement.lang = language.value;
    document.title = settings.value?.title[language.value] ?? 'Azalai';
  });
  void language.value;
  void settings.value;

  const side = offlineSince() === null ? SIDE_PANELS.find(({ open }) => open.value !== null) : undefined;
  return (
    <div
      class={`app${isDrawerOpen.value ? ' has-drawer' : ''}${spot.value ? ' has-records' : ''}${side ? ' has-panel' : ''}${askProcess.value === null ? '' : ' has-ask'}${isPresenting.value ? ' is-presenting' : ''}`}
    >
      <button
        type="button"
        class="skip-link"
        onClick={() => container.current?.querySelector<HTMLElement>('canvas')?.focus()}
      >
        {t('shell.skip')}
      </button>
      <TopBar />
      <LayerPanel />
      {/* The signal itself: all that is within need not be rendered anew for it. */}
      <main class="stage" aria-busy={isBusy}>
        <div class="map" ref={container} />
        {settings.value && <CompareStageGate />}
      </main>
      {isMapless.value && <MaplessGate />}
      <section class="over-map" aria-label={t('shell.overMap')}>
        {settings.value && <ToolBar />}
        {settings.value && <MeasureGate />}
        <div class="messages">
          <DrawingGate />
          <CompareBarGate />
          <OfflineNote />
          <StaleNote />
          <SaverNote />
          <AsOfGate />
          <Notice />
          <UndoProblem />
          {/* What retries is known once the map is there: it is looked up at the press. */}
          <Status retry={() => retryMap()} />
        </div>
      </section>
      {settings.value && <Clock />}
      {settings.value && <TableDock />}
      {settings.value && <CountsGate />}
      {settings.value && side && <side.Panel key={side.name} />}
      {/* Over the other panels: a spot is clicked while they are open, and closes first. */}
      {spot.value && <RecordPanel />}
      <Foot />
      <ReadOutPlace />
      {settings.value && <PresentGate />}
      {isHelpOpen.value && <ShortcutsGate />}
      {fatal.value !== null && (
        <div class="fatal" role="alert">
          <h1>{t('app.failed')}</h1>
          <p>{fatal.value}</p>
          <p>{t('shell.failedDo')}</p>
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
