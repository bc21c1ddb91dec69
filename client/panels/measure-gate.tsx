import { isMeasuring } from '../state/measure.ts';
import { fetchedPart } from './fetched-part.tsx';

const Card = fetchedPart(
  () => import('./measure-card.tsx').then(({ MeasureCard }) => MeasureCard),
  () => null,
);

/** What is measured, over the map; fetched when it is first asked for. */
export function MeasureGate() {
  return isMeasuring.value ? <Card /> : null;
}
