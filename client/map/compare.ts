import { computed, effect } from '@preact/signals';
import { Map as MapLibre } from 'maplibre-gl';
import { comparison } from '../state/compare.ts';
import { tileFilters } from '../state/filters.ts';
import { look } from '../state/layers.ts';
import * as state from '../state.ts';
import { askAgain } from './ask-again.ts';
import { compareStyle } from './compare-style.ts';
import type { MainMap } from './main-map.ts';
import { rememberOther } from './other-map.ts';
import { reportFailures } from './report-failures.ts';
import { vectorSources } from './vector-sources.ts';
import { withToken } from './with-token.ts';

/** Settings of layers come in dozens a second while a slider moves. */
const SETTLE_MS = 150;

/**
 * The map of the other period: follows the store with a window of its own, and goes where the page's map goes, and that
 * goes where it goes. Where both are as large they lie one over the other; a smaller one shows what the page's map shows
 * as far to the right of `right()`, in pixels of that, as it is wide. @returns what ends it
 */
export function startCompare(
  container: HTMLElement,
  { map: main, style }: MainMap,
  right: () => number | null,
): () => void {
  const window = comparison.peek()?.window ?? { from: null, to: null };
  let drawn = style();
  const map = new MapLibre({
    container,
    style: compareStyle(drawn, window),
    center: main.getCenter(),
    zoom: main.getZoom(),
    minZoom: main.getMinZoom(),
    maxZoom: main.getMaxZoom(),
    attributionControl: false,
    transformRequest: withToken,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    fadeDuration: 0,
    // One map is enough for the keyboard: this one follows it.
    interactive: true,
    keyboard: false,
  });
  map.touchZoomRotate.disableRotation();
  map.getCanvas().tabIndex = -1;

  /** The place of the page's map, in its pixels, that is in the middle of this one. */
  const anchor = (): [number, number] => {
    const { clientWidth, clientHeight } = container;
    const from = right();
    return [(from ?? 0) + clientWidth / 2, clientHeight / 2];
  };
  let isSyncing = false;
  const sync = (run: () => void) => {
    if (isSyncing) return;
    isSyncing = true;
    run();
    isSyncing = false;
  };
  const follow = () => sync(() => map.jumpTo({ center: main.unproject(anchor()), zoom: main.getZoom() }));
  const lead = () =>
    sync(() => {
      main.jumpTo({ zoom: map.getZoom() });
      const [x, y] = anchor();
      const now = main.project(map.getCenter());
      main.panBy([now.x - x, now.y - y], { duration: 0 });
    });
  main.on('move', follow);
  main.on('resize', follow);
  // Not where it was moved by its size, or by following.
  map.on('move', ({ originalEvent }) => {
    if (originalEvent) lead();
  });
  // Where the page's map may not go, neither may this one.
  map.on('moveend', follow);
  map.on('resize', follow);
  follow();

  // What the reader is told of the page's map holds for this one too, and is tried again with it.
  reportFailures(map);

  let timer: ReturnType<typeof setTimeout> | undefined;
  let isFirst = true;
  // Its handle moves much more often.
  const period = computed(() => comparison.value?.window);
  const restyle = () => {
    drawn = style();
    const now = comparison.peek();
    if (now) map.setStyle(compareStyle(drawn, now.window), { diff: true });
  };
  const end = effect(() => {
    void [period.value, state.visible.value, state.collectionById.value, look.value, tileFilters.value];
    if (isFirst) {
      isFirst = false;
      return;
    }
    clearTimeout(timer);
    timer = setTimeout(restyle, SETTLE_MS);
  });
  // Another language or theme: the page's map has the style first.
  const onStyle = () => {
    if (style() !== drawn) restyle();
  };
  main.on('styledata', onStyle);
  const forget = rememberOther({
    renew: () => {
      restyle();
      for (const source of vectorSources(map)) if (source.url) source.setUrl(source.url);
    },
    retry: (failed) => {
      if (failed.has(state.STYLE)) restyle();
      askAgain(map);
    },
  });
  // For tests that ask what is drawn.
  Object.assign(container, { map });

  return () => {
    clearTimeout(timer);
    forget();
    end();
    main.off('move', follow);
    main.off('resize', follow);
    main.off('styledata', onStyle);
    map.remove();
  };
}
