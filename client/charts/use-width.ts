import { useSignal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

/** The width of an element in pixels, as it is now: text in a drawing keeps its size. */
export function useWidth(atFirst: number): [RefObject<HTMLElement | null>, number] {
  const place = useRef<HTMLElement>(null);
  const width = useSignal(atFirst);
  useEffect(() => {
    const { current } = place;
    if (!current) return;
    const measure = () => {
      const { clientWidth } = current;
      if (clientWidth > 0) width.value = clientWidth;
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(current);
    return () => observer.disconnect();
  }, []);
  return [place, width.value];
}
