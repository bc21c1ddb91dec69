import { effect, untracked } from '@preact/signals';
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

/** Moves of the map come in dozens a second, and browsers limit how often an address may change. */
const SETTLE_MS = 250;

const defaultLayers = () => collections.value.filter(({ azalai }) => azalai.visible).map(({ id }) => id);

/** Puts what the address says into the store, and the map's own beginning where it says nothing. */
export function readAddress(): void {
  const address = parseAddress(location.hash);
  if (address.language) language.value = address.language;
  const known = new Set(collections.value.map(({ id }) => id));
  const layers = (address.layers ?? defaultLayers()).filter((id) => known.has(id));
  if (layers.join() !== [...visible.value].join()) visible.value = new Set(layers);
  const window = address.window ?? settings.value?.window;
  if (window && (window.from !== timeWindow.value.from || window.to !== timeWindow.value.to)) timeWindow.value = window;
  if (address.view) view.value = address.view;
  spot.value = address.spot ?? null;
  uploadId.value = address.upload ?? null;
  connectLayer.value = address.connect ?? null;
  askProcess.value = address.ask ?? null;
  const params = new URLSearchParams(location.hash.replace(/^#/, ''));
  for (const part of ADDRESS_PARTS) part.read(params.get(part.key));
}

/** Keeps the address in step. Asking about a spot is a step that "back" undoes; everything else replaces the address. */
export function keepAddress(): void {
  let hadSpot = spot.peek() !== null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const write = () => {
    const hash = printed();
    if (hash !== location.hash) history.replaceState(history.state, '', hash);
  };
  effect(() => {
    const hash = printed();
    const opens = spot.value !== null && !hadSpot;
    hadSpot = spot.value !== null;
    if (opens && hash !== location.hash) {
      clearTimeout(timer);
      history.pushState(null, '', hash);
    } else {
      clearTimeout(timer);
      timer = setTimeout(write, SETTLE_MS);
    }
  });
  addEventListener('popstate', () => readAddress());
}

/** A link to what the page shows now, to be sent to somebody else. */
export const currentLink = (): string => new URL(untracked(printed), location.href).href;

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
