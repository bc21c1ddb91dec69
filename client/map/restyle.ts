import type { Map as MapLibre, StyleSpecification } from 'maplibre-gl';
import { getStyle } from '../api.ts';
import { theme } from '../state/theme.ts';
import * as state from '../state.ts';
import { dressed } from './dressed.ts';

/** Draws the map in the language and the theme of the page, as they are when the style is here. */
export function restyle(map: MapLibre, replace: (style: StyleSpecification) => void): void {
  const [language, drawn] = [state.language.peek(), theme.peek()];
  getStyle(language, drawn).then(
    (style) => {
      if (language !== state.language.peek() || drawn !== theme.peek()) return;
      replace(style);
      map.setStyle(dressed(style, map), { diff: true });
    },
    () => {
      state.failedSources.value = new Set([...state.failedSources.peek(), state.STYLE]);
    },
  );
}
