import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';

/** Whether the page fills the screen, and the way in and out. `onLeft`: the browser left it, as it does at Escape. */
export function useFullScreen(onLeft: () => void): { readonly isFull: boolean; readonly toggle: () => void } {
  const isFull = useSignal(document.fullscreenElement !== null);
  const isOwn = useRef(false);
  useEffect(() => {
    const changed = () => {
      const wasFull = isFull.peek();
      isFull.value = document.fullscreenElement !== null;
      if (wasFull && !isFull.value && !isOwn.current) onLeft();
      isOwn.current = false;
    };
    document.addEventListener('fullscreenchange', changed);
    return () => {
      document.removeEventListener('fullscreenchange', changed);
      if (document.fullscreenElement) void document.exitFullscreen().catch(() => undefined);
    };
  }, []);
  const toggle = () => {
    isOwn.current = document.fullscreenElement !== null;
    const done = isOwn.current ? document.exitFullscreen() : document.documentElement.requestFullscreen?.();
    // A browser may refuse it: the presentation fills the page then.
    done?.catch(() => undefined);
  };
  return { isFull: isFull.value, toggle };
}
