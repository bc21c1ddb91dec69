import { h, render } from 'preact';
import type { StoredView } from '../../server/core/view.ts';
import { storeView } from '../api/views.ts';
import { clockSvg } from '../charts/clock-svg.ts';
import { saveBlob } from '../charts/save-file.ts';
import { tokenColors } from '../charts/token-colors.ts';
import { closed } from '../clock/calendar.ts';
import { CLOCK, drawPicture, type PictureContent } from '../export/picture.ts';
import { metresPerPixel, scaleBar, scaleNumber } from '../export/scale-bar.ts';
import { dayText } from '../i18n/dates.ts';
import { count, t } from '../i18n/text.ts';
import { snapshot } from '../map/snapshot.ts';
import { clockLimits } from '../state/clock.ts';
import { histogram } from '../state/histogram.ts';
import { timeWindow, view } from '../state.ts';
import { token } from '../token.ts';
import { LegendSwatch } from './legend.tsx';
import { shownFacts } from './shown-facts.ts';
import { takenView } from './taken-view.ts';

/** Pixels of the picture for one of the page, and how long the map may take to be drawn so. */
const RATIO = 2;
const LIMIT_MS = 30_000;

async function toPicture(svg: string): Promise<HTMLImageElement> {
  const picture = new Image();
  picture.src = `data:image/svg+xml,${encodeURIComponent(svg)}`;
  await picture.decode();
  return picture;
}

type Swatch = Parameters<PictureContent['swatchOf']>[0];

/** The mark of an entry as the legend draws it, alone. */
async function toMark(swatch: Swatch, paper: string): Promise<HTMLImageElement | undefined> {
  const place = document.createElement('div');
  render(h(LegendSwatch, { swatch }), place);
  const drawn = place.querySelector('svg');
  drawn?.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  const text = drawn && new XMLSerializer().serializeToString(drawn).replaceAll('var(--paper)', paper);
  render(null, place);
  return text ? toPicture(text) : undefined;
}

/** Stored so that the picture can name it; undefined where there is no server, or it does not take it. */
const stored = (): Promise<StoredView | undefined> => storeView(takenView()).catch(() => undefined);

const lengthText = (metres: number) => (metres < 1000 ? `${count(metres)}\u00a0m` : `${count(metres / 1000)}\u00a0km`);

/** Saves the map as it is now as `{name}.png`. @throws Error */
export async function savePicture(name: string, title: string, note: string): Promise<void> {
  const [shot, kept] = await Promise.all([snapshot(RATIO, LIMIT_MS), stored()]);
  if (!shot) throw new Error(t('export.noPicture'));
  const colors = tokenColors();
  const facts = shownFacts(token.value !== '');
  const swatches = [
    ...new Set(facts.layers.flatMap(({ legend }) => legend.map(({ swatch }) => JSON.stringify(swatch)))),
  ];
  const marks = new Map(
    await Promise.all(
      swatches.map(async (key) => [key, await toMark(JSON.parse(key) as Swatch, colors.paper)] as const),
    ),
  );
  const found = histogram.value;
  const window = closed(timeWindow.value, clockLimits.value);
  const words = {
    ...{ title: facts.window, recorded: t('export.recorded'), modelled: t('export.modelled') },
    inForce: t('export.inForce'),
    number: count,
  };
  const clock = found && (await toPicture(clockSvg(found, window, words, CLOCK.width, colors)));
  const { lat, zoom } = view.value ?? { lat: 0, zoom: 0 };
  const perPixel = metresPerPixel(lat, zoom);
  const bar = scaleBar(perPixel, 170);
  const latitude = `${count(Math.round(Math.abs(lat)))}°${lat < 0 ? 'S' : 'N'}`;
  const drawn = t('sheet.drawn', { date: dayText(new Date().toISOString()) });
  const receipt = kept ? t('sheet.receipt', { hash: kept.hash }) : t('sheet.noReceipt');
  await document.fonts.ready;
  const canvas = drawPicture({
    ...{ title, note, facts, map: shot.canvas, width: shot.width, height: shot.height, bar },
    barText: lengthText(bar.metres),
    scale: `${t('sheet.scale', { scale: count(scaleNumber(perPixel, 1)), latitude })} · ${t('sheet.projection')}`,
    clock,
    swatchOf: (swatch) => marks.get(JSON.stringify(swatch)),
    receipt: `${drawn} · ${receipt}`,
    ...{ colors, ratio: RATIO },
  });
  const file = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (!file) throw new Error(t('export.noPicture'));
  saveBlob(`${name}.png`, file);
}
