import { useEffect } from 'preact/hooks';

/**
 * Some inputs tell what is in them when they are left: a page that is left or loaded anew leaves the one that has the focus
 * first, so that what stands there is kept with the rest.
 */
export function useFinishedInputs(): void {
  useEffect(() => {
    const finish = () => {
      if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    };
    addEventListener('pagehide', finish);
    return () => removeEventListener('pagehide', finish);
  }, []);
}
