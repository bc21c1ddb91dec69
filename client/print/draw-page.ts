import type { Language } from '../../server/core/layer.ts';
import { metresPerPixel, scaleNumber } from '../export/scale-bar.ts';
import { dayText, instantText } from '../i18n/dates.ts';
import { count, local, t } from '../i18n/text.ts';
import { snapshot, untilDrawn } from '../map/snapshot.ts';
import { shownFacts } from '../panels/shown-facts.ts';
import { barWidth } from '../state/histogram.ts';
import { failedSources, settings, view } from '../state.ts';
import { token } from '../token.ts';
import { showAsItWas } from './as-it-was.ts';
import { layOut } from './fit.tsx';
import type { PrintJob } from './job.ts';
import type { PrintPage, PrintPages } from './pages.ts';
import { CLOCK_WIDTH } from './sheet-clock.tsx';
import { mapBoxOf, mapPixels } from './sheet-size.ts';
import { putIntoStore } from './show-page.ts';

/** How long a view may take to be drawn. */
const VIEW_MS = 60_000;

function receiptText({ stored }: PrintPage): string {
  const drawn = t('sheet.drawn', { date: dayText(new Date().toISOString()) });
  if (!stored) return `${drawn} · ${t('sheet.noReceipt')}`;
  const when = t('sheet.stored', { date: instantText(stored.storedAt) });
  return `${drawn}, ${when} · ${t('sheet.receipt', { hash: stored.hash })}`;
}

/** Draws a view and adds its sheet to those that are laid out. @throws ApiError */
export async function drawPage(
  sheets: HTMLElement,
  { brief, pages }: PrintPages,
  at: number,
  { paper, orientation, isHolder }: PrintJob,
  language: Language,
): Promise<void> {
  const page = pages[at] as PrintPage;
  const box = mapBoxOf(paper, orientation);
  const lines = putIntoStore(page.address, language, mapPixels(box));
  const told = await showAsItWas(page);
  barWidth.value = CLOCK_WIDTH;
  const isWhole = await untilDrawn(VIEW_MS);
  const taken = await snapshot(box.ratio, VIEW_MS);
  const lacks = !isWhole || failedSources.value.size > 0;
  // Its requests carry the token of a reader who has entered it.
  const isInternal = isHolder || token.peek() !== '' || brief?.handling === 'internal';
  const facts = shownFacts(isInternal, [...told, ...(lacks ? [t('sheet.incomplete')] : [])]);
  const { lat, zoom } = view.value ?? { lat: 0, zoom: 0 };
  const perPixel = metresPerPixel(lat, zoom);
  const latitude = `${count(Math.round(Math.abs(lat)))}°${lat < 0 ? 'S' : 'N'}`;
  const mapTitle = settings.value ? local(settings.value.title) : '';
  layOut(sheets, {
    ...{ paper, orientation, facts },
    title: page.title || mapTitle,
    note: page.note.trim(),
    above: brief ? brief.title : page.title === '' ? '' : mapTitle,
    place: t('sheet.page', { at: at + 1, count: pages.length }),
    isInternal: facts.isInternal,
    picture: taken?.canvas.toDataURL('image/png') ?? null,
    ...{ width: taken?.width ?? 0, height: taken?.height ?? 0, perPixel, hasGrid: lines === 'degrees' },
    scale: t('sheet.scaleOn', {
      ...{ scale: count(scaleNumber(perPixel, 1 / box.shrink)), latitude, paper: paper.toUpperCase() },
    }),
    receipt: receiptText(page),
  });
}
