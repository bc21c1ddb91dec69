import { addSteps, closed, nextEnd, nextStart, type Span, shift, toNumber } from '../clock/calendar.ts';
import type { Grip } from '../clock/drag.ts';
import { t } from '../i18n/text.ts';
import { clockLimits, clockMode, clockStep, inMode } from '../state/clock.ts';
import { pause } from '../state/play.ts';
import { timeWindow } from '../state.ts';
import { endText, windowText } from './clock-words.ts';

const AHEAD = ['ArrowRight', 'ArrowUp'];
const BACK = ['ArrowLeft', 'ArrowDown'];
const LONG_AHEAD = 'PageUp';
const LONG_BACK = 'PageDown';

/** An end of the window, or the whole of it, as a slider: arrow keys move it by a step, page keys by a year. */
export function ClockHandle({ grip, left, right }: { grip: Exclude<Grip, 'new'>; left: string; right: string }) {
  const limits = clockLimits.value;
  const mode = clockMode.value;
  const window = timeWindow.value;
  const now = closed(window, limits);
  const day = grip === 'to' ? now.to : now.from;
  const isOpen = grip === 'to' ? window.to === null : window.from === null;
  const names = { from: 'clock.fromHandle', to: 'clock.toHandle', span: 'clock.spanHandle' } as const;
  const single = mode === 'instant' ? 'clock.dayHandle' : 'clock.toHandle';
  const valueText = grip === 'span' ? windowText(window, mode) : isOpen ? t('clock.open') : textOf(day);
  function textOf(end: string) {
    return mode === 'instant' ? windowText(window, mode) : endText(end, grip === 'to');
  }

  const place =
    grip === 'span'
      ? { left: `${left}%`, right: `${100 - Number(right)}%` }
      : { left: `${grip === 'to' ? right : left}%` };
  return (
    <div
      class={`brush-handle is-${grip}`}
      data-grip={grip}
      role="slider"
      tabIndex={0}
      aria-label={t(mode === 'window' ? names[grip] : single)}
      aria-valuemin={toNumber(limits.from)}
      aria-valuemax={toNumber(limits.to)}
      aria-valuenow={toNumber(day)}
      aria-valuetext={valueText}
      style={place}
      onKeyDown={(event) => {
        const next = afterKey(event.key, grip, now, limits);
        if (!next) return;
        event.preventDefault();
        pause();
        const isSame = next.from === now.from && next.to === now.to;
        if (!isSame) timeWindow.value = inMode(mode, next);
      }}
    />
  );
}

/** The window after a key; undefined for a key that is not ours. */
function afterKey(key: string, grip: Exclude<Grip, 'new'>, now: Span, limits: Span): Span | undefined {
  const direction = AHEAD.includes(key) || key === LONG_AHEAD ? 1 : BACK.includes(key) || key === LONG_BACK ? -1 : 0;
  const isLong = key === LONG_AHEAD || key === LONG_BACK;
  const step = isLong ? 'year' : clockStep.peek();
  const length = (span: Span) =>
    span.from <= span.to && span.from >= limits.from && span.to <= limits.to ? span : now;
  if (grip === 'span') {
    if (direction !== 0) return length(shift(now, step, direction));
    return undefined;
  }
  if (grip === 'from') {
    if (key === 'Home') return { from: limits.from, to: now.to };
    if (key === 'End') return { from: nextStart(now.to, step, -1), to: now.to };
    if (direction === 0) return undefined;
    return length({
      from: isLong ? addSteps(now.from, step, direction) : nextStart(now.from, step, direction),
      to: now.to,
    });
  }
  const isSingle = clockMode.peek() !== 'window';
  const from = isSingle ? limits.from : now.from;
  if (key === 'Home') return { from, to: nextEnd(from, step, 1) };
  if (key === 'End') return { from, to: limits.to };
  if (direction === 0) return undefined;
  return length({ from, to: isLong ? addSteps(now.to, step, direction) : nextEnd(now.to, step, direction) });
}
