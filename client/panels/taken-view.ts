import type { ViewDraft } from '../../server/core/view.ts';
import { briefAddress, sharedAddress } from '../address/stored-address.ts';
import { currentHash } from '../address.ts';
import { frameOfView } from '../frame.ts';
import { freeSpace } from '../map/free-space.ts';
import { collections, view, visible } from '../state.ts';

/** The versions of the layers that are shown. */
const shownLayers = () =>
  Object.fromEntries(
    collections
      .peek()
      .filter(({ id }) => visible.peek().has(id))
      .map(({ id, azalai }) => [id, azalai.generation]),
  );

/** What the page shows now, to be stored for a link. */
export const takenView = (): ViewDraft => ({ address: sharedAddress(currentHash()), layers: shownLayers() });

/** What the map shows now, as a view of a brief: of what nothing lies over. */
export function takenForBrief(): ViewDraft {
  const container = document.querySelector<HTMLElement>('.map');
  const { value: place } = view;
  const size = container && { width: container.clientWidth, height: container.clientHeight };
  const frame = container && size && place ? frameOfView(place, size, freeSpace(container)) : null;
  return { address: briefAddress(currentHash(), frame), layers: shownLayers() };
}
