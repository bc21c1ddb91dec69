import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { after, afterEach } from 'mocha';
import { type Browser, type BrowserContextOptions, chromium, type Locator, type Page } from 'playwright-core';
import { until } from './process.ts';
import { startServer, type TestServer } from './server.ts';

/** Debian's Chromium; CHROMIUM names another one. */
const EXECUTABLE = process.env.CHROMIUM ?? '/usr/bin/chromium';

/**
 * Software rendering, and none of the browser's own requests. What lies over the map is put together without WebGL,
 * which took half of the time: only the map needs it.
 */
const FLAGS = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--use-gl=angle',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--ignore-gpu-blocklist',
  '--disable-gpu-compositing',
];

/** The first frame of software rendering takes seconds. */
const PATIENCE_MS = 40_000;

let browser: Promise<Browser> | undefined;
let server: Promise<TestServer> | undefined;

/** One server for all browser tests: they only read. */
export async function serverUrl(): Promise<string> {
  server ??= startServer();
  return (await server).url;
}

// A worker of a parallel run keeps both from file to file; they end with it, and its database with the cluster.
if (!process.env.MOCHA_WORKER_ID) {
  after(async function closeAll() {
    this.timeout(PATIENCE_MS);
    await (await browser)?.close();
    await (await server)?.close();
  });
}

export interface MapPage {
  readonly page: Page;
  /** Addresses of every request, in order. */
  readonly requests: readonly string[];
  /** Fails when the page asked another host for something, or wrote an error to the console. */
  expectClean(): void;
  close(): Promise<void>;
}

/** `hash` is what follows the address of the map: `#lang=fr`. */
interface PageOptions {
  /** Of another page than the one that the common server has. */
  readonly url?: string;
  readonly context?: BrowserContextOptions;
  /** Runs before the page is opened, to change answers. */
  readonly prepare?: (page: Page) => Promise<unknown>;
}

/** The map at 1,400 x 900 in English, with the notice as a newcomer sees it, when it has drawn all there is. */
export async function openMap({
  hash = '',
  ...options
}: PageOptions & { readonly hash?: string } = {}): Promise<MapPage> {
  const opened = await openPage(`/${hash}`, options);
  await settled(opened.page);
  return opened;
}

/** Opens maps in the tests of a suite, as `openMap` does; the last of a test is closed after it. */
export function mapPerTest(): typeof openMap {
  let map: MapPage | undefined;
  afterEach(async () => {
    await map?.close();
    map = undefined;
  });
  return async (...options) => {
    map = await openMap(...options);
    return map;
  };
}

/** Any page of the server at 1,400 x 900 in English, when it is there. */
export async function openPage(path: string, options: PageOptions = {}): Promise<MapPage> {
  const { context: changes = {}, prepare } = options;
  if (!existsSync(EXECUTABLE)) throw new Error(`There is no Chromium at ${EXECUTABLE}: apt-get install chromium`);
  browser ??= chromium.launch({ executablePath: EXECUTABLE, args: FLAGS });
  const url = options.url ?? (await serverUrl());
  const context = await (await browser).newContext({
    viewport: { width: 1400, height: 900 },
    locale: 'en-GB',
    // What it kept would be shown instead of what a test has changed.
    serviceWorkers: 'block',
    ...changes,
  });
  const page = await context.newPage();
  const requests: string[] = [];
  const errors: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  page.on('pageerror', (error) => errors.push(error.message));
  await prepare?.(page);
  await page.goto(url + path);
  return {
    page,
    requests,
    expectClean: () => {
      const isOwn = (address: string) =>
        address.startsWith(`${url}/`) || address.startsWith('data:') || address.startsWith('blob:');
      expect(
        requests.filter((address) => !isOwn(address)),
        'requests to another host',
      ).to.deep.equal([]);
      expect(errors, 'errors in the console').to.deep.equal([]);
    },
    close: () => context.close(),
  };
}

/** Waits until the map has drawn what it asked for. */
export async function settled(page: Page): Promise<void> {
  await page.waitForSelector('.maplibregl-canvas', { timeout: PATIENCE_MS });
  // The clock rests a moment before hexagons are asked for again.
  await page.waitForTimeout(300);
  await page.waitForSelector('main[aria-busy=false]', { timeout: PATIENCE_MS });
}

/**
 * Waits until the address, read as text, matches or holds what is given: it follows a moment after what it says. Not by `waitForURL`, which
 * waits for a page to load.
 */
export function untilAddress(page: Page, wanted: RegExp | string): Promise<void> {
  return until(`the address has ${wanted}`, async () => {
    const address = decodeURIComponent(page.url());
    return typeof wanted === 'string' ? address.includes(wanted) : wanted.test(address);
  });
}

/** Runs `test/browser/pages/{name}.js` in the page; on this side there are no types of the DOM. */
export async function runInPage<T>(page: Page, name: string, argument: string | null = null): Promise<T> {
  const code = readFileSync(path.resolve(import.meta.dirname, '../browser/pages', `${name}.js`), 'utf8');
  const expression = code.replace(/^\/\*[\s\S]*?\*\/\s*/, '').replace(/;\s*$/, '');
  return (await page.evaluate(`(${expression})(${JSON.stringify(argument)})`)) as T;
}

/** How many pixels have each colour ("#rrggbb") where nothing lies over the map on a wide screen. */
export async function mapColors(page: Page): Promise<Map<string, number>> {
  const png = await page.screenshot({ clip: { x: 420, y: 160, width: 960, height: 560 } });
  const source = `data:image/png;base64,${png.toString('base64')}`;
  return new Map(Object.entries(await runInPage<Record<string, number>>(page, 'colors', source)));
}

/** What an element says; empty when it says nothing. */
export async function textOf(locator: Locator): Promise<string> {
  return (await locator.textContent()) ?? '';
}
