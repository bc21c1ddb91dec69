import { effect } from '@preact/signals';
import type { Map as MapLibre, MapMouseEvent } from 'maplibre-gl';
import { look } from '../state/layers.ts';
import { sought } from '../state/search.ts';
import { clickedSpot } from '../state/selection.ts';
import * as state from '../state.ts';
import { featuresAt } from './features-at.ts';
import { toPick } from './to-pick.ts';

/** What was looked for comes first, whether it is drawn there or not. */
function withSought(picks: readonly state.Pick[]): readonly state.Pick[] {
  const { value: record } = sought;
  if (!record) return picks;
  const isIt = (pick: state.Pick) => pick.type === 'record' && pick.layer === record.layer && pick.id === record.id;
  return [{ type: 'record', ...record }, ...picks.filter((pick) => !isIt(pick))];
}

/** What the page itself draws over the layers: it follows what is picked, and changes nothing of it. */
const OVERLAY = /^(?:selection$|answer:|upload-|drawing|td-)/;

/** Map to store: the spot that was clicked, and what lies there. */
export function pickOnClick(map: MapLibre): void {
  const ask = (lon: number, lat: number) => {
    sought.value = null;
    const spot = { lon, lat };
    clickedSpot.value = spot;
    state.spot.value = spot;
  };
  map.on('click', ({ lngLat }: MapMouseEvent) => ask(lngLat.lng, lngLat.lat));
  map.getCanvas().addEventListener('keydown', (event) => {
    if (event.key !== 'Enter') return;
    const { lng, lat } = map.getCenter();
    ask(lng, lat);
  });

  // What lies at the spot changes with the spot, the layers and the window; it is known once the map has drawn them.
  const pointOf = (spot: { readonly lon: number; readonly lat: number }) => {
    const point = map.project([spot.lon, spot.lat]);
    const { clientWidth, clientHeight } = map.getContainer();
    const isInView = point.x >= 0 && point.y >= 0 && point.x <= clientWidth && point.y <= clientHeight;
    return { point, isInView };
  };
  const pick = () => {
    const spot = state.spot.peek();
    if (!spot) return;
    const { point, isInView } = pointOf(spot);
    const before = state.picks.peek();
    if (!isInView && before !== null) return;
    const now = withSought(featuresAt(map, point).map((feature) => toPick(map, feature)));
    // Who follows what is picked is told of what is new only.
    if (JSON.stringify(now) !== JSON.stringify(before)) state.picks.value = now;
  };
  let asked: typeof state.spot.value = null;
  let isStale = false;
  effect(() => {
    const { value: spot } = state.spot;
    void state.visible.value;
    // Classes that are switched off are not drawn.
    void look.value;
    void state.timeWindow.value;
    void state.isCounting.value;
    if (!spot) {
      asked = null;
      return;
    }
    const isNew = spot !== asked;
    asked = spot;
    // The card of a record that was looked for does not wait for the map to be there.
    if (isNew) state.picks.value = sought.peek() ? withSought([]) : null;
    if (isNew && map.loaded() && !map.isMoving() && pointOf(spot).isInView) pick();
    else isStale = true;
  });
  // Hexagons come a moment after the clock has moved: what was picked is brought up to date after each rest.
  map.on('idle', () => {
    if (!isStale) return;
    isStale = false;
    pick();
  });
  map.on('sourcedata', (event) => {
    if (OVERLAY.test(event.sourceId)) return;
    if (event.sourceDataType === 'content' || event.isSourceLoaded) isStale ||= state.spot.peek() !== null;
  });
}
