import type { HashedView, ViewDraft } from '../../server/core/view.ts';
import { frameOf, withParts } from '../address/stored-address.ts';
import { showAddress } from '../address.ts';
import { viewOfFrame } from '../frame.ts';
import { freeSpace } from '../map/free-space.ts';
import { sharedView } from '../state/shared-view.ts';
import { askedTheme } from '../state/theme.ts';
import { collections, language } from '../state.ts';
import { shownAs } from '../view-as-stored.ts';

/** As it was stored; one that has not been saved has neither. */
type View = ViewDraft & Partial<Pick<HashedView, 'storedAt' | 'hash'>>;

const hasBeenStored = (view: View): view is HashedView => view.storedAt !== undefined && view.hash !== undefined;

let last = 0;

/**
 * Shows a view of a brief: all of what its author saw, in what is free of the map now, and as it was then. `parts`: of the
 * page's address beside it.
 * @throws ApiError when nobody could say whether it is kept
 */
export async function showView(view: View, parts: Readonly<Record<string, string | null>>): Promise<void> {
  last += 1;
  const turn = last;
  const { address, shared } = hasBeenStored(view)
    ? await shownAs(view, collections.peek())
    : { address: view.address, shared: null };
  // Another one has been asked for meanwhile.
  if (turn !== last) return;
  sharedView.value = shared;
  const own = { frame: null, lang: language.peek(), theme: askedTheme.peek() };
  showAddress(withParts(address, { ...own, map: placeOf(address), ...parts }));
}

/** Where the map is to be, as the address has it. */
function placeOf(address: string): string | null {
  const frame = frameOf(address);
  const container = document.querySelector<HTMLElement>('.map');
  const said = new URLSearchParams(address.slice(1)).get('map');
  if (!frame || !container || container.clientWidth === 0) return said;
  const size = { width: container.clientWidth, height: container.clientHeight };
  const { lon, lat, zoom } = viewOfFrame(frame, size, freeSpace(container));
  // Rounded down: what is rounded up cuts off the edges.
  return `${(Math.floor(zoom * 100) / 100).toFixed(2)}/${lat.toFixed(4)}/${lon.toFixed(4)}`;
}
