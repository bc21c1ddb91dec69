import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

/** For a part that opens below its button: it closes by Escape, which goes no further, and by a press elsewhere. */
export function useOutside<Part extends HTMLElement>(isOpen: boolean, close: () => void): RefObject<Part | null> {
  const part = useRef<Part>(null);
  useEffect(() => {
    if (!isOpen) return undefined;
    const onPress = (event: Event) => {
      if (!part.current?.contains(event.target as Node)) close();
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.stopImmediatePropagation();
      close();
      part.current?.querySelector('button')?.focus();
    };
    addEventListener('pointerdown', onPress);
    addEventListener('keydown', onKey, { capture: true });
    return () => {
      removeEventListener('pointerdown', onPress);
      removeEventListener('keydown', onKey, { capture: true });
    };
  }, [isOpen]);
  return part;
}
