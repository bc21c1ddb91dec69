import { signal } from '@preact/signals';
import { render } from 'preact';
import '../css/fonts.css';
import '../css/base.css';
import '../css/clock-brush.css';
import '../css/print-sheet.css';
import '../i18n/export-texts.ts';
import type { MapSettings } from '../../server/core/map-settings.ts';
import { getCollections, getStyle } from '../api.ts';
import { t } from '../i18n/text.ts';
import { startMap } from '../map/start.ts';
import { askedTheme } from '../state/theme.ts';
import { collections, language, settings, timeWindow } from '../state.ts';
import { drawPage } from './draw-page.ts';
import { readJob } from './job.ts';
import { pagesOf } from './pages.ts';
import { mapBoxOf, mapPixels } from './sheet-size.ts';
import { putIntoStore } from './show-page.ts';

/**
 * The page that prints views: lays out a sheet for each, one after the other through the page's one store and one map.
 * `document.documentElement.dataset.ready` says when all are there, `dataset.failed` why they are not.
 */

const progress = signal<string | null>(null);
const root = document.documentElement;

function Bar() {
  return (
    <div class="print-bar">
      <p role="status">{progress.value ?? t('print.title')}</p>
      <button type="button" class="button is-main" disabled={progress.value !== null} onClick={() => window.print()}>
        {t('print.print')}
      </button>
    </div>
  );
}

const made = (className: string): HTMLElement => {
  const element = document.createElement('div');
  element.className = className;
  document.body.append(element);
  return element;
};

async function layOutAll(): Promise<void> {
  const job = readJob(location.hash);
  askedTheme.value = 'light';
  if (job.language) language.value = job.language;
  progress.value = t('print.loading');
  render(<Bar />, made('print-top'));
  const found = await pagesOf(job);
  const wanted = job.language ?? found.brief?.language ?? language.value;
  language.value = wanted;
  root.lang = wanted;
  const first = found.pages[0];
  if (!first) throw new Error(t('print.empty'));
  const [layers, style] = await Promise.all([getCollections(), getStyle(wanted, 'light')]);
  const map = (style.metadata as Record<string, unknown>)['azalai:map'] as MapSettings;
  collections.value = layers;
  settings.value = map;
  timeWindow.value = map.window;
  const size = mapPixels(mapBoxOf(job.paper, job.orientation));
  putIntoStore(first.address, wanted, size);
  const container = made('map print-map');
  container.style.width = `${size.width}px`;
  container.style.height = `${size.height}px`;
  // Without WebGL the words are printed all the same.
  try {
    startMap(container, style, map);
  } catch {
    container.remove();
  }
  await document.fonts.ready;
  const sheets = made('sheets');
  document.title = found.brief?.title ?? (first.title || document.title);
  for (const at of found.pages.keys()) {
    progress.value = t('print.drawing', { at: at + 1, count: found.pages.length });
    await drawPage(sheets, found, at, job, wanted);
  }
  await Promise.all([...sheets.querySelectorAll('img')].map((picture) => picture.decode()));
  await document.fonts.ready;
  progress.value = null;
  root.dataset.ready = 'true';
}

layOutAll().catch((cause: unknown) => {
  const detail = cause instanceof Error ? cause.message : String(cause);
  progress.value = t('print.failed', { detail });
  root.dataset.failed = detail;
});
