import { type ReadonlySignal, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';

/** A value once it has rested for so many milliseconds: the clock plays, and the map moves. */
export function useSettled<Value>(value: Value, key: string, ms: number): ReadonlySignal<Value> {
  const settled = useSignal(value);
  useEffect(() => {
    const timer = setTimeout(() => {
      settled.value = value;
    }, ms);
    return () => clearTimeout(timer);
  }, [key]);
  return settled;
}
