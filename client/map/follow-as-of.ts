import { effect } from '@preact/signals';
import type { Map as MapLibre, StyleSpecification } from 'maplibre-gl';
import { asOf } from '../api/known-at.ts';
import * as state from '../state.ts';
import { restyle } from './restyle.ts';

/** Store to map: the moment as of which records are shown. The style names the tiles of it. */
export function followAsOf(map: MapLibre, replace: (style: StyleSpecification) => void): void {
  let drawn = asOf.peek();
  effect(() => {
    const wanted = asOf.value;
    if (wanted === drawn) return;
    drawn = wanted;
    state.isLoading.value = true;
    restyle(map, replace);
  });
}
