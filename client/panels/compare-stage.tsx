import '../css/compare.css';
import '../i18n/compare-texts.ts';
import { useEffect, useRef } from 'preact/hooks';
import { t } from '../i18n/text.ts';
import { startCompare } from '../map/compare.ts';
import { mainMap } from '../map/main-map.ts';
import { clockMode } from '../state/clock.ts';
import { type CompareView, changeComparison, comparison } from '../state/compare.ts';
import { timeWindow } from '../state.ts';
import { windowText } from './clock-words.ts';

/** How far an arrow key moves the handle. */
const STEP = 0.02;
const BIG_STEP = 0.1;

/** The map of the other period over the page's map, left of a handle; or beside it. */
export function CompareStage() {
  const stage = useRef<HTMLDivElement>(null);
  const other = useRef<HTMLDivElement>(null);
  const view = comparison.value?.view ?? 'swipe';
  const before = useRef<CompareView>(view);
  useEffect(() => {
    if (!other.current || !mainMap) return;
    const { map } = mainMap;
    const container = other.current;
    // Side by side it shows what lies to the right of it: what was in the middle comes to the middle of that.
    const isBeside = view === 'side';
    const wide = container.offsetWidth;
    if (isBeside && before.current === 'swipe') map.panBy([-wide / 2, 0], { duration: 0 });
    before.current = view;
    const end = startCompare(container, mainMap, () =>
      isBeside ? container.offsetLeft + container.offsetWidth : null,
    );
    return () => {
      end();
      if (isBeside) map.panBy([wide / 2, 0], { duration: 0 });
    };
  }, [view]);
  if (!comparison.value) return null;
  const { share, window } = comparison.value;
  const put = (next: number) => changeComparison({ share: Math.round(Math.max(0, Math.min(1, next)) * 1000) / 1000 });
  const onKey = (event: KeyboardEvent) => {
    const by: Record<string, number> = {
      ...{ ArrowLeft: -STEP, ArrowDown: -STEP, ArrowRight: STEP, ArrowUp: STEP },
      ...{ PageDown: -BIG_STEP, PageUp: BIG_STEP, Home: -1, End: 1 },
    };
    const change = by[event.key];
    if (change === undefined) return;
    event.preventDefault();
    put(share + change);
  };
  const onDrag = (event: PointerEvent & { currentTarget: HTMLElement }) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId) || !stage.current) return;
    const free = stage.current.querySelector('.compare-free')?.getBoundingClientRect();
    if (free) put((event.clientX - free.left) / free.width);
  };
  return (
    <div class={`compare is-${view}`} ref={stage} style={{ '--share': String(view === 'side' ? 0.5 : share) }}>
      <div class="compare-free" />
      <div key={view} class="compare-map" ref={other} aria-hidden="true" />
      <p class="compare-label is-left">{windowText(window, 'window')}</p>
      <p class="compare-label is-right">{windowText(timeWindow.value, clockMode.value)}</p>
      <div class="compare-line" aria-hidden="true" />
      {view === 'swipe' && (
        <div
          class="compare-handle"
          role="slider"
          tabIndex={0}
          aria-label={t('compare.handle')}
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={Math.round(share * 100)}
          aria-valuetext={t('compare.share', { percent: Math.round(share * 100) })}
          onKeyDown={onKey}
          onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
          onPointerMove={onDrag}
        >
          <svg viewBox="0 0 20 20" aria-hidden="true">
            <path d="M7 5l-4 5 4 5M13 5l4 5-4 5" />
          </svg>
        </div>
      )}
    </div>
  );
}
