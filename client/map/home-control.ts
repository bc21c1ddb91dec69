import type { IControl } from 'maplibre-gl';

/** A button that shows the whole area. */
export function homeControl(onClick: () => void): IControl {
  const element = document.createElement('div');
  element.className = 'maplibregl-ctrl maplibregl-ctrl-group';
  element.innerHTML =
    '<button type="button" class="home-button"><svg viewBox="0 0 20 20" width="16" height="16" aria-hidden="true">' +
    '<path d="M3 8V3h5M12 3h5v5M17 12v5h-5M8 17H3v-5" fill="none" stroke="currentColor" stroke-width="1.8"/></svg></button>';
  element.firstElementChild?.addEventListener('click', onClick);
  return { onAdd: () => element, onRemove: () => element.remove() };
}
