import { STEPS } from '../clock/calendar.ts';
import { clockMode, clockStep, MODES, restoreClock } from '../state/clock.ts';
import type { AddressPart } from './part.ts';

/** How the clock is read: `clock=cumulative.year`; the window itself is `time`. */
export const clockPart: AddressPart = {
  key: 'clock',
  isUndoable: true,
  print() {
    const [mode, step] = [clockMode.value, clockStep.value];
    const said = [...(mode === 'window' ? [] : [mode]), ...(step === 'month' ? [] : [step])];
    return said.length > 0 ? said.join('.') : undefined;
  },
  read(text) {
    const said = (text ?? '').split('.');
    restoreClock(
      MODES.find((mode) => said.includes(mode)) ?? 'window',
      STEPS.find((step) => said.includes(step)) ?? 'month',
    );
  },
};
