import { batch } from '@preact/signals';
import type { Language } from '../../server/core/layer.ts';
import { frameOf } from '../address/stored-address.ts';
import { readAddress } from '../address.ts';
import { viewOfFrame } from '../frame.ts';
import { grid } from '../state/grid.ts';
import { askedTheme } from '../state/theme.ts';
import { language, picks, spot, view } from '../state.ts';

/** Pixels around the part of the map that a view is of. */
const AIR = 8;

/**
 * Puts a view into the store as it is to be printed: on light paper, in one language, with a grid; of a view that says which
 * part of the map it is of, that part. `size`: of the map, CSS pixels.
 */
export function putIntoStore(
  address: string,
  wanted: Language,
  size: { readonly width: number; readonly height: number },
): 'degrees' | 'mgrs' {
  const frame = frameOf(address);
  const own = location.hash;
  // The address is where the store is read from; a page that is loaded again must find what it was asked for.
  history.replaceState(null, '', address);
  let lines: 'degrees' | 'mgrs' = 'degrees';
  batch(() => {
    readAddress();
    if (frame) view.value = viewOfFrame(frame, size, { left: AIR, right: AIR, top: AIR, bottom: AIR });
    language.value = wanted;
    askedTheme.value = 'light';
    // No panel is there to say what lies at a spot.
    spot.value = null;
    picks.value = null;
    // Straight lines of degrees are drawn on the sheet, sharp at any size.
    lines = grid.value === 'mgrs' ? 'mgrs' : 'degrees';
    if (grid.value === 'degrees') grid.value = 'none';
  });
  history.replaceState(null, '', own);
  return lines;
}
