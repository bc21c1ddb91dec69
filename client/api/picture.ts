import type { Language } from '../../server/core/layer.ts';
import type { TimeWindow, View } from '../url.ts';
import { readerHeaders } from './kept-token.ts';
import { knownAt } from './known-at.ts';

interface PictureAsked {
  readonly layers: readonly string[];
  readonly window: TimeWindow;
  readonly language: Language;
  /** Null: the whole area. */
  readonly view: View | null;
}

/** Pixels; it is drawn as wide as there is room. */
const SIZE = { width: '1000', height: '640' };

/** The server's picture of the map, its counts and its legend, as elements; throws where there is none. */
export async function getPicture(asked: PictureAsked, signal: AbortSignal): Promise<readonly Element[]> {
  const { layers, window, language, view } = asked;
  const params = new URLSearchParams({ ...SIZE, lang: language, layers: layers.join(',') });
  params.set('time', `${window.from ?? '..'}/${window.to ?? '..'}`);
  if (view) params.set('map', [view.zoom.toFixed(2), view.lat.toFixed(4), view.lon.toFixed(4)].join('/'));
  const { known_at: moment } = knownAt();
  if (moment !== undefined) params.set('known_at', moment);
  const response = await fetch(`picture.html?${params}`, { headers: readerHeaders(), signal });
  if (!response.ok) throw new Error(`The server answered ${response.status} to a request for a picture.`);
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  return [...page.querySelectorAll('.first-picture, .first-words')];
}
