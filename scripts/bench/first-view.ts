import { existsSync } from 'node:fs';
import { fetchOnce } from './load/http.ts';

/** What the first view of the map loads: bytes over the wire, headers not counted, by kind. */
export interface FirstView {
  readonly total: number;
  /** Tiles, series and the lists of layers. */
  readonly data: number;
  readonly byKind: Readonly<Record<string, number>>;
  readonly requests: readonly { readonly path: string; readonly encoding: string; readonly bytes: number }[];
}

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
const WINDOW = { width: 1400, height: 900 };
/** The tiles are asked for in the first frames, which software draws slowly. */
const SETTLE_MS = 15_000;

const KINDS: readonly (readonly [string, RegExp])[] = [
  ['tiles', /\.mvt$|\/series$|\.pbf$/],
  ['style', /^\/style|\/sprite/],
  ['fonts', /\.woff2?$|\/fonts?\//],
  ['code', /\.m?js$|\.css$|\.wasm$|^\/$/],
];

/** Of the path of an address, without its query. */
export function kindOf(path: string): string {
  return KINDS.find(([, pattern]) => pattern.test(path))?.[0] ?? 'other data';
}

const IS_DATA = new Set(['tiles', 'other data']);

export function toFirstView(requests: FirstView['requests']): FirstView {
  const byKind: Record<string, number> = {};
  for (const { path, bytes } of requests) byKind[kindOf(path)] = (byKind[kindOf(path)] ?? 0) + bytes;
  const sum = (kinds: readonly string[]) => kinds.reduce((total, kind) => total + (byKind[kind] ?? 0), 0);
  return {
    total: sum(Object.keys(byKind)),
    data: sum(Object.keys(byKind).filter((kind) => IS_DATA.has(kind))),
    byKind,
    requests,
  };
}

/** Asked for again by ourselves, as a browser asks over HTTPS: what Chromium tells of sizes is wrong for preloaded fonts. */
async function sizeOf(url: string): Promise<FirstView['requests'][number]> {
  const { body, encoding } = await fetchOnce(url, { encodings: 'gzip, deflate, br' });
  return { path: new URL(url).pathname, encoding, bytes: body.length };
}

/** Opens the page in Chromium at zoom 5, with nothing cached. Undefined where Chromium is not installed. */
export async function loadFirstView(url: string, address: string): Promise<FirstView | undefined> {
  if (!existsSync(CHROMIUM)) return undefined;
  const { chromium } = await import('playwright-core');
  const gl = ['--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--ignore-gpu-blocklist'];
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', ...gl] });
  try {
    const page = await browser.newPage({ viewport: WINDOW });
    const urls = new Set<string>();
    page.on('request', (request) => {
      if (request.url().startsWith(`${url}/`)) urls.add(request.url());
    });
    await page.goto(`${url}/${address}`, { waitUntil: 'load' });
    await page.waitForTimeout(SETTLE_MS);
    return toFirstView(await Promise.all([...urls].map(sizeOf)));
  } finally {
    await browser.close();
  }
}
