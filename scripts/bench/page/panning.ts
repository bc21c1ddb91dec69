import type { Page } from 'playwright-core';
import { middleOf } from './browser.ts';

export interface Panning {
  /** Frames of the map in a second. */
  readonly frames: number;
  /** Milliseconds of every task that kept the page busy for 50 or more, longest first. */
  readonly longTasks: readonly number[];
  readonly longest: number;
  readonly over200: number;
}

const STRIDE = 14;

/** Drags the map about; what the page does in one piece meanwhile (https://w3c.github.io/longtasks/). */
export async function measurePanning(page: Page, seconds: number): Promise<Panning> {
  const { x, y } = await middleOf(page, '.maplibregl-canvas');
  await page.evaluate(`(() => {
    const { map } = document.querySelector('.map');
    const counted = { frames: 0, tasks: [], since: performance.now() };
    window.panned = counted;
    map.on('render', () => { counted.frames += 1; });
    new PerformanceObserver((list) => counted.tasks.push(...list.getEntries().map(({ duration }) => Math.round(duration))))
      .observe({ type: 'longtask' });
  })()`);
  const end = performance.now() + seconds * 1000;
  const legs = [
    [-1, 0],
    [0, -1],
    [1, 0],
    [0, 1],
  ] as const;
  for (let leg = 0; performance.now() < end; leg++) {
    const [right, down] = legs[leg % legs.length] as readonly [number, number];
    let [atX, atY] = [x + 100 - right * 150, y - 60 - down * 150];
    await page.mouse.move(atX, atY);
    await page.mouse.down();
    for (let step = 0; step < 20; step++) {
      atX += right * STRIDE;
      atY += down * STRIDE;
      await page.mouse.move(atX, atY);
    }
    await page.mouse.up();
  }
  // The observer hears of a task after it has ended.
  await page.waitForTimeout(500);
  const counted = await page.evaluate<{ frames: number; tasks: number[]; passed: number }>(
    '({ ...window.panned, passed: (performance.now() - window.panned.since) / 1000 })',
  );
  const longTasks = counted.tasks.toSorted((one, other) => other - one);
  return {
    frames: counted.frames / counted.passed,
    longTasks,
    longest: longTasks[0] ?? 0,
    over200: longTasks.filter((duration) => duration > 200).length,
  };
}
