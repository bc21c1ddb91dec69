import { drawing } from '../state/drawing.ts';
import { picking } from '../state/picking.ts';
import { fetchedPart } from './fetched-part.tsx';

const Bar = fetchedPart(
  () => import('./drawing-bar.tsx').then(({ DrawingBar }) => DrawingBar),
  () => null,
);

/** Over the map while something is drawn on it or taken from it. */
export function DrawingGate() {
  return drawing.value || picking.value ? <Bar /> : null;
}
