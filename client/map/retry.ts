import type { Map as MapLibre, StyleSpecification } from 'maplibre-gl';
import * as state from '../state.ts';
import { askAgain } from './ask-again.ts';
import { otherMap } from './other-map.ts';
import { restyle } from './restyle.ts';
import { series } from './series.ts';

/** Asks again for what failed. */
export function retry(map: MapLibre, replace: (style: StyleSpecification) => void): void {
  const failed = state.failedSources.peek();
  series.forgetFailures();
  state.failedSources.value = new Set();
  if (failed.has(state.STYLE)) restyle(map, replace);
  askAgain(map);
  otherMap?.retry(failed);
}
