import { parseAddress } from '../url.ts';

/** Parts of the page's address that the server's picture can follow, by the names that it has for them. */
const FOLLOWED: Readonly<Record<string, string>> = {
  map: 'map',
  layers: 'layers',
  time: 'time',
  lang: 'lang',
  asof: 'known_at',
};
/** Parts that change nothing of what the picture shows. */
const HARMLESS = new Set([
  'theme',
  'list',
  'table',
  'at',
  'grid',
  'dms',
  'ask',
  'clock',
  'saver',
  'watch',
  'upload',
  'counts',
]);

/**
 * What the picture must be asked for, by the fragment of the page's address: parameters of `/picture.html`; null where it is
 * the map as it opens; undefined where no picture can show it, such as one whose layers are filtered. Pure.
 */
export function askedView(fragment: string): URLSearchParams | null | undefined {
  const asked = new URLSearchParams();
  const { view, window, language } = parseAddress(fragment);
  /** What the page cannot read counts as not said. */
  const isRead = { map: view !== undefined, time: window !== undefined, lang: language !== undefined };
  for (const [name, value] of new URLSearchParams(fragment.replace(/^#/, ''))) {
    const followed = FOLLOWED[name];
    if (followed !== undefined) {
      if (isRead[name as keyof typeof isRead] ?? true) asked.set(followed, value);
    } else if (!HARMLESS.has(name)) return undefined;
  }
  return asked.size === 0 ? null : asked;
}
