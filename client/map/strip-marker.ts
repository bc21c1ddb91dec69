import { effect } from '@preact/signals';
import { type Map as MapLibre, Marker } from 'maplibre-gl';
import { nearestKm, positionAt } from '../ask/along-path.ts';
import { stripCursor, stripLines } from '../state/strip.ts';

/** Pixels from a line within which the pointer is on it. */
const REACH = 14;

/** Store to map: a mark where the reader looks on a strip. Map to store: where the pointer is on the line of one. */
export function stripMarker(map: MapLibre): void {
  let marker: Marker | null = null;
  let frame = 0;
  effect(() => {
    const cursor = stripCursor.value;
    const position = cursor && positionAt(stripLines.value.get(cursor.strip) ?? [], cursor.km);
    if (!position) {
      marker?.remove();
      marker = null;
      return;
    }
    if (!marker) {
      const element = document.createElement('div');
      element.className = 'strip-marker';
      marker = new Marker({ element }).setLngLat([position[0] ?? 0, position[1] ?? 0]).addTo(map);
    } else marker.setLngLat([position[0] ?? 0, position[1] ?? 0]);
  });
  const onMove = ({ point, lngLat }: { point: { x: number; y: number }; lngLat: { lng: number; lat: number } }) => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => {
      let best: { strip: string; km: number } | null = null;
      let least = REACH;
      for (const [strip, pieces] of stripLines.peek()) {
        const near = nearestKm(pieces, [lngLat.lng, lngLat.lat]);
        if (!near) continue;
        const at = map.project([near.position[0] ?? 0, near.position[1] ?? 0]);
        const distance = Math.hypot(at.x - point.x, at.y - point.y);
        if (distance < least) {
          least = distance;
          best = { strip, km: near.km };
        }
      }
      if (best) stripCursor.value = best;
    });
  };
  map.on('mousemove', (event) => {
    if (stripLines.peek().size > 0) onMove(event);
  });
}
