import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { mgrsOf } from '../search/shown-position.ts';
import type { Position } from '../state/position.ts';

/** The MGRS reference of a position; empty until its package is there, and where there is none. */
export function useMgrs(position: Position | null, digits: number): string {
  const reference = useSignal('');
  useEffect(() => {
    let isWanted = true;
    if (position) {
      mgrsOf(position, digits).then(
        (found) => {
          if (isWanted) reference.value = found ?? '';
        },
        () => undefined,
      );
    }
    return () => {
      isWanted = false;
    };
  }, [position?.lon, position?.lat, digits]);
  return reference.value;
}
