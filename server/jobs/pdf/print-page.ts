import type { Browser, Page } from 'playwright-core';
import { type Forwarded, forward } from './forward.ts';

export interface Printed extends Forwarded {
  /** What the page is to print, as its fragment: "#view=…&paper=a4". */
  readonly hash: string;
}

/** Bytes that are taken out of the browser at once. */
const PIECE = 1_048_576;

/** Nothing but what is forwarded: a request that gets by it finds no proxy there, and no name. */
const NOWHERE = [
  '--proxy-server=127.0.0.1:9',
  '--proxy-bypass-list=<-loopback>',
  '--host-resolver-rules=MAP * ~NOTFOUND',
];

/** Draws WebGL without a graphics card. */
const SOFTWARE = ['--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--ignore-gpu-blocklist'];

const QUIET = [
  ...['--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update'],
  ...['--disable-sync', '--disable-gpu-compositing'],
];

export async function openBrowser(executablePath: string): Promise<Browser> {
  // Taken in when something is first printed.
  const { chromium } = await import('playwright-core');
  return chromium.launch({
    executablePath,
    args: [...NOWHERE, ...SOFTWARE, ...QUIET],
    // This server stops in its own way, and closes the browser itself.
    ...{ handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false },
  });
}

/** Says what the page could not do: for the log, since whoever asks was told before whether it is there. */
export class PageFailed extends Error {}

/** The pages of the address as PDF, piece by piece as the browser has them. @throws PageFailed */
export async function* printPage(browser: Browser, printed: Printed): AsyncGenerator<Buffer> {
  const context = await browser.newContext({
    ...{ viewport: { width: 1200, height: 900 }, reducedMotion: 'reduce', colorScheme: 'light' },
    serviceWorkers: 'block',
  });
  const release = await forward(context, printed);
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(0);
    await page.goto(`${printed.base}/print.html${printed.hash}`, { waitUntil: 'commit' });
    await page.waitForSelector('html[data-ready], html[data-failed]', { state: 'attached' });
    const failed = await page.getAttribute('html', 'data-failed');
    if (failed !== null) throw new PageFailed(failed);
    yield* toPdf(page);
  } finally {
    release();
    await context.close().catch(() => undefined);
  }
}

async function* toPdf(page: Page): AsyncGenerator<Buffer> {
  const session = await page.context().newCDPSession(page);
  const { stream } = await session.send('Page.printToPDF', {
    ...{ preferCSSPageSize: true, printBackground: true, transferMode: 'ReturnAsStream' },
    // For who reads it by ear, and for who looks for a view.
    ...{ generateTaggedPDF: true, generateDocumentOutline: true },
  });
  if (stream === undefined) throw new PageFailed('The browser gave no file.');
  for (;;) {
    const { data, eof, base64Encoded } = await session.send('IO.read', { handle: stream, size: PIECE });
    if (data !== '') yield Buffer.from(data, base64Encoded ? 'base64' : 'latin1');
    if (eof) break;
  }
  await session.send('IO.close', { handle: stream });
}
