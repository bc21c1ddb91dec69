import type { Browser } from 'playwright-core';
import { LaneSaturated, RequestAborted } from '../../core/errors.ts';
import { NoBrowser, PrinterBusy, PrintTooSlow } from './errors.ts';
import { openBrowser, type Printed, printPage } from './print-page.ts';

/** Who goes next: `db/slots.ts` is one. */
export interface Places {
  take(signal?: AbortSignal): Promise<void>;
  give(): void;
}

/** Draws pages by a browser of this machine, one file at a time. */
export interface Printer {
  /**
   * @throws NoBrowser where there is none
   * @throws PrinterBusy when too many wait, or the wait is too long
   * @throws PrintTooSlow after the time that a file may take
   * @throws RequestAborted when the signal aborts
   */
  print(printed: Printed, signal: AbortSignal): AsyncGenerator<Buffer>;
}

const HOW = 'Install one on the machine of this server (Debian: "apt-get install chromium"), or name it by CHROMIUM.';
const BUSY = 'Other pages are being printed: ask again in half a minute.';

export interface PrinterOptions {
  /** Undefined: there is none. */
  readonly executable: string | undefined;
  readonly places: Places;
  /** How long a file may take, once it is its turn. */
  readonly limitMs: number;
}

export function openPrinter({ executable, places, limitMs }: PrinterOptions): Printer {
  async function* print(printed: Printed, signal: AbortSignal): AsyncGenerator<Buffer> {
    if (executable === undefined) throw new NoBrowser(`This server has no Chromium to draw pages with. ${HOW}`);
    await places.take(signal).catch((error: unknown) => {
      throw error instanceof LaneSaturated ? new PrinterBusy(BUSY) : error;
    });
    const limit = AbortSignal.timeout(limitMs);
    const ending = AbortSignal.any([signal, limit]);
    let browser: Browser | undefined;
    // Whatever it is at, it ends with its browser.
    const stop = () => void browser?.close().catch(() => undefined);
    ending.addEventListener('abort', stop);
    try {
      browser = await openBrowser(executable);
      ending.throwIfAborted();
      yield* printPage(browser, printed);
    } catch (error) {
      if (signal.aborted) throw new RequestAborted('The reader has gone.');
      if (limit.aborted) {
        throw new PrintTooSlow(
          `It was not drawn within ${Math.round(limitMs / 1000)} seconds: ask for fewer views or layers, or for A4.`,
        );
      }
      throw error;
    } finally {
      ending.removeEventListener('abort', stop);
      await browser?.close().catch(() => undefined);
      places.give();
    }
  }
  return { print };
}
