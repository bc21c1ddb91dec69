import { batch, effect, untracked } from '@preact/signals';
import { ADDRESS_PARTS } from './address/parts.ts';
import {
  askProcess,
  collections,
  connectLayer,
  language,
  settings,
  spot,
  timeWindow,
  uploadId,
  view,
  visible,
} from './state.ts';
import { type Address, parseAddress, printAddress } from './url.ts';

/** What is known by its name only: a stored view, or a view of a brief. What else it shows has been written since. */
const LEADS_ON = /^(?!.*[#&]map=).*[#&](?:view=.|brief=[0-9a-f]{8}-)/;

/** Puts into the address what a short link stands for, once the server has said it; at once where it stands for nothing. */
export async function followLink(): Promise<void> {
  if (LEADS_ON.test(location.hash)) await (await import('./open-link.ts')).openLink();
}

/** Shows what an address says (from its "#" on), in place of what is shown. */
export function showAddress(hash: string): void {
  history.replaceState(history.state, '', hash);
  readAddress();
}

/** Moves of the map come in dozens a second, and browsers limit how often an address may change. */
const SETTLE_MS = 250;
/** While something changes without end, as while the clock plays, it is written as often as this. */
const AT_LEAST_MS = 1_000;

const defaultLayers = () => collections.value.filter(({ azalai }) => azalai.visible).map(({ id }) => id);

/** Puts what the address says into the store, and the map's own beginning where it says nothing. */
export function readAddress(): void {
  batch(read);
}

function read(): void {
  const address = parseAddress(location.hash);
  const params = new URLSearchParams(location.hash.replace(/^#/, ''));
  for (const part of ADDRESS_PARTS) part.read(params.get(part.key));
  if (address.language) language.value = address.language;
  const known = new Set(collections.value.map(({ id }) => id));
  const layers = (address.layers ?? defaultLayers()).filter((id) => known.has(id));
  if (layers.join() !== [...visible.value].join()) visible.value = new Set(layers);
  const window = address.window ?? settings.value?.window;
  if (window && (window.from !== timeWindow.value.from || window.to !== timeWindow.value.to)) timeWindow.value = window;
  if (address.view) view.value = address.view;
  uploadId.value = address.upload ?? null;
  connectLayer.value = address.connect ?? null;
  askProcess.value = address.ask ?? null;
  // What lies there is asked of the layers as they are drawn by then.
  spot.value = address.spot ?? null;
}

/**
 * Keeps the address in step. Asking about a spot is a step that "back" undoes, and it undoes nothing else: what was set
 * since stays. Everything else replaces the address. A link that is opened in the page is read whole, and so is the
 * address from which it was opened: both have another number in the history's state.
 */
export function keepAddress(): void {
  let hadSpot = spot.peek() !== null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let since = 0;
  let link: number = linkOf(history.state) ?? Date.now();
  const settled = () => {
    clearTimeout(timer);
    timer = undefined;
  };
  const write = () => {
    settled();
    const hash = untracked(printed);
    if (hash !== location.hash || linkOf(history.state) !== link) history.replaceState({ link }, '', hash);
  };
  effect(() => {
    const hash = printed();
    const opens = spot.value !== null && !hadSpot;
    hadSpot = spot.value !== null;
    if (opens && hash !== location.hash) {
      settled();
      if (linkOf(history.state) !== link) history.replaceState({ link }, '', location.hash);
      history.pushState({ link }, '', hash);
    } else {
      const now = Date.now();
      if (timer === undefined) since = now;
      clearTimeout(timer);
      timer = setTimeout(write, Math.max(0, Math.min(SETTLE_MS, since + AT_LEAST_MS - now)));
    }
  });
  addEventListener('pagehide', write);
  addEventListener('popstate', ({ state }) => {
    // A field says what was written in it when it is left: before it is gone.
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    const { spot: asked } = parseAddress(location.hash);
    hadSpot = asked !== undefined;
    if (linkOf(state) === link) {
      spot.value = asked ?? null;
      write();
    } else {
      link = linkOf(state) ?? Date.now();
      void followLink().then(readAddress);
    }
  });
}

const linkOf = (state: unknown): number | undefined => (state as { readonly link?: number } | null)?.link;

/** What the page shows now, from the "#" on. */
export const currentHash = (): string => untracked(printed);

/** A link to what the page shows now, to be sent to somebody else. */
export const currentLink = (): string => new URL(currentHash(), location.href).href;

/** The address of what the page shows now. Reads signals. */
function printed(): string {
  const more = ADDRESS_PARTS.flatMap((part) => {
    const text = part.print();
    return text === undefined ? [] : [`${part.key}=${encodeURIComponent(text)}`];
  });
  return [printAddress(currentAddress()), ...more].join('&');
}

function currentAddress(): Address {
  const shown = collections.value.filter(({ id }) => visible.value.has(id)).map(({ id }) => id);
  const isDefault = shown.join() === defaultLayers().join();
  return {
    ...(view.value && { view: view.value }),
    ...(!isDefault && { layers: shown }),
    window: timeWindow.value,
    language: language.value,
    ...(spot.value && { spot: spot.value }),
    ...(uploadId.value !== null && { upload: uploadId.value }),
    ...(connectLayer.value !== null && { connect: connectLayer.value }),
    ...(askProcess.value !== null && { ask: askProcess.value }),
  };
}
