import { COMPARE_VIEWS, type Comparison, comparison } from '../state/compare.ts';
import type { TimeWindow } from '../url.ts';
import { isCalendarDay } from '../url.ts';
import type { AddressPart } from './part.ts';

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const MIDDLE = 0.5;

/** Two periods: `compare=swipe,2019-01-01,2019-12-31,0.4`; without the last the handle stands in the middle. */
export const comparePart: AddressPart = {
  key: 'compare',
  isUndoable: true,
  print() {
    const { value } = comparison;
    if (!value) return undefined;
    const { view, window, share } = value;
    return [view, window.from ?? '..', window.to ?? '..', ...(share === MIDDLE ? [] : [share.toFixed(2)])].join(',');
  },
  read(text) {
    const next = parsed(text);
    if (JSON.stringify(next) !== JSON.stringify(comparison.peek())) comparison.value = next;
  },
};

function parsed(text: string | null): Comparison | null {
  const [named, from = '', to = '', share = ''] = (text ?? '').split(',');
  const view = COMPARE_VIEWS.find((each) => each === named);
  const window = toWindow(from, to);
  if (!view || !window) return null;
  const at = share === '' ? MIDDLE : Number(share);
  return { view, window, share: at >= 0 && at <= 1 ? at : MIDDLE };
}

function toWindow(from: string, to: string): TimeWindow | null {
  const isEnd = (end: string) => end === '..' || (DAY.test(end) && isCalendarDay(end));
  if (!isEnd(from) || !isEnd(to) || (from !== '..' && to !== '..' && from > to)) return null;
  return { from: from === '..' ? null : from, to: to === '..' ? null : to };
}
