import type { Page } from 'playwright-core';

/** Frames a second when the map draws the same again and again: what this machine's rendering is able to. */
export function plainRate(page: Page, seconds: number): Promise<number> {
  return page.evaluate(`new Promise((resolve) => {
    const { map } = document.querySelector('.map');
    const begun = performance.now();
    let frames = 0;
    const draw = () => {
      frames += 1;
      const passed = performance.now() - begun;
      if (passed < ${seconds * 1000}) return map.triggerRepaint();
      map.off('render', draw);
      resolve((frames / passed) * 1000);
    };
    map.on('render', draw);
    map.triggerRepaint();
  })`);
}
