import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { giveFocusBack } from './give-focus-back.ts';

/** For the heading of a panel: it has the focus when the panel opens, and whatever opened the panel when it closes. */
export function usePanelFocus(): RefObject<HTMLHeadingElement | null> {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    const opener = document.activeElement;
    heading.current?.focus();
    return () => giveFocusBack(opener);
  }, []);
  return heading;
}
