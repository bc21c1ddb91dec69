import { effect } from '@preact/signals';
import type { Map as MapLibre, StyleSpecification } from 'maplibre-gl';
import { theme } from '../state/theme.ts';
import { restyle } from './restyle.ts';

/** Store to map: light or dark. */
export function followTheme(map: MapLibre, replace: (style: StyleSpecification) => void): void {
  let drawn = theme.peek();
  effect(() => {
    const wanted = theme.value;
    if (wanted === drawn) return;
    drawn = wanted;
    restyle(map, replace);
  });
}
