import { gzipSync } from 'node:zlib';
import { type FirstView, loadFirstView } from '../first-view.ts';
import { fetchOnce } from '../load/http.ts';

export interface FirstLoad extends FirstView {
  /** Bytes packed by gzip: of the page's own scripts, and of the map's library with its worker. */
  readonly scriptsGzip: number;
  readonly libraryGzip: number;
}

/** What the first view of the shipped data loads. Undefined where Chromium is not installed. */
export async function measureFirstLoad(url: string, address: string): Promise<FirstLoad | undefined> {
  const view = await loadFirstView(url, address);
  if (!view) return undefined;
  const scripts = view.requests.filter(({ path }) => /\.m?js$/.test(path));
  const sizes = await Promise.all(
    scripts.map(async ({ path }) => {
      const { body } = await fetchOnce(`${url}${path}`, { encodings: 'identity' });
      return { isLibrary: path.includes('maplibre'), bytes: gzipSync(body).length };
    }),
  );
  const sum = (isLibrary: boolean) =>
    sizes.filter((size) => size.isLibrary === isLibrary).reduce((total, { bytes }) => total + bytes, 0);
  return { ...view, scriptsGzip: sum(false), libraryGzip: sum(true) };
}
