import { useSignal } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { closed, toNumber } from '../clock/calendar.ts';
import { dragged, type Grip, spanAt } from '../clock/drag.ts';
import { tallestOf } from '../clock/histogram.ts';
import { count, t } from '../i18n/text.ts';
import { clockLimits, clockMode, clockStep, inMode, setSpan, setWindowSoon } from '../state/clock.ts';
import { barWidth, histogram, hoveredDay } from '../state/histogram.ts';
import { pause } from '../state/play.ts';
import { timeWindow } from '../state.ts';
import { ClockBars } from './clock-bars.tsx';
import { ClockHandle } from './clock-handle.tsx';

/** A pointer that moved less has clicked. */
const STILL_PX = 4;

/** How many events the tallest bar has. */
function ClockScale() {
  const found = histogram.value;
  const isEmpty = !found || [...found.documented, ...found.modelled].every((events) => events === 0);
  return isEmpty ? null : (
    <span class="brush-scale" aria-hidden="true" title={t('clock.tallest', { count: count(tallestOf(found)) })}>
      {count(tallestOf(found))}
    </span>
  );
}

interface Drag {
  readonly grip: Grip;
  readonly x: number;
  readonly day: number;
  readonly before: ReturnType<typeof closed>;
  isMoving: boolean;
}

/** The histogram as a brush: drawn over it a window is made, by its middle moved, by its ends made longer. */
export function ClockBrush() {
  const brush = useRef<HTMLFieldSetElement>(null);
  const drag = useRef<Drag | null>(null);
  const grabbed = useSignal<Grip | null>(null);
  useEffect(() => {
    const element = brush.current;
    if (!element) return;
    const observer = new ResizeObserver(() => {
      barWidth.value = element.clientWidth;
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  // The same each time, so that it is not drawn anew while the window moves.
  const bars = useMemo(() => <ClockBars />, []);

  const limits = clockLimits.value;
  const mode = clockMode.value;
  const window = closed(timeWindow.value, limits);
  const [first, end] = [toNumber(limits.from), toNumber(limits.to) + 1];
  const share = (day: number) => (Math.max(0, Math.min(1, (day - first) / (end - first))) * 100).toFixed(3);
  const [left, right] = [share(toNumber(window.from)), share(toNumber(window.to) + 1)];

  const dayAt = (x: number) => {
    const box = brush.current?.getBoundingClientRect();
    const part = box ? (x - box.left) / box.width : 0;
    return Math.floor(first + Math.max(0, Math.min(0.99999, part)) * (end - first));
  };
  const press = (event: PointerEvent) => {
    if (event.button !== 0) return;
    const grip = ((event.target as Element).closest('[data-grip]') as HTMLElement | null)?.dataset.grip as Grip;
    pause();
    hoveredDay.value = null;
    drag.current = {
      grip: mode === 'window' ? (grip ?? 'new') : 'to',
      ...{ x: event.clientX, day: dayAt(event.clientX), before: window },
      // One end alone follows at once, as the handle of a slider does.
      isMoving: mode !== 'window',
    };
    grabbed.value = drag.current.grip;
    brush.current?.setPointerCapture(event.pointerId);
    if (mode !== 'window') move(event);
  };
  const move = (event: PointerEvent) => {
    const now = drag.current;
    if (!now) {
      if (event.pointerType === 'mouse') hoveredDay.value = dayAt(event.clientX);
      return;
    }
    now.isMoving ||= Math.abs(event.clientX - now.x) >= STILL_PX;
    if (!now.isMoving) return;
    const span = dragged(now.grip, now.before, { from: now.day, to: dayAt(event.clientX) }, clockStep.peek(), limits);
    setWindowSoon(inMode(mode, span));
  };
  const release = () => {
    const now = drag.current;
    drag.current = null;
    grabbed.value = null;
    if (now && !now.isMoving && (now.grip === 'new' || now.grip === 'span'))
      setSpan(spanAt(now.day, clockStep.peek(), limits));
  };

  return (
    <fieldset
      ref={brush}
      class={`brush${grabbed.value ? ` is-dragging is-${grabbed.value}` : ''}`}
      aria-label={t('clock.histogram')}
      onPointerDown={press}
      onPointerMove={move}
      onPointerUp={release}
      onPointerCancel={() => {
        drag.current = null;
        grabbed.value = null;
      }}
      onPointerLeave={() => {
        hoveredDay.value = null;
      }}
    >
      {bars}
      <ClockScale />
      <div class="brush-shade" style={{ left: 0, width: `${left}%` }} />
      <div class="brush-shade" style={{ left: `${right}%`, right: 0 }} />
      {mode === 'window' && <ClockHandle grip="span" left={left} right={right} />}
      {mode === 'window' && <ClockHandle grip="from" left={left} right={right} />}
      <ClockHandle grip="to" left={left} right={right} />
    </fieldset>
  );
}
