import { expect } from 'chai';
import type { Map as MapLibre } from 'maplibre-gl';
import { after, before, describe, it } from 'mocha';

type Entry = { readonly startTime: number; readonly duration: number };

/** A browser of which the test says when it has painted. */
const frames: (() => void)[] = [];
let paint: (entries: readonly Entry[]) => void = () => {};

class Observer {
  static readonly supportedEntryTypes = ['event'];
  constructor(told: (list: { getEntries(): readonly Entry[] }) => void) {
    paint = (entries) => told({ getEntries: () => entries });
  }
  observe() {}
}

const nextFrame = () => {
  for (const frame of frames.splice(0)) frame();
};
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

describe('what makes a map draw', () => {
  const own = { PerformanceObserver: globalThis.PerformanceObserver };
  let module: typeof import('../../../client/map/after-paint.ts');
  before(async () => {
    Object.assign(globalThis, { PerformanceObserver: Observer });
    Object.assign(globalThis, { requestAnimationFrame: (run: () => void) => frames.push(run) });
    module = await import('../../../client/map/after-paint.ts');
  });
  after(() => {
    Object.assign(globalThis, own);
    Reflect.deleteProperty(globalThis, 'requestAnimationFrame');
  });

  function openMap(): { readonly map: MapLibre; draw(): void } {
    let draw = () => {};
    const map = {
      on: (_: string, run: () => void) => {
        draw = run;
      },
    } as unknown as MapLibre;
    module.watchDrawing(map);
    return { map, draw: () => draw() };
  }

  it('waits until a press is seen, not merely handed on', () => {
    const { map } = openMap();
    let runs = 0;
    const pressed = performance.now() - 2;
    module.afterPaint(map, () => runs++);
    nextFrame();
    nextFrame();
    expect(runs).to.equal(0);
    // Another press, long ago.
    paint([{ startTime: 0, duration: 16 }]);
    expect(runs).to.equal(0);
    paint([{ startTime: pressed, duration: 80 }]);
    expect(runs).to.equal(1);
  });

  it('runs once, and without a word too where a press was painted too fast to be told of', async () => {
    const { map } = openMap();
    let runs = 0;
    module.afterPaint(map, () => runs++);
    nextFrame();
    nextFrame();
    await pause(100);
    expect(runs).to.equal(1);
    paint([{ startTime: 0, duration: 1e9 }]);
    expect(runs).to.equal(1);
  });

  it('runs at once while the map draws anyway', () => {
    const { map, draw } = openMap();
    draw();
    let runs = 0;
    module.afterPaint(map, () => runs++);
    expect(runs).to.equal(1);
  });
});
