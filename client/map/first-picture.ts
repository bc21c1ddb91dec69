import { effect } from '@preact/signals';
import type { Map as MapLibre } from 'maplibre-gl';
import { fatal } from '../state.ts';

const firstView = () => document.getElementById('first-view');

/** Zoom, latitude and longitude of the picture's middle, as the server wrote them. */
function placeOf(figure: HTMLElement): readonly [number, number, number] | undefined {
  const [zoom = Number.NaN, lat = Number.NaN, lon = Number.NaN] = (figure.dataset.map ?? '').split('/').map(Number);
  return [zoom, lat, lon].every(Number.isFinite) ? [zoom, lat, lon] : undefined;
}

/** Lays the server's picture where the map shows the same, and takes it away when the map has drawn itself. */
function layOver(map: MapLibre, figure: HTMLElement): void {
  const [picture, place] = [figure.querySelector('svg'), placeOf(figure)];
  if (!picture || !place) return;
  const [zoom, lat, lon] = place;
  const [width, height] = [picture.width.baseVal.value, picture.height.baseVal.value];
  picture.classList.add('first-on-map');
  const follow = () => {
    const [scale, { x, y }] = [2 ** (map.getZoom() - zoom), map.project([lon, lat])];
    picture.style.transform = `translate(${x - (width / 2) * scale}px, ${y - (height / 2) * scale}px) scale(${scale})`;
  };
  map.getCanvasContainer().append(picture);
  map.on('move', follow);
  follow();
  map.once('idle', () => {
    map.off('move', follow);
    picture.remove();
  });
}

/** Puts the map in the place of what the server drew into the page. */
export function replaceFirstView(map: MapLibre): void {
  const view = firstView();
  const figure = view?.querySelector<HTMLElement>('.first-picture');
  if (figure) layOver(map, figure);
  view?.remove();
}

// The page says by itself why it has no map.
effect(() => {
  if (fatal.value !== null) firstView()?.remove();
});
