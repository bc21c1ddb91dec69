import type { Page } from 'playwright-core';
import { middleOf } from './browser.ts';

export interface Scrubbing {
  /** Frames of the map in a second while the window is dragged. */
  readonly frames: number;
  /** Those of them that show another window than the frame before. */
  readonly windows: number;
  /** Tiles that were loaded meanwhile, and requests that were made: none are needed. */
  readonly tiles: number;
  readonly requests: number;
}

/** A month of the clock's twelve years is seven pixels of it. */
const STRIDE = 9;

/** Drags the window to and fro over the clock, a month or more at each move of the mouse. */
export async function measureScrubbing(page: Page, layer: string, seconds: number): Promise<Scrubbing> {
  const span = await middleOf(page, '.brush-handle.is-span');
  const brush = await middleOf(page, '.brush');
  const [left, right] = [brush.x - brush.width / 2 + span.width / 2, brush.x + brush.width / 2 - span.width / 2];
  let requests = 0;
  page.on('request', (request) => {
    if (!request.url().endsWith('.svg')) requests += 1;
  });
  await page.evaluate(`(() => {
    const { map } = document.querySelector('.map');
    const counted = { frames: 0, windows: 0, tiles: 0, since: performance.now(), from: null };
    window.scrubbed = counted;
    map.on('render', () => {
      counted.frames += 1;
      const { from } = map.getGlobalState();
      if (from !== counted.from) counted.windows += 1;
      counted.from = from;
    });
    map.on('sourcedataloading', ({ sourceId, tile }) => {
      const isLayer = map.getStyle().layers.some((each) => each.source === sourceId && each.metadata?.['azalai:layer'] === '${layer}');
      if (tile && isLayer) counted.tiles += 1;
    });
  })()`);
  await page.mouse.move(span.x, span.y);
  await page.mouse.down();
  const end = performance.now() + seconds * 1000;
  let [x, stride] = [span.x, -STRIDE];
  while (performance.now() < end) {
    x += stride;
    if (x <= left || x >= right) stride = -stride;
    await page.mouse.move(x, span.y);
  }
  const counted = await page.evaluate<{ frames: number; windows: number; tiles: number; passed: number }>(
    '({ ...window.scrubbed, passed: (performance.now() - window.scrubbed.since) / 1000 })',
  );
  await page.mouse.up();
  return {
    frames: counted.frames / counted.passed,
    windows: counted.windows / counted.passed,
    tiles: counted.tiles,
    requests,
  };
}
