import type { Map as MapLibre } from 'maplibre-gl';

/** Gives the map the focus, for as long as something is done on it by keys; what is returned gives it back. */
export function lendFocus(map: MapLibre): () => void {
  const canvas = map.getCanvas();
  const before = document.activeElement;
  canvas.focus({ preventScroll: true });
  return () => {
    // After the panel that lay aside meanwhile is back.
    setTimeout(() => {
      const { activeElement: now } = document;
      const isFree = now === null || now === document.body || now === canvas || !now.isConnected;
      if (before instanceof HTMLElement && before !== canvas && before.isConnected && isFree) before.focus();
    }, 50);
  };
}
